"""Lines of work, so that a synthetic person's title, field and achievements belong together."""

from dataclasses import dataclass
from random import Random

from juxian.regulation.words import OfficeKind


@dataclass(frozen=True, slots=True)
class Persona:
    """`picks` are words looked for among a choice's labels; `says` are phrases by label word."""

    picks: tuple[str, ...]
    says: tuple[tuple[str, tuple[str, ...]], ...]


DOCTOR = Persona(
    ("主任医师", "副主任医师", "内科学", "临床医学", "医疗卫生", "卫生", "医学"),
    (
        ("奖项", ("自治区科学技术进步奖", "地区医学科技奖")),
        ("项目", ("区域胸痛救治网络建设", "基层急诊流程规范化研究", "高原心血管病早期筛查")),
        ("题名", ("区域医联体急诊流程研究", "边远地区心肌梗死救治时间分析")),
        ("期刊", ("西部临床（示例）", "区域急救医学（示例）")),
        ("专业", ("心血管内科学", "急诊医学", "内科学")),
        ("方向", ("急危重症救治", "冠心病介入治疗")),
        ("职务", ("住院医师", "主治医师", "副主任医师、科室负责人")),
        ("单位", ("地区人民医院（示例）", "自治区人民医院（示例）")),
        ("名称", ("胸痛中心建设", "基层医师带教")),
    ),
)
AGRONOMIST = Persona(
    ("农业技术推广研究员", "高级农艺师", "农艺", "农学", "农业技术", "农业"),
    (
        ("奖项", ("自治区科学技术进步奖", "农牧渔业丰收奖")),
        ("项目", ("干旱区棉花节水丰产技术集成", "林果提质增效示范", "盐碱地改良示范")),
        ("题名", ("绿洲农田水盐运移规律研究", "棉花膜下滴灌灌溉制度研究")),
        ("期刊", ("干旱区农业（示例）", "绿洲农业科学（示例）")),
        ("专业", ("作物栽培学", "土壤学", "园艺学")),
        ("方向", ("节水灌溉", "作物栽培与推广")),
        ("职务", ("农艺师", "高级农艺师", "推广站站长助理")),
        ("单位", ("地区农业技术推广站（示例）", "县农业技术推广中心（示例）")),
        ("名称", ("滴灌技术推广", "良种繁育示范")),
    ),
)
ENGINEER = Persona(
    ("正高级工程师", "高级工程师", "水利工程", "土木建筑工程", "工程技术", "工程"),
    (
        ("奖项", ("自治区科学技术进步奖", "自治区优秀工程勘察设计奖")),
        ("项目", ("山区公路边坡防护关键技术", "寒区渠道防渗抗冻胀研究", "风电场并网控制")),
        ("题名", ("高寒区混凝土耐久性试验", "山区渠道冻胀破坏机理")),
        ("期刊", ("西部工程技术（示例）", "寒区工程（示例）")),
        ("专业", ("水利工程", "道路与桥梁工程", "电气工程")),
        ("方向", ("寒区工程", "岩土与边坡工程")),
        ("职务", ("技术员", "工程师", "总工程师办公室主任")),
        ("单位", ("水利水电勘测设计院（示例）", "交通建设集团（示例）")),
        ("名称", ("边坡防护技术应用", "智能灌区改造")),
    ),
)
TEACHER = Persona(
    ("正高级教师", "高级教师", "教授", "副教授", "教育学", "教学"),
    (
        ("奖项", ("自治区教学成果奖", "自治区基础教育成果奖")),
        ("项目", ("双语教学质量提升", "县域教研共同体建设")),
        ("题名", ("民族地区理科教学实践研究", "县域教研机制探索")),
        ("期刊", ("西部教育研究（示例）", "课程与教学（示例）")),
        ("专业", ("课程与教学论", "物理教育", "数学教育")),
        ("方向", ("学科教学与教研", "教师培养")),
        ("职务", ("教师", "教研组长", "学科带头人")),
        ("单位", ("第一中学（示例）", "天山大学（示例）")),
        ("名称", ("名师工作室", "青年教师培养")),
    ),
)
WORKER = Persona(
    ("一级（高级技师）", "高级技师", "工程技术", "职业技能等级证书"),
    (
        ("奖项", ("自治区职工技术创新成果奖", "集团公司技术革新奖")),
        ("项目", ("风沙环境焊接防护工艺改进", "大型管道全位置焊接")),
        ("职业", ("电焊工", "钳工", "电力线路工", "数控车工")),
        ("工种", ("电焊工", "钳工", "电力线路工", "数控车工")),
        ("专业", ("焊接技术", "机械加工", "电力检修")),
        ("方向", ("特种材料焊接", "设备故障诊断")),
        ("绝招", ("单面焊双面成形",)),
        ("职务", ("班组长", "工段长", "首席技师")),
        ("单位", ("重工集团焊接车间（示例）", "能源集团检修公司（示例）")),
        ("名称", ("小口径管全位置焊接操作法", "班组带徒")),
    ),
)
RESEARCHER = Persona(
    ("研究员", "副研究员", "科学研究"),
    (
        ("奖项", ("自治区科学技术进步奖", "自治区哲学社会科学奖")),
        ("项目", ("绿洲生态演变研究", "丝路沿线社会变迁研究")),
        ("题名", ("绿洲生态系统稳定性分析", "边疆社区治理研究")),
        ("期刊", ("绿洲研究（示例）", "边疆学刊（示例）")),
        ("专业", ("生态学", "社会学", "民族学")),
        ("方向", ("干旱区生态", "社会治理")),
        ("职务", ("助理研究员", "副研究员", "课题组长")),
        ("单位", ("示例科学院", "示例研究所")),
        ("名称", ("观测网络建设", "专题调研")),
    ),
)
ARTIST = Persona(
    ("文化", "艺术", "新闻", "编辑"),
    (
        ("奖项", ("自治区文艺奖", "自治区新闻奖")),
        ("项目", ("民间音乐抢救整理", "重大主题报道")),
        ("专业", ("声乐", "文物保护", "新闻采编")),
        ("方向", ("民间音乐", "主题报道")),
        ("职务", ("演员", "编辑", "主任编辑")),
        ("单位", ("艺术剧院（示例）", "日报社（示例）")),
        ("名称", ("惠民演出", "专题报道")),
    ),
)
BY_SECTOR: dict[str, Persona] = {
    "health": DOCTOR,
    "agriculture": AGRONOMIST,
    "engineering": ENGINEER,
    "natural_teaching": TEACHER,
    "social_teaching": TEACHER,
    "natural_research": RESEARCHER,
    "social_research": RESEARCHER,
    "culture": ARTIST,
    "press": ARTIST,
}


def persona_of(sector: str, *, is_worker: bool) -> Persona:
    return WORKER if is_worker else BY_SECTOR.get(sector, ENGINEER)


BY_KIND: dict[OfficeKind, tuple[Persona, ...]] = {
    OfficeKind.HOSPITAL: (DOCTOR,),
    OfficeKind.INSTITUTION: (AGRONOMIST, TEACHER, ENGINEER),
    OfficeKind.UNIVERSITY: (TEACHER,),
    OfficeKind.INSTITUTE: (AGRONOMIST, ENGINEER),
    OfficeKind.STATE_ENTERPRISE: (ENGINEER,),
    OfficeKind.PRIVATE_ENTERPRISE: (ENGINEER,),
    OfficeKind.TECHNICAL_SCHOOL: (TEACHER,),
}


def persona_for(dice: Random, kind: str, *, is_worker: bool) -> Persona:
    if is_worker:
        return WORKER
    return dice.choice(BY_KIND.get(OfficeKind(kind), (ENGINEER,)))
