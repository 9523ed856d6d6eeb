"""Every state of every page of an applicant's desk: whose, where, and how one comes to it."""

from dataclasses import dataclass

from tests.house.world import PACK
from tests.journeys import desk_ways as ways
from tests.journeys.desk_ways import Way, pressing

SECTIONS = (
    "basic post education title speciality honours career conditions achievements summary"
    " assessment declaration"
)
PASTED = (
    "开始年月\t结束年月\t学习或工作单位\t职务\n2001.9\t2004.7\t示例单位\t医师\n去年\t2005\t甲\t乙"
)
SKILLED = "skill speciality achievements"  # sections that ask skilled workers something else
SELF_CHECK = f"/calls/{PACK}/self-check/"
BEGIN = f"/my/begin/{PACK}/"


@dataclass(frozen=True)
class State:
    """`at` names a file or a login; `path` is inside of the file unless it begins with "/".

    `whose` is the login of somebody else than the file's applicant.
    """

    name: str
    at: str
    path: str = ""
    way: Way | None = None
    whose: str = ""


def each(name: str, files: str, path: str = "") -> tuple[State, ...]:
    """The same page of several files, by their names."""
    return tuple(State(f"{name}-{one}", one, path) for one in files.split())


STATES = (
    # the first page, and what it leads to
    State("没有申报", "stranger", "/my/"),
    State("选择项目", "stranger", "/my/begin/"),
    State("查找单位", "stranger", BEGIN),
    State("没有这个单位", "stranger", f"{BEGIN}?q=没有"),
    State("找到单位", "stranger", f"{BEGIN}?q=医院"),
    State("开始申报有误", "stranger", f"{BEGIN}?q=医院", pressing("开始填写")),
    State("业绩库空", "stranger", "/my/portfolio/"),
    State("自查", "stranger", SELF_CHECK),
    State("自查未选", "stranger", SELF_CHECK, pressing("下一题")),
    State("自查一题", "stranger", f"{SELF_CHECK}?track=professional"),
    State("自查一题未选", "stranger", f"{SELF_CHECK}?track=professional", pressing("下一题")),
    State("自查首项", "stranger", SELF_CHECK, ways.checks_oneself(0)),
    State("自查末项", "stranger", SELF_CHECK, ways.checks_oneself(-1)),
    *each("我的申报", "blank draft opened returned withdrawn rejected entrusted late", "/my/"),
    # the form
    *each("目录", "blank draft bringing returned taken_back"),
    *(State(f"空白-{one}", "blank", f"{one}/") for one in SECTIONS.split()),
    *(State(f"填好-{one}", "draft", f"{one}/") for one in SECTIONS.split()),
    *(State(f"技能-{one}", "skilled", f"{one}/") for one in SKILLED.split()),
    State("退回的部分", "returned", "summary/"),
    State("带入的部分", "brought", "basic/"),
    State("有误", "gapped", "basic/", ways.is_wrong),
    State("时间不连续", "gapped", "career/"),
    State("学科列表", "draft", "speciality/", ways.opens_a_list),
    State("两个版本", "gapped", "basic/", ways.two_versions),
    State("两个版本未选", "gapped", "basic/", ways.two_versions_undecided),
    State("别处更新", "gapped", "basic/", ways.another_saves),
    State("提交以后", "closing", "summary/", ways.another_submits),
    State("断网", "gapped", "basic/", ways.is_offline),
    # tables
    State("打开一条", "worn", "career/", ways.opens_a_row),
    State("一条有误", "worn", "career/", ways.adds_a_wrong_row),
    State("添加一条", "draft", "career/records/new/"),
    State("删除后", "worn", "education/", ways.removes_a_row),
    State("确认删除", "draft", "achievements/awards/award-1/remove/"),
    State("粘贴", "blank", "career/records/paste/"),
    State("粘贴空白", "blank", "career/records/paste/", pressing("下一步：核对")),
    State("粘贴核对", "blank", "career/records/paste/", pressing("下一步：核对", text=PASTED)),
    State("业绩库可选", "bringing", "achievements/awards/portfolio/"),
    State("业绩库未选", "bringing", "achievements/awards/portfolio/", pressing("带入勾选的")),
    State("业绩库都在表中", "brought", "achievements/awards/portfolio/"),
    State("业绩库无此类", "blank", "achievements/awards/portfolio/"),
    # what was filled in before
    State("业绩库", "bringing", "/my/portfolio/"),
    State("业绩库查找", "bringing", "/my/portfolio/?q=2019"),
    State("业绩库找不到", "bringing", "/my/portfolio/?q=没有这个词"),
    State("带入", "bringing", "bring/"),
    State("带入之后", "brought", "bring/"),
    State("无可带入", "blank", "bring/"),
    # evidence
    State("材料空", "blank", "evidence/"),
    State("材料", "draft", "evidence/"),
    State("材料退回", "returned", "evidence/"),
    State("材料被拒", "worn", "evidence/", ways.refused),
    State("材料暂停", "gapped", "evidence/", ways.paused),
    State("材料传满", "full", "evidence/"),
    State("材料没有传完", "gapped", "evidence/"),
    State("材料移除", "worn", "evidence/", ways.removes_a_file),
    State("查看材料", "draft", "evidence/", ways.looks_at),
    State("更改材料", "worn", "evidence/", ways.changes_a_file),
    State("更改材料有误", "worn", "evidence/", ways.changes_a_file_wrongly),
    # checking, submitting, and after
    *each("核对", "blank draft returned answered", "check/"),
    State("核对全部展开", "blank", "check/?all=1"),
    *each("通读", "blank draft answered", "submit/"),
    State("口令由单位代设", "given", "submit/"),
    State("签名有误", "draft", "submit/", pressing("提交申报", signed_name="别人")),
    *each("回执", "submitted opened returned again taken_back", "receipt/"),
    State("以前的回执", "again", "receipt/1/"),
    State("取回", "submitted", "take-back/"),
    *each("进度", "submitted returned rejected selected", "progress/"),
    State("登记表", "submitted", "form/"),
    *each("打印", "draft submitted", "print/"),
    State("打印之后", "printed", "print/", ways.prints),
    *each("打印作废", "again taken_back", "print/"),
    State("放弃草稿", "draft", "withdraw/"),
    State("撤回", "submitted", "withdraw/"),
    State("退回", "returned", "returned/"),
    State("退回答复有误", "returned", "returned/", ways.answers_nothing),
    State("退回已处理", "answered", "returned/"),
    # filled by others
    State("代填前", "draft", "proxy/"),
    State("代填中", "entrusted", "proxy/"),
    *(
        State(f"代填-{path}", "entrusted", path, whose="hospital_handler")
        for path in ("", "career/", "evidence/", "check/")
    ),
    State("代填名单空", "hotan_hospital_handler", "/office/proxies/"),
    State("代填名单", "hospital_handler", "/office/proxies/"),
    State("代填申报", "hospital_handler", f"/office/proxies/{PACK}/"),
    State(
        "代填申报有误",
        "hospital_handler",
        f"/office/proxies/{PACK}/",
        pressing("建立账号，开始代填"),
    ),
    State("账号条", "hospital_handler", f"/office/proxies/{PACK}/", ways.begins_for_another),
    State("花名册空", "hospital_handler", "/office/roster/{hospital}/"),
    State("花名册", "enterprise_handler", "/office/roster/{enterprise}/"),
    State(
        "花名册核对",
        "hospital_handler",
        "/office/roster/{hospital}/",
        pressing("下一步：核对", text=ways.STAFF),
    ),
    State("花名册改动", "hospital_handler", "/office/roster/{hospital}/", ways.changes_the_staff),
    State(
        "花名册有误",
        "hospital_handler",
        "/office/roster/{hospital}/",
        pressing("下一步：核对", text="没有表头"),
    ),
    # the session; last, for it signs people out
    State("即将退出", "gapped", "basic/", ways.is_almost_signed_out),
    State("登录超时", "gapped", "basic/", ways.is_signed_out),
    State("重新登录", "gapped", "basic/", ways.comes_to_the_login),
    State("放回原处", "gapped", "basic/", ways.is_signed_in_again),
    State("请再按一次", "gapped", "basic/", ways.signed_in_elsewhere),
)
AFTER_THE_DEADLINE = (
    State("截止-没有申报", "stranger", "/my/"),
    State("截止-选择项目", "stranger", "/my/begin/"),
    State("截止-自查", "stranger", SELF_CHECK),
    State("截止-我的申报", "late", "/my/"),
    State("截止-目录", "late"),
    State("截止-部分", "late", "basic/"),
    State("截止-核对", "draft", "check/"),
    State("截止-通读", "draft", "submit/"),
    State("截止-材料", "draft", "evidence/"),
    State("截止-代填", "hospital_handler", "/office/proxies/"),
)
