"""Sheets of offices and of posts held against the register: what is new, changed or wrong."""

from datetime import date

from juxian.regulation.pasting import Line
from juxian.regulation.post_sheet import KnownPerson, KnownPost, Register, plan_posts
from juxian.regulation.register import Book, Fate, Known, Reach, Sheet, plan_offices
from juxian.regulation.words import Role

CAPTIONS = {
    "code": "机构代码",
    "name": "名称",
    "kind": "类型",
    "credit_code": "信用代码",
    "parent": "上级机构",
    "files_to": "报送至",
    "phone": "电话",
    "holder": "推荐单位类别",
}
ALL = Reach(is_whole=True)
TODAY = date(2020, 3, 16)


def known(pk, code, name, **facts):
    places = {key: facts.pop(key, None) for key in ("parent", "files_to")}
    credit, is_live = facts.pop("credit_code", ""), facts.pop("is_live", True)
    facts = {"kind": "hr_office", "phone": "", "holder": "", **facts}
    return Known(pk, code, name, credit, **places, is_live=is_live, facts=facts)


PREFECTURE = known(1, "kashgar", "喀什地区人社局")
HOSPITAL = known(2, "hospital", "喀什医院", files_to=1, credit_code="91350100M000100Y43")
CLOSED = known(3, "old", "已撤销的局", is_live=False)
ON_FILE = (PREFECTURE, HOSPITAL, CLOSED)


def lines(*rows):
    blank = dict.fromkeys(CAPTIONS, "")
    return [
        Line(number, {**blank, "kind": "institution", **row})
        for number, row in enumerate(rows, start=2)
    ]


def plan(*rows, reach=ALL, by_credit_code=False):
    sheet = Sheet(CAPTIONS, by_credit_code=by_credit_code)
    return plan_offices(lines(*rows), ON_FILE, reach=reach, sheet=sheet)


def reasons(*rows, **facts):
    return [dict(line.faults) for line in plan(*rows, **facts)]


def test_a_parent_is_named_by_code_credit_code_or_name_and_may_stand_lower_in_the_sheet():
    made = plan(
        {"code": "b", "name": "乙", "parent": "c"},
        {"code": "c", "name": "丙", "parent": "喀什地区人社局"},
        {"code": "d", "name": "丁", "files_to": "91350100m000100y43", "parent": "乙"},
    )

    assert [one.fate for one in made] == [Fate.NEW] * 3
    assert [(one.parent.pk, one.parent.line) for one in made] == [(None, 3), (1, None), (None, 2)]
    assert made[2].files_to.pk == 2


def test_what_is_wrong_is_said_by_row_and_column():
    said = reasons(
        {"code": "Bad_Code", "name": "甲"},
        {"code": "x", "name": "乙", "parent": "没有这个"},
        {"code": "x", "name": "丙"},
        {"code": "y", "name": "喀什医院"},
        {"code": "z", "name": "丁", "credit_code": "91350100M000100Y43"},
        {"code": "w", "name": "戊", "parent": "已撤销的局"},
        {"code": "v", "name": "己", "parent": "old"},
        {"code": "u", "name": "庚", "parent": "乙"},
    )

    assert said == [
        {"机构代码": "只用小写字母、数字和短横，例：ks-hospital-2。"},
        {"上级机构": "没有找到“没有这个”；请填写机构代码，或先在本表中列出它。"},
        {"机构代码": "与第3行相同。"},
        {"名称": "已有同名机构（hospital）；确是另一机构的，请在名称中写明所在地。"},
        {"信用代码": "已登记在“喀什医院”（hospital）名下。"},
        {"上级机构": "没有找到“已撤销的局”；请填写机构代码，或先在本表中列出它。"},
        {"上级机构": "“已撤销的局”已撤销，请填写现在的机构。"},
        {"上级机构": "第3行（乙）有误，须先改正。"},
    ]


def test_a_circle_is_refused_whether_in_the_sheet_or_through_what_is_on_file():
    said = reasons(
        {"code": "a", "name": "甲", "parent": "b"},
        {"code": "b", "name": "乙", "parent": "c"},
        {"code": "c", "name": "丙", "parent": "a"},
        {"code": "kashgar", "files_to": "hospital"},
    )

    circle = {"上级机构": "上级机构绕成一圈：第2行→第3行→第4行→第2行。"}
    through = {"报送至": "报送至绕成一圈：第5行→喀什医院→第5行。"}
    assert said == [circle, circle, circle, through]


def test_who_is_on_file_is_brought_up_to_date_but_neither_renamed_nor_moved():
    same = {"code": "hospital", "name": "喀什医院", "files_to": "kashgar", "kind": "hr_office"}
    as_is, changed, renamed, moved = (
        plan(one)[0]
        for one in (
            same,
            {**same, "phone": "0998-2822222"},
            {**same, "name": "另一名称"},
            {**same, "files_to": "old"},
        )
    )

    assert (as_is.fate, changed.fate, changed.changes) == (Fate.UNCHANGED, Fate.CHANGED, ("电话",))
    assert (renamed.fate, moved.fate) == (Fate.REJECTED, Fate.REJECTED)
    assert "要更名的，请在该机构页面办理" in renamed.faults[0][1]


def test_nobody_reaches_beyond_what_is_below():
    of_kashgar = Reach(own=frozenset([1]), below=frozenset([2]))
    said = reasons(
        {"code": "n", "name": "甲", "files_to": "kashgar"},
        {"code": "hospital", "phone": "1"},
        {"code": "kashgar", "phone": "1"},
        {"code": "m", "name": "乙"},
        {"code": "h", "name": "丙", "files_to": "kashgar", "holder": "prefecture"},
        reach=of_kashgar,
    )

    assert said == [
        {},
        {},
        {"机构代码": "“喀什地区人社局”不在您管理的范围内。"},
        {"报送至": "请填写报送到哪个机构。"},
        {"推荐单位类别": "只有系统管理可以设置，请留空。"},
    ]


def test_an_employer_is_known_by_its_credit_code_alone():
    line = {"credit_code": "91350100M000100Y43", "name": "喀什医院", "phone": "2"}
    made = plan(line, {**line, "name": "另一个"}, by_credit_code=True)

    assert [(one.fate, one.pk) for one in made] == [(Fate.CHANGED, 2), (Fate.REJECTED, None)]
    assert made[1].faults == (("信用代码", "与第2行相同。"),)


AYNUR = KnownPerson(7, "aynur", "阿依努尔")
SENDER = KnownPerson(9, "clerk", "喀什经办")


def posts(*rows, reach=ALL):
    live = KnownPost(5, 7, 2, Role.HANDLER, "", TODAY, None)
    register = Register(
        offices=Book(ON_FILE),
        people={one.login: one for one in (AYNUR, SENDER)},
        posts={(7, 2, Role.HANDLER, ""): live},
        reach=reach,
        sender=9,
        today=TODAY,
        role_names={Role.HANDLER: "经办", Role.REVIEWER: "复核", Role.OPERATOR: "系统管理"},
    )
    blank = {"office": "hospital", "login": "new.one", "name": "新人", "roles": [Role.HANDLER]}
    sheet = [Line(number, {**blank, **row}) for number, row in enumerate(rows, start=2)]
    return plan_posts(sheet, register)


def test_people_are_known_by_their_login_and_posts_once():
    aynur = {"login": "aynur", "name": "阿依努尔"}
    new, same, more, ends, other, self_made, repeated = posts(
        {},
        aynur,
        {**aynur, "roles": [Role.HANDLER, Role.REVIEWER]},
        {**aynur, "ends_on": "2020-12-31", "roles": [Role.HANDLER], "track": "skilled"},
        {"login": "aynur", "name": "别人"},
        {"login": "clerk", "name": "喀什经办"},
        {},
    )

    assert [one.fate for one in (new, same, ends)] == [Fate.NEW, Fate.UNCHANGED, Fate.CHANGED]
    assert (more.fate, dict(more.faults)) == (Fate.REJECTED, {"岗位": "“经办”与第3行相同。"})
    assert dict(other.faults) == {"姓名": "登录名与第3行相同，姓名却不同。"} | {
        "登录名": "这个登录名已属于另一人；不是同一人的，请换一个登录名。"
    }
    assert "不能给自己设岗位" in dict(self_made.faults)["登录名"]
    assert dict(repeated.faults) == {"岗位": "“经办”与第2行相同。"}


def test_at_home_only_clerks_are_made_and_below_no_operators():
    prefecture = Reach(own=frozenset([1]), below=frozenset([2]))
    at_home, below, above, elsewhere = posts(
        {"office": "kashgar", "roles": [Role.REVIEWER]},
        {"roles": [Role.REVIEWER]},
        {"roles": [Role.OPERATOR], "login": "oper"},
        {"office": "old", "login": "else"},
        reach=prefecture,
    )

    said = "“{}”须由上级机构或系统管理设置。"
    assert dict(at_home.faults) == {"岗位": said.format("复核")}
    assert below.fate is Fate.NEW
    assert dict(above.faults) == {"岗位": said.format("系统管理")}
    assert dict(elsewhere.faults) == {"机构": "“已撤销的局”已撤销，请填写现在的机构。"}
