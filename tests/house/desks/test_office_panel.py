"""The panel of an evaluation: who came, who kept out, what was scored, what is still a draft."""

import shutil
from pathlib import Path

import pytest

from juxian.papers.evaluation_summary import evaluation_summary
from juxian.records.models import EvaluationDraft, ProceedingMember, Trace
from juxian.records.packs import pack_named
from juxian.regulation.tally import Tally
from juxian.selectors.paper_lists import evaluation_input
from tests.house.desks.office_world import at, listed, many, says, text, took_up
from tests.house.desks.test_office_evaluation import record, sheet
from tests.papers.samples import text_of

pytestmark = pytest.mark.django_db

PACKS = Path(__file__).parents[3] / "packs"


@pytest.fixture
def file(world):
    return world.submitted()


@pytest.fixture
def opened(world, file):
    return listed(world, "peer_review", file)


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


def figures(client, opened, data):
    return client.post(f"/office/evaluations/{opened.pk}/figures/", data)


def conclude(client, opened, data=None):
    return client.post(f"/office/evaluations/{opened.pk}/conclude/", data or {})


@pytest.mark.clause("R44")
def test_who_came_when_and_why_another_did_not_is_recorded_and_printed(clerk, opened, file):
    data = sheet((file, 6, 0, 0, 1), present=7, absent=1)
    data |= {"expert-0-arrival": "10：05", "expert-1-kept_out": f"{file.name}（近亲属）"}
    record(clerk, opened, data)

    experts = ProceedingMember.objects.filter(proceeding=opened).order_by("pk")
    page = text(clerk.get(f"/office/evaluations/{opened.pk}/"))
    paper = text_of(
        evaluation_summary(evaluation_input(opened.__class__.objects.get(pk=opened.pk)))
    )
    signing = text_of(at(clerk, "sign_in_paper", opened.pk).content)

    assert [str(e.signed_in_at or e.absence) for e in (experts[0], experts[7])] == [
        "10:05:00",
        "出差",
    ]
    assert 'value="10:05"' in page
    assert "专家1（近亲属）" in page
    assert "是10:05" in paper
    assert "否（出差）" in paper
    assert f"{file.name}（近亲属）" in paper
    assert "评议专家签到表" in signing
    assert ("专家7" in signing, "签到时间" in signing) == (True, True)


@pytest.mark.clause("R44")
@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"expert-7-arrival": ""}, "expert-7-arrival", "没有到会的，请写明原因"),
        ({"chair": "专家7"}, "chair", "组长须是到会的专家，姓名与名单一致"),
        (
            {"expert-0-arrival": "早上"},
            "expert-0-arrival",
            "到会的填签到时间，如 10:05；没有到会的，去掉“到会”的勾选",
        ),
        (
            {"expert-0-kept_out": "王某"},
            "expert-0-kept_out",
            "名单上没有王某；请写人选的姓名，关系写在括号里",
        ),
    ],
)
def test_what_is_amiss_with_an_expert_is_told_beside_the_field(
    clerk, opened, file, changes, field, sentence
):
    answer = record(clerk, opened, sheet((file, 7, 0, 0, 0), absent=1) | changes)
    opened.refresh_from_db()

    assert (answer.status_code, opened.present) == (422, None)
    assert answer.context["form"].errors[field] == [sentence]


@pytest.mark.clause("R44", "R47")
def test_a_colleague_keeps_out_at_the_office_above_and_is_counted_as_recused(client, world, file):
    opened = listed(world, "nominator_panel", file)
    client.force_login(world.kashgar_handler)
    data = sheet((file, 6, 0, 0, ""), present=7) | {"expert-3-employer": file.employer.name}

    shown = text(figures(client, opened, data))
    short = record(client, opened, data | {f"{file.pk}-recused": 0, f"{file.pk}-ayes": 7})
    record(client, opened, data)

    assert "专家3（同一工作单位）" in shown
    assert (short.status_code, "专家3须回避，回避应不少于1人。" in text(short)) == (422, True)
    assert opened.items.get().tally == Tally(6, 0, recused=1)


@pytest.mark.clause("R44")
def test_what_is_typed_is_kept_until_it_is_recorded_or_dropped(clerk, world, opened, file):
    page = f"/office/evaluations/{opened.pk}/"
    record(clerk, opened, sheet((file, 7, 0, 0, 0)))
    stamp = clerk.get(page).context["stamp"]
    typed = sheet((file, 6, 1, 0, 0), place="四楼") | {"stamp": stamp}
    figures(clerk, opened, typed)
    figures(clerk, opened, typed)

    shown = text(clerk.get(page))
    held = conclude(clerk, opened)
    record(clerk, opened, typed)
    late = text(figures(clerk, opened, typed))
    opened.refresh_from_db()

    assert ('value="四楼"' in shown, "医院经办于" in shown) == (True, True)
    assert "有暂存的修改还没有保存，请先保存或放弃" in text(held)
    assert 'value="四楼"' in text(held)
    assert "这份记录刚刚另行保存过，请刷新页面后再改" in late
    assert (opened.place, EvaluationDraft.objects.exists()) == ("四楼", False)

    clerk.post(page, sheet((file, 5, 2, 0, 0)) | {"keep": "1"})
    dropped = clerk.post(page, {"drop": "1"})
    assert says(dropped)[-1] == "已放弃暂存的修改。"
    acts = Trace.objects.filter(act__endswith="_draft").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["keep_draft", "keep_draft", "drop_draft"]


def test_the_experts_of_an_earlier_sitting_are_brought_into_the_rows(clerk, world, opened, file):
    record(clerk, opened, sheet((file, 7, 0, 0, 0)) | {"expert-6-title": "教授"})
    conclude(clerk, opened)
    (other,) = many(file, 1)
    other.step, other.holder = "peer_review", world.hospital
    other.save()
    again = took_up(world, other)

    offered = text(clerk.get(f"/office/evaluations/{again.pk}/"))
    typed = {"expert-0-name": "专家2", "bring": str(opened.pk)}
    brought = text(record(clerk, again, typed))

    assert "2020年3月16日 · 7 人" in offered
    assert '<option value="专家6" data-employer="某大学" data-title="教授"' in offered
    names = [f'name="expert-{n}-name" value="专家{e}"' in brought for n, e in ((0, 2), (1, 0))]
    assert names == [True, True]
    assert brought.count('value="专家2"') == offered.count('value="专家2"') + 1


@pytest.mark.clause("R44")
def test_a_tie_is_ranked_by_a_reason_on_record_or_stays_a_tie(clerk, world, file):
    world.pass_until("peer_review", file)
    (other,) = many(file, 1)
    opened = took_up(world, file, other)
    record(clerk, opened, sheet((file, 7, 0, 0, 0), (other, 7, 0, 0, 0)))
    order = {f"order-{file.pk}": 2, f"order-{other.pk}": 1}

    half = conclude(clerk, opened, order)
    wrong = conclude(clerk, opened, order | {f"order-{file.pk}": 1, "reason-1": "奖励更高"})
    conclude(clerk, opened, order | {"reason-1": "奖励更高"})
    opened.refresh_from_db()
    page = text(clerk.get(f"/office/evaluations/{opened.pk}/"))

    assert half.context["ranks"].errors["reason-1"] == ["请写明排定先后的理由"]
    assert "请给并列的2人分别填1至2，不能重复" in text(wrong)
    assert dict(opened.items.values_list("application", "rank")) == {other.pk: 1, file.pk: 2}
    assert opened.remark == f"并列后由组长排定先后：{other.name}、{file.name}。理由：奖励更高"
    assert "理由：奖励更高" in page


@pytest.fixture
def scored(world, settings, tmp_path):
    """A call whose peers give scores beside their votes."""
    shutil.copytree(PACKS, tmp_path / "packs")
    folder = tmp_path / "packs" / "with-scores"
    shutil.copytree(PACKS / world.cycle.pack, folder)
    call = folder / "call.toml"
    written = call.read_text(encoding="utf-8")
    rule = '[[ballot]]\ncode = "peer"\n'
    scoring = f"{rule}scoring = {{ top = 100, drop_extremes = true }}\n"
    call.write_text(written.replace(rule, scoring), encoding="utf-8")
    settings.PACKS_DIR = tmp_path / "packs"
    world.cycle.pack, world.cycle.pack_digest = folder.name, pack_named(folder.name).digest
    world.cycle.save()


@pytest.mark.clause("R44")
def test_scores_are_asked_of_everybody_present_and_rank_those_with_as_many_ayes(
    clerk, world, scored
):
    file = world.submitted()
    (other,) = many(file, 1)
    opened = listed(world, "peer_review", file, other)
    data = sheet((file, 4, 0, 0, 1), (other, 5, 0, 0, 0), present=5)
    data |= {"expert-4-kept_out": file.name}
    scores = {f"score-{file.pk}-{n}": mark for n, mark in enumerate((90, 80, 70, 100))}
    scores |= {f"score-{other.pk}-{n}": 90.5 for n in range(5)}

    lacking = record(clerk, opened, data | scores | {f"score-{other.pk}-2": ""})
    beyond = record(clerk, opened, data | scores | {f"score-{other.pk}-2": "101"})
    live = text(figures(clerk, opened, data | scores))
    record(clerk, opened, data | scores)
    page = text(clerk.get(f"/office/evaluations/{opened.pk}/"))
    conclude(clerk, opened)
    opened.refresh_from_db()
    paper = text_of(evaluation_summary(evaluation_input(opened)))

    for answer in (lacking, beyond):
        assert answer.context["form"].errors[f"score-{other.pk}-2"] == ["请填0至100的分数"]
    assert f'id="mean-{file.pk}" hx-swap-oob="true">85.00</span>' in live
    assert "去掉一个最高分和一个最低分" in page
    assert dict(opened.items.values_list("application", "rank")) == {other.pk: 1, file.pk: 2}
    assert ("85.00" in paper, "90.50" in paper, "平均分" in paper) == (True, True, True)
