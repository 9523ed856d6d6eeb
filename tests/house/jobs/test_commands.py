"""The commands: what they print, and when they end in failure."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from juxian.jobs.tasks import latch_cycles, tell
from juxian.papers.application_form import application_form
from juxian.records.models import Cycle, Handling, Message, ProceedingItem, Seats, Trace
from juxian.regulation.pack_reading import load
from juxian.selectors.invariants import INVARIANTS
from juxian.selectors.papers import application_form_input
from tests.house.actions.unchanged import everything
from tests.house.clock import set_clock

ROOT = Path(__file__).parents[3]
CALL = ROOT / "packs" / "2020-special-allowance"


def run(*arguments, **options):
    out = StringIO()
    call_command(*map(str, arguments), stdout=out, **options)
    return out.getvalue()


def fails(*arguments):
    """What a failing command prints, and the sentence it ends with."""
    out = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command(*map(str, arguments), stdout=out)
    return out.getvalue(), str(failure.value)


@pytest.mark.parametrize("code", ["2020-special-allowance", "2026-pioneers"])
def test_a_sound_pack_is_told_with_its_digest(code):
    pack = load(ROOT / "packs" / code)

    said = run("pack", "check", ROOT / "packs" / code)

    assert said == f"{pack.programme.title}：没有发现问题。校验值 {pack.digest[:16]}\n"


@pytest.mark.parametrize("code", ["2020-special-allowance", "2026-pioneers"])
def test_a_pack_is_described_as_its_page_in_the_documents(code):
    page = ROOT / "docs" / "regulation" / f"{code}.md"

    assert run("pack", "describe", ROOT / "packs" / code) == page.read_text(encoding="utf-8")


def test_a_pack_that_is_not_sound_is_told_every_problem(tmp_path):
    shutil.copytree(CALL, tmp_path / "broken")
    (tmp_path / "broken" / "clauses.toml").unlink()
    said = "clauses.toml：-：缺少这个文件"

    assert said in fails("pack", "check", tmp_path / "broken")[1]
    assert said in fails("pack", "describe", tmp_path / "broken")[1]


def test_every_clause_of_the_notice_is_enforced_and_proved():
    lines = run("clauses").splitlines()

    clauses = load(CALL).clauses
    assert lines[-1] == f"{len(clauses)}条，没有缺口。"
    told = [line.split()[0] for line in lines[:-1] if not line.startswith(" ")]
    assert told == [clause.id for clause in clauses]


def test_a_clause_that_no_test_proves_is_a_gap(tmp_path):
    said = fails("clauses", CALL, "--tests", tmp_path)[1]

    assert said.startswith("还有缺口：\n")


def test_every_invariant_is_told_to_hold(world):
    world.submitted()

    assert run("invariants").splitlines() == [f"✓ {one.says}" for one in INVARIANTS]
    assert json.loads(run("invariants", "--json")) == {"checked": len(INVARIANTS), "broken": {}}


def test_a_broken_invariant_is_told_with_its_rows_and_ends_in_failure(world):
    file = world.submitted()
    world.pass_until("formal_check", file)
    nominated = ProceedingItem.objects.get(act="recommend")
    seats = Seats.objects.get(office=world.kashgar, bucket=nominated.bucket)
    Seats.objects.filter(pk=seats.pk).update(granted=0)

    printed, said = fails("invariants")
    as_json, _said = fails("invariants", "--json")

    assert said == "1项不成立。"
    assert "✗ 任何单位任何指标上报人数不超过名额" in printed.splitlines()
    assert list(json.loads(as_json)["broken"]) == ["seats"]


def test_an_export_needs_a_cycle_and_an_empty_folder(world, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note.txt").write_text("满", encoding="utf-8")
    before = everything()

    assert (
        fails("export", "ministry", "nowhere", tmp_path / "new")[1] == "没有代码为 nowhere 的批次"
    )
    assert fails("export", "ministry", world.cycle.code, tmp_path / "full")[1] == (
        f"{tmp_path / 'full'} 不是空文件夹"
    )
    assert everything() == before


@pytest.mark.clause("R55")
def test_what_goes_to_the_ministry_is_written_with_its_digests_and_leaves_a_trace(world, tmp_path):
    file = world.submitted()
    world.pass_until("ministry_result", file)
    folder = tmp_path / "out"

    said = run("export", "ministry", world.cycle.code, folder)

    written = [path for path in folder.rglob("*") if path.is_file()]
    assert said == f"已写出{len(written)}个文件。\n"
    assert Trace.objects.latest("pk").detail == {"files": len(written)}
    printed = {path.read_bytes()[:5] for path in written if path.suffix == ".pdf"}
    assert printed == {b"%PDF-"}


@pytest.fixture
def printed(world, tmp_path):
    """A submitted file, and its form as it was printed."""
    file = world.submitted()
    paper = tmp_path / "form.pdf"
    paper.write_bytes(application_form(application_form_input(file, file.submissions.get())))
    return file, paper


@pytest.mark.clause("R61")
def test_a_print_is_found_equal_to_what_was_submitted(printed):
    file, paper = printed

    first, *copies = run("paper", "verify", paper).splitlines()

    assert first == f"{file.number} 第1轮：与现有数据一致"
    assert copies != []
    assert all(line.endswith("，齐全") for line in copies)


def test_a_paper_that_is_missing_or_is_none_ends_in_failure(tmp_path):
    blank = tmp_path / "blank.pdf"
    blank.write_bytes(b"no paper at all")

    assert fails("paper", "verify", tmp_path / "no.pdf")[1] == f"没有找到文件 {tmp_path / 'no.pdf'}"
    assert fails("paper", "verify", blank)[1] != ""


def test_the_errands_tell_once_and_close_what_is_due(world):
    file = world.submitted()
    handling = Handling.objects.get(application=file)
    tell(handling=handling.pk)
    tell(handling=handling.pk)
    latch_cycles(timestamp=0)
    assert Message.objects.count() == 1
    assert Cycle.objects.get().closed_at is None

    set_clock(world.cycle.closes_at)
    latch_cycles(timestamp=60)

    assert Cycle.objects.get().closed_at == world.cycle.closes_at
