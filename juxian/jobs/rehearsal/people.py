"""Invented people: names, resident ids and birth dates in the proportions of a real region."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林罗高梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = (
    "伟芳娜敏静强磊军洋勇艳杰涛明超兰霞平刚桂英华建国志红玉梅鑫宇晨阳浩然欣怡思远嘉文博雅安宁泽林"
)
UYGHUR = (
    *("阿卜杜热合曼", "买买提江", "吐尔逊", "艾尼瓦尔", "玉素甫", "努尔兰", "热合木", "克里木"),
    *("古丽娜尔", "阿依努尔", "帕提古丽", "热依汗", "茹仙古丽", "迪丽努尔", "玛依拉", "阿孜古丽"),
)
FATHERS = (
    *("买买提", "艾合买提", "吐尔地", "依明", "卡德尔", "司马义", "肉孜", "托合提"),
    *("库尔班", "阿不都拉", "沙吾提", "哈斯木"),
)
KAZAKH = ("叶尔兰", "巴合提", "努尔沙提", "古丽扎", "加依娜", "达吾列提", "赛力克", "阿依波塔")
KAZAKH_FATHERS = ("哈布力", "木拉提", "对山", "吾拉孜", "胡安西", "别克")

NATIONS = (
    ("01", 0.62),
    ("05", 0.20),
    ("17", 0.08),
    ("03", 0.05),
    ("02", 0.02),
    ("29", 0.01),
    ("38", 0.007),
    ("11", 0.013),
)
"""Shares of ethnic groups by their GB/T 3304 number."""

WOMEN = 0.26
UNUSUAL = 0.01  # names that forms and lists must bear all the same
LONG_NAMES = ("阿卜杜热合曼江·买买提艾合买提阿吉·吐尔逊托合提", "迪丽努尔古丽·阿不都热依木库尔班江")
RARE_NAMES = ("王\U00023c97", "欧阳\U00020164文", "赵\U0002a6c0")  # from CJK Extension B
REGIONS = ("650102", "650103", "652101", "652201", "652901", "653101", "653201", "654101", "652301")


@dataclass(frozen=True, slots=True)
class Somebody:
    name: str
    nation: str
    sex: str
    birth_date: date
    resident_id: str


def somebody(dice: Random, serial: int, *, women: float = WOMEN) -> Somebody:
    """The `serial` keeps resident ids apart: two people of one rehearsal never share one."""
    nation = dice.choices([n for n, _ in NATIONS], [share for _, share in NATIONS])[0]
    sex = "female" if dice.random() < women else "male"
    age = min(max(dice.gauss(49, 6), 31), 60)
    born = date(2020, 1, 1) - timedelta(days=int(age * 365.25))
    sequence = (serial * 2 + (sex == "male")) % 1000
    region = REGIONS[(serial // 500) % len(REGIONS)]
    return Somebody(_name(dice, nation), nation, sex, born, _resident_id(region, born, sequence))


def _name(dice: Random, nation: str) -> str:
    if dice.random() < UNUSUAL:
        return dice.choice(LONG_NAMES if nation in ("05", "17", "29") else RARE_NAMES)
    if nation == "05":
        return f"{dice.choice(UYGHUR)}·{dice.choice(FATHERS)}"
    if nation in ("17", "29"):
        return f"{dice.choice(KAZAKH)}·{dice.choice(KAZAKH_FATHERS)}"
    return dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2, 2))))


def _resident_id(region: str, born: date, sequence: int) -> str:
    body = f"{region}{born:%Y%m%d}{sequence:03d}"
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def with_wrong_digit(resident_id: str) -> str:
    return resident_id[:-1] + ("0" if resident_id[-1] != "0" else "1")
