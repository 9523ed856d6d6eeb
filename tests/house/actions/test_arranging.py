"""What may be done with a file that was given: order, name, claim, another in its place, undo."""

import pytest

from juxian.actions import evidence
from juxian.records.models import Evidence, Section, Trace
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.selectors.evidence import evidence_of, path_of
from tests.house.actions.test_evidence import attach, pdf
from tests.house.actions.unchanged import everything, refuses
from tests.house.world import kept_of


@pytest.fixture
def drafted(world):
    return world.professional_draft()


@pytest.fixture
def three(world, drafted):
    """Of one material, with a file of another between them."""
    first = attach(world, drafted, title="甲")
    attach(world, drafted, material="honours", title="旁")
    return [first, *(attach(world, drafted, title=title) for title in "乙丙")]


def titles(file, material="other"):
    return [one.title for one in evidence_of(file) if one.material == material]


@pytest.mark.parametrize(
    ("which", "up", "order"),
    [(1, True, "乙甲丙"), (1, False, "甲丙乙"), (0, True, "甲乙丙"), (2, False, "甲乙丙")],
)
def test_a_file_changes_places_with_its_neighbour_of_the_same_material(
    world, drafted, three, which, up, order
):
    others = titles(drafted, "honours")

    evidence.shift(three[which].pk, by=world.applicant, up=up)

    assert "".join(titles(drafted)) == order
    assert titles(drafted, "honours") == others


def test_a_file_is_renamed_and_linked_to_another_row_without_being_sent_again(
    world, drafted, three
):
    row = Section.objects.get(application=drafted, code="honours").values["records"][0]
    claim = f"honours.records.{row['id']}"
    given = attach(world, drafted, material="honours", title="扫描件1")

    evidence.describe(given.pk, by=world.applicant, title=" 优秀医师证书 ", claim=claim)

    kept = Evidence.objects.get(pk=given.pk)
    assert (kept.title, kept.claim, kept.file_id) == ("优秀医师证书", claim, given.file_id)
    acts = Trace.objects.filter(subject="evidence", subject_id=given.pk).order_by("pk")
    assert [trace.act for trace in acts] == ["attach", "rename", "link"]
    before = everything()
    evidence.describe(given.pk, by=world.applicant, title="优秀医师证书", claim=claim)
    assert everything() == before


def test_a_row_that_is_gone_or_another_material_s_cannot_be_proved(world, drafted, three):
    claim = "career.records.999"
    said = "这一条已不在表中，请重新选择"

    faults = refuses(
        NotReady,
        said,
        evidence.describe,
        evidence_id=three[0].pk,
        by=world.applicant,
        title="甲",
        claim=claim,
    )
    assert faults == (("claim", said),)
    Evidence.objects.filter(pk=three[0].pk).update(claim=claim)
    evidence.describe(three[0].pk, by=world.applicant, title="丁", claim=claim)
    assert titles(drafted) == ["丁", "乙", "丙"]


def test_a_file_is_never_without_a_name(world, three):
    faults = refuses(
        NotReady,
        "请填写名称",
        evidence.describe,
        evidence_id=three[0].pk,
        by=world.applicant,
        title="  ",
        claim="",
    )
    assert faults == (("title", "请填写名称"),)


def test_another_file_takes_the_place_the_name_and_the_claim(world, drafted, three):
    Evidence.objects.filter(pk=three[1].pk).update(claim="career.records.1")

    new = evidence.replace(three[1].pk, by=world.applicant, content=pdf(pages=7))

    assert titles(drafted) == ["甲", "乙", "丙"]
    assert (new.claim, new.file.pages) == ("career.records.1", 7)
    assert path_of(three[1].file_id).exists()
    refuses(
        NotPossible,
        "这个文件已经移除，请刷新页面查看",
        evidence.replace,
        evidence_id=three[1].pk,
        by=world.applicant,
        content=pdf(),
    )


def test_of_a_replacement_that_is_refused_the_old_file_stays(world, three):
    refuses(
        NotReady,
        "这个文件是空的，请重新选择",
        evidence.replace,
        evidence_id=three[1].pk,
        by=world.applicant,
        content=b"",
    )


def test_with_no_place_left_a_file_can_still_be_replaced(world, drafted, three, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_PER_PERSON", evidence_of(drafted).count())

    evidence.replace(three[1].pk, by=world.applicant, content=pdf(pages=7))

    assert titles(drafted) == ["甲", "乙", "丙"]


def test_a_removal_taken_back_puts_the_file_where_it_stood(world, drafted, three, monkeypatch):
    evidence.detach(three[1].pk, by=world.applicant)
    assert titles(drafted) == ["甲", "丙"]

    evidence.restore(three[1].pk, by=world.applicant)
    assert titles(drafted) == ["甲", "乙", "丙"]
    before = everything()
    evidence.restore(three[1].pk, by=world.applicant)
    assert everything() == before

    evidence.detach(three[1].pk, by=world.applicant)
    most = evidence_of(drafted).count()
    monkeypatch.setattr(evidence, "MOST_PER_PERSON", most)
    refuses(
        NotReady,
        f"最多上传{most}份证明材料",
        evidence.restore,
        evidence_id=three[1].pk,
        by=world.applicant,
    )


FULL = "“居民身份证”最多2个文件，请先移除不需要的，或点“更改”换成新的"


@pytest.fixture
def sides(world, drafted):
    """Both sides of an identity card: all that the call takes of it."""
    Evidence.objects.filter(application=drafted, material="id_card").delete()
    return [
        evidence.attach(
            drafted.pk,
            by=world.applicant,
            material="id_card",
            title=title,
            content=pdf(pages=pages),
        )
        for pages, title in enumerate(("正面", "反面"), start=1)
    ]


def test_a_material_takes_no_more_files_than_the_call_says(world, drafted, sides):
    third = {"by": world.applicant, "material": "id_card", "title": "又一份"}

    refuses(
        NotReady, FULL, evidence.attach, application_id=drafted.pk, content=pdf(pages=3), **third
    )
    evidence.replace(sides[0].pk, by=world.applicant, content=pdf(pages=4))

    evidence.detach(sides[1].pk, by=world.applicant)
    evidence.attach(drafted.pk, content=pdf(pages=3), **third)
    refuses(NotReady, FULL, evidence.restore, evidence_id=sides[1].pk, by=world.applicant)


def test_all_files_together_have_a_limit(world, drafted, monkeypatch):
    size = sum(one.file.size for one in evidence_of(drafted))
    content = pdf(pages=9)
    said = "证明材料合计不能超过0MB，请移除不需要的，或降低扫描分辨率后再传"
    monkeypatch.setattr(evidence, "MOST_BYTES", size + len(kept_of(content)) - 1)

    refuses(NotReady, said, attach, world=world, file=drafted, content=content)
    monkeypatch.setattr(evidence, "MOST_BYTES", size + len(kept_of(content)))
    attach(world, drafted, content=content)


ACTS = {
    "restore": (evidence.restore, {}),
    "replace": (evidence.replace, {"content": pdf()}),
    "describe": (evidence.describe, {"title": "新", "claim": ""}),
    "shift": (evidence.shift, {"up": False}),
}


@pytest.mark.parametrize(("act", "facts"), ACTS.values(), ids=ACTS)
def test_only_the_applicant_does_any_of_it_and_only_where_the_slot_is_open(
    world, drafted, act, facts
):
    kept = Evidence.objects.get(application=drafted, material="id_card")
    refuses(
        NotAllowed,
        "只有申报人本人或受其委托的单位经办人可以填写",
        act,
        evidence_id=kept.pk,
        by=world.stranger,
        **facts,
    )
    world.submit(drafted)
    world.send_back(drafted, {"evidence.other": "其他材料"})

    refuses(
        NotPossible,
        "这类材料没有被退回，不能更换",
        act,
        evidence_id=kept.pk,
        by=world.applicant,
        **facts,
    )
