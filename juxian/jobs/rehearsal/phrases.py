"""What synthetic applicants write: invented phrases, chosen by what a label asks for."""

from collections.abc import Sequence
from random import Random

from juxian.regulation.fields import count_characters

BY_LABEL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("奖项", ("自治区科学技术进步奖", "自治区农牧渔业丰收奖", "地区科技进步奖")),
    ("项目", ("干旱区棉花节水丰产技术集成", "山区公路边坡防护关键技术", "区域胸痛救治网络建设")),
    ("论文", ("绿洲农田水盐运移规律研究", "高寒区混凝土耐久性试验", "区域医联体急诊流程研究")),
    ("题名", ("绿洲农田水盐运移规律研究", "高寒区混凝土耐久性试验", "区域医联体急诊流程研究")),
    ("期刊", ("干旱区研究", "西部临床", "边疆农业科学")),
    ("出版", ("新疆科技出版社（示例）", "绿洲出版社（示例）")),
    ("专利", ("一种滴灌带铺设装置", "一种风沙环境焊接防护罩", "一种便携式水质检测盒")),
    ("院校", ("新疆某大学", "西部农业大学（示例）", "天山理工大学（示例）")),
    ("学校", ("新疆某大学", "西部农业大学（示例）", "天山理工大学（示例）")),
    ("单位", ("本地区人民医院（示例）", "地区农业技术推广站（示例）", "天山重工集团（示例）")),
    ("机构", ("自治区职称评审委员会（示例）", "自治区职业技能鉴定中心（示例）")),
    ("职务", ("科室负责人", "课题组长", "班组长")),
    ("职业", ("电焊工", "钳工", "数控车工", "电力线路工")),
    ("工种", ("电焊工", "钳工", "数控车工", "电力线路工")),
    ("方向", ("节水灌溉", "急危重症救治", "特种焊接")),
    ("专业", ("作物栽培学", "心血管内科学", "水利工程", "焊接技术")),
    ("地点", ("喀什地区定点医院", "乌鲁木齐市集中隔离点")),
    ("地址", ("示例路1号", "人民路示例院2号楼")),
    ("证书", ("SL-2014-0317", "SL-2012-1180", "SL-2016-0052")),
    ("编号", ("XM-2016-021", "XM-2017-108")),
    ("证明人", ("赵建新", "吐尔逊·依明")),
    ("名称", ("区域示范应用", "操作法推广", "技术革新成果")),
)
SENTENCES = (
    "长期在一线工作，围绕生产中的实际问题组织攻关。",
    "主持完成的技术在全区多个县市推广，取得明显的经济和社会效益。",
    "带领团队建立规范流程，培养了一批基层骨干。",
    "坚持把成果用在群众最需要的地方，得到同行和服务对象认可。",
    "近年来持续改进方法，减少消耗，提高质量，经验被多家单位采用。",
)


Says = Sequence[tuple[str, tuple[str, ...]]]


def phrase(dice: Random, label: str, limit: int | None, says: Says = ()) -> str:
    """One that answers the label: of the person's own line of work first."""
    for word, phrases in (*says, *BY_LABEL):
        if word in label:
            return dice.choice(phrases)[: limit or 100]
    return f"{label}（示例）"[: limit or 100]


def passage(dice: Random, limit: int) -> str:
    """Sentences that fill between a third and nine tenths of the limit."""
    wanted = limit * dice.uniform(0.34, 0.9)
    text = ""
    while count_characters(text) < wanted:
        sentence = dice.choice(SENTENCES)
        if count_characters(text + sentence) > limit:
            break
        text += sentence
    return text or SENTENCES[0][:limit]
