"""Offices: adding one to the tree."""

from datetime import date

from juxian.actions import office
from juxian.records.models import Office
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import OfficeKind
from tests.house.actions.unchanged import refuses

FACTS = {"kind": OfficeKind.HOSPITAL, "region": "653100"}


def test_an_office_stands_under_its_parent_from_the_first_day_unless_another_is_given(world):
    made = office.create_office("clinic", "门诊部（示例）", parent=world.hospital, **FACTS)
    later = office.create_office("later", "新院（示例）", starts_on=date(2020, 3, 1), **FACTS)

    assert made.path == f"{world.hospital.path}{made.pk}/"
    assert later.path == f"/{later.pk}/"
    assert (made.starts_on, later.starts_on) == (office.FIRST_DAY, date(2020, 3, 1))
    assert Office.objects.get(code="clinic").path == made.path


def test_a_credit_code_is_kept_in_its_checked_form(world):
    made = office.create_office(
        "clinic", "门诊部（示例）", credit_code=" 91350100m000100y43 ", **FACTS
    )

    assert Office.objects.get(pk=made.pk).credit_code == "91350100M000100Y43"


def test_a_credit_code_that_does_not_check_is_refused_beside_its_field(world):
    said = "统一社会信用代码未通过校验，其中至少有一位有误，请对照证照逐位核对。"
    wrong = {"code": "clinic", "name": "门诊部（示例）", "credit_code": "91350100M000100Y44"}

    faults = refuses(NotReady, said, office.create_office, **wrong, **FACTS)

    assert faults == (("credit_code", said),)


def test_a_code_that_is_taken_is_refused_beside_its_field(world):
    faults = refuses(
        NotReady,
        "机构代码已被使用，请换一个",
        office.create_office,
        code="hospital",
        name="另一家医院（示例）",
        **FACTS,
    )

    assert faults == (("code", "代码重复"),)


def test_paths_are_spelled_anew_below_whatever_has_changed(world):
    top, first = (world.add_office(key, key, kind="other", region="650000") for key in "xy")
    second = world.add_office("z", "z", kind="other", region="650000", parent=first)
    third = world.add_office("w", "w", kind="other", region="650000", parent=second)
    Office.objects.filter(pk=first.pk).update(parent=top)

    office.spell_paths([third.pk, first.pk])

    third.refresh_from_db()
    assert third.path == f"/{top.pk}/{first.pk}/{second.pk}/{third.pk}/"
