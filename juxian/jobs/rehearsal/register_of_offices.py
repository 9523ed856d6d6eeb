"""The names of a whole invented region's offices: departments, schools, hospitals, enterprises."""

from juxian.regulation.words import OfficeKind

Named = tuple[str, OfficeKind]

DEPARTMENTS = (
    ("xj-health-commission", "自治区卫生健康委员会", ("第一附属医院", "疾病预防控制中心")),
    ("xj-education", "自治区教育厅", ("教育科学研究院", "实验中学")),
    ("xj-science", "自治区科学技术厅", ("分析测试研究院",)),
    ("xj-agriculture", "自治区农业农村厅", ("农业技术推广总站", "畜牧总站")),
    ("xj-water", "自治区水利厅", ("水利水电科学研究院",)),
    ("xj-transport", "自治区交通运输厅", ("公路科学研究所",)),
    ("xj-culture", "自治区文化和旅游厅", ("艺术剧院", "图书馆")),
    ("xj-university", "天山大学", ()),
    ("xj-agri-university", "绿洲农业大学", ()),
    ("xj-academy", "自治区农业科学院", ()),
)
"""Code, name and the units below; a small region has these alone."""

GOVERNMENT = (
    *("发展和改革委员会", "工业和信息化厅", "民族事务委员会", "公安厅", "民政厅", "司法厅"),
    *("财政厅", "自然资源厅", "生态环境厅", "住房和城乡建设厅", "商务厅", "退役军人事务厅"),
    *("应急管理厅", "审计厅", "市场监督管理局", "广播电视局", "体育局", "统计局", "医疗保障局"),
    *("林业和草原局", "地震局", "煤田地质局", "地质矿产勘查局", "有色地质勘查局", "测绘局"),
    *("粮食和物资储备局", "信访局", "机关事务管理局", "供销合作社", "气象服务局", "农业机械局"),
    *("畜牧兽医局", "药品监督管理局"),
)
PARTY = (
    *("宣传工作办公室", "统战工作办公室", "组织工作办公室", "网络信息办公室", "政法工作办公室"),
    *("党校", "日报社", "总工会", "青年联合会", "妇女联合会", "科学技术协会", "文学艺术联合会"),
    *("作家协会", "工商业联合会", "归侨联合会", "红十字会", "残疾人联合会", "社会科学联合会"),
    *("档案馆", "史志办公室"),
)
UNIVERSITIES = (
    *("医科大学", "师范大学", "财经大学", "理工大学", "工程学院", "艺术学院", "政法学院"),
    *("职业大学", "农业职业技术学院", "轻工职业技术学院", "交通职业技术学院", "铁道职业技术学院"),
    *("能源职业技术学院", "建设职业技术学院", "体育职业技术学院", "卫生职业技术学院"),
    *("应用职业技术学院", "机电职业技术学院", "师范高等专科学校", "维吾尔医学专科学校"),
    *("开放大学", "教育学院", "天文职业学院"),
)
INSTITUTES = (
    *("林业科学院", "畜牧科学院", "社会科学院", "农垦科学院", "水利科学院", "特种设备研究院"),
    *("建筑设计研究院", "化工设计研究院", "计量测试研究院", "园艺研究院", "药物研究院"),
    *("地质研究院", "治沙研究院", "煤炭研究院"),
)
HOSPITALS = (
    *("人民医院", "中医医院", "肿瘤医院", "胸科医院", "儿童医院", "妇幼保健院", "职业病医院"),
    *("眼科医院", "康复医院", "第二附属医院"),
)
ENTERPRISES = (
    *("天山重工集团", "昆仑能源集团", "绿洲水务集团", "丝路交通建设集团", "天山钢铁集团"),
    *("昆仑化工集团", "绿洲农业集团", "丝路铁路物流集团", "天山电力集团", "昆仑矿业集团"),
    *("绿洲纺织集团", "丝路机场集团", "天山水泥集团", "昆仑建工集团", "绿洲乳业集团"),
    *("丝路文旅集团", "天山燃气集团", "昆仑装备集团", "绿洲种业集团", "丝路通信集团"),
)
SCHOOLS = (
    *("新疆工程技师学院", "天山职业技术学校", "铁路技师学院", "石油技师学院", "化工技师学院"),
    *("电力技师学院", "煤炭技师学院", "建设技师学院", "交通技师学院", "轻工技师学院"),
    *("机电技师学院", "冶金技工学校", "地质技工学校", "水利技工学校", "农机技工学校"),
    *("纺织技工学校", "商业技工学校", "林业技工学校", "供销技工学校", "安装技工学校"),
)
UNITS = ("技术中心", "科学研究所", "信息中心", "设计院", "服务中心", "实验中学")
SMALL_ENTERPRISES, SMALL_SCHOOLS = 4, 2


def self_standing() -> list[Named]:
    """Universities, institutes and hospitals that hold seats themselves."""
    kinds = (
        (UNIVERSITIES, OfficeKind.UNIVERSITY),
        (INSTITUTES, OfficeKind.INSTITUTE),
        (HOSPITALS, OfficeKind.HOSPITAL),
    )
    return [(f"自治区{name}", kind) for names, kind in kinds for name in names]


def with_units() -> list[tuple[str, tuple[str, ...]]]:
    """Departments and organs, which nominate for the units below them."""
    return [
        (
            f"自治区{name}",
            tuple(UNITS[(place + step) % len(UNITS)] for step in range(1 + place % 2)),
        )
        for place, name in enumerate((*GOVERNMENT, *PARTY))
    ]
