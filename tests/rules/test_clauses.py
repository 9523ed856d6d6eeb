"""The clause ledger: every clause of a notice, who carries it out, and which tests prove it."""

from dataclasses import replace
from pathlib import Path

import pytest

from juxian.regulation.clauses import (
    BY_CODE,
    CALL_FILE,
    FORM_FILE,
    Citation,
    Gap,
    LedgerEntry,
    cited,
    gaps,
    ledger,
    proofs_in,
)
from juxian.regulation.pack import Clause
from juxian.regulation.pack_reading import load
from juxian.regulation.words import Nature

ROOT = Path(__file__).parents[2]
PACK = load(ROOT / "packs" / "2020-special-allowance")
ENTRIES = {entry.clause.id: entry for entry in ledger(PACK)}

TESTS = """
import pytest

pytestmark = pytest.mark.clause("R1")


@pytest.mark.clause("R2", "R3")
@pytest.mark.parametrize("x", [1, pytest.param(2, marks=pytest.mark.clause("R4"))])
def test_a(x):
    assert x


@pytest.mark.slow("R9")
class TestB:
    @pytest.mark.clause("R2", "R2", 5)
    def test_b(self):
        assert True

    @pytest.mark.clause("R8")
    def helper(self):
        return None


@pytest.mark.clause("R5")
class TestC:
    def test_c(self):
        assert True
"""


def written(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_marks_are_read_from_tests_classes_modules_and_parameters_without_running_them(tmp_path):
    written(tmp_path, "actions/test_x.py", TESTS)
    a, b, c = (
        f"actions/test_x.py::{name}" for name in ("test_a", "TestB::test_b", "TestC::test_c")
    )

    assert proofs_in(tmp_path) == {
        "R1": (a, b, c),
        "R2": (a, b),
        "R3": (a,),
        "R4": (a,),
        "R5": (c,),
    }


@pytest.mark.parametrize(
    "marks",
    [
        'pytestmark = [pytest.mark.slow, pytest.mark.clause("R7")]',
        'pytestmark = pytest.mark.clause("R7")',
    ],
)
def test_a_module_may_be_marked_once_or_in_a_list(tmp_path, marks):
    written(tmp_path, "test_x.py", f"import pytest\n{marks}\ndef test_a(): ...\n")

    assert proofs_in(tmp_path) == {"R7": ("test_x.py::test_a",)}


def test_what_is_no_test_file_proves_nothing(tmp_path):
    written(tmp_path, "sample_x.py", TESTS)

    assert proofs_in(tmp_path) == {}


def test_the_ledger_of_the_notice_has_all_its_clauses_in_order():
    parts = {"R14": "abcde", "R23": "abcd"}
    expected = []
    for number in range(1, 79):
        expected.append(f"R{number}")
        expected += [f"R{number}{part}" for part in parts.get(f"R{number}", "")]

    assert list(ENTRIES) == expected


def test_every_clause_of_the_notice_is_carried_out_or_shown():
    unanswered = [
        entry.clause.id
        for entry in ENTRIES.values()
        if not entry.is_enforced and not entry.clause.shown
    ]

    assert unanswered == []


def test_a_clause_is_found_wherever_the_pack_cites_it():
    assert [(citation.file, citation.key) for citation in ENTRIES["R41"].pack] == [
        (CALL_FILE, "bucket[national_talent]"),
        (CALL_FILE, "material[national_talent]"),
        (CALL_FILE, "advice[区属企业、技工院校能推荐谁]"),
        (FORM_FILE, "section[honours].field[bqw]"),
        (FORM_FILE, "section[honours].field[bqw_year]"),
    ]


def test_citations_reach_columns_and_options_of_the_form():
    keys = {citation.key for citation in cited(PACK)}

    assert "section[conditions].field[primary].choice[A1]" in keys
    assert "section[conditions].field[statements].column[condition].choice[A1]" in keys


def test_a_field_that_cites_nothing_is_no_citation():
    assert "section[basic].field[name]" not in {citation.key for citation in cited(PACK)}


def test_what_code_does_is_named_by_the_clause_and_done_by_modules_that_exist():
    assert ENTRIES["R74"].code == (BY_CODE["closing"],)
    modules = {module for each in BY_CODE.values() for module in each.modules}
    missing = [
        module
        for module in modules
        if not (ROOT / "juxian" / f"{module.replace('.', '/')}.py").is_file()
    ]

    assert missing == []


def test_without_a_folder_of_tests_nothing_is_proved():
    assert {entry.tests for entry in ENTRIES.values()} == {()}


def test_a_ledger_with_tests_names_those_that_prove_the_clause(tmp_path):
    written(tmp_path, "test_x.py", TESTS)
    proofs = {entry.clause.id: entry.tests for entry in ledger(PACK, tmp_path) if entry.tests}

    assert proofs["R4"] == ("test_x.py::test_a",)
    assert set(proofs) == {"R1", "R2", "R3", "R4", "R5"}


def entry(nature, *, pack=(), code=(), tests=(), shown=""):
    return LedgerEntry(Clause("R1", "要点", nature, "通知一", (), shown), pack, code, tests)


PLACE = Citation(CALL_FILE, "step[a]", "环节“甲”", "R1")
SAID = tuple(
    Citation(CALL_FILE, key, "说明", "R1")
    for key in ("programme", "window", "advice[a]", "setting[a]", "report[a]", "contact[a]")
)


@pytest.mark.parametrize(
    ("one", "lacks"),
    [
        (entry(Nature.HARD), ["项目包和程序都没有落实这一条", "没有测试证明这一条"]),
        (entry(Nature.SOFT, pack=(PLACE,)), ["没有测试证明这一条"]),
        (entry(Nature.HARD, pack=SAID, tests=("t",)), ["项目包和程序都没有落实这一条"]),
        (entry(Nature.HARD, pack=(*SAID, PLACE), tests=("t",)), []),
        (entry(Nature.PROCEDURE, code=(BY_CODE["route"],), tests=("t",)), []),
        (entry(Nature.DOCUMENT, pack=(PLACE,), tests=("t",)), []),
        (entry(Nature.INFORMATION, pack=(PLACE,)), ["没有写明在哪里显示"]),
        (entry(Nature.INFORMATION, shown="首页"), []),
    ],
)
def test_a_clause_lacks_what_its_nature_asks_for(one, lacks):
    assert gaps([one]) == tuple(Gap("R1", lack) for lack in lacks)


def test_a_gap_and_an_entry_read_as_lines():
    full = entry(
        Nature.HARD, pack=(PLACE,), code=(BY_CODE["panel"],), tests=("a.py::test_a",), shown="首页"
    )

    assert str(Gap("R1", "没有测试证明这一条")) == "R1：没有测试证明这一条"
    assert str(full).splitlines() == [
        "R1 通知一 要点",
        "  项目包：环节“甲”",
        "  程序：评审委员会的组成、承诺和回避（actions.panel、regulation.recusal）",
        "  显示：首页",
        "  测试：a.py::test_a",
    ]
    assert str(replace(full, pack=(), code=(), tests=())).splitlines() == [
        "R1 通知一 要点",
        "  显示：首页",
    ]


def test_every_mark_of_our_own_tests_names_a_clause_of_some_notice():
    known = {clause.id for clause in PACK.clauses}
    known |= {clause.id for clause in load(ROOT / "packs" / "2026-pioneers").clauses}

    assert set(proofs_in(ROOT / "tests")) <= known
