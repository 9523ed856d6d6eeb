"""The clause ledger (条款台账): where each clause is carried out, and which tests prove it."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from juxian.regulation.form import Field
from juxian.regulation.pack import Clause, Pack
from juxian.regulation.words import Nature

FORM_FILE, CALL_FILE, CLAUSE_FILE = "fields.toml", "call.toml", "clauses.toml"

ENFORCING = frozenset(
    (
        *("step", "exclusion", "condition", "mark", "bucket", "ballot"),
        *("material", "paper", "section"),
    )
)
"""Groups of a pack's entries that something is done by; the others only say, date or name."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place of the pack that cites clauses: `key` as problems name it, `words` for officials."""

    file: str
    key: str
    words: str
    clause: str  # ids, with spaces between

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.clause.split())

    @property
    def enforces(self) -> bool:
        return self.key.partition("[")[0] in ENFORCING


@dataclass(frozen=True, slots=True)
class Mechanism:
    """What the programme does for every pack, and in which modules."""

    words: str
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    clause: Clause
    pack: tuple[Citation, ...]
    code: tuple[Mechanism, ...]
    tests: tuple[str, ...]

    @property
    def is_enforced(self) -> bool:
        """By something the pack has done or the programme does; what only says does not count."""
        return bool(self.code) or any(citation.enforces for citation in self.pack)

    def __str__(self) -> str:
        """The clause, and below it who carries it out and what proves it, as far as known."""
        parts = {
            "项目包": [citation.words for citation in self.pack],
            "程序": [f"{each.words}（{'、'.join(each.modules)}）" for each in self.code],
            "显示": [self.clause.shown] if self.clause.shown else [],
            "测试": list(self.tests),
        }
        lines = [f"{self.clause.id} {self.clause.cite} {self.clause.says}"]
        lines += [f"  {name}：{'；'.join(said)}" for name, said in parts.items() if said]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Gap:
    """What the ledger lacks of a clause."""

    clause: str
    lack: str

    def __str__(self) -> str:
        return f"{self.clause}：{self.lack}"


BY_CODE: Mapping[str, Mechanism] = {
    "own_application": Mechanism(
        "本人填报、本人签名提交", ("actions.application", "actions.submission")
    ),
    "one_application": Mechanism("一人一批次只有一份有效申报", ("records.models.application",)),
    "register": Mechanism("与已享受人员名册核对", ("selectors.facts",)),
    "three_answers": Mechanism(
        "申报人回答、单位核实、规则核对，须认定的由人认定",
        ("actions.submission", "actions.verification", "selectors.certification"),
    ),
    "route": Mechanism("按单位隶属逐级报送，不得越级", ("selectors.route", "access.acts")),
    "all_at_once": Mechanism("提交前一次列出全部问题", ("actions.submission",)),
    "evidence": Mechanism("证明材料按类别上传、对应各部分", ("actions.evidence",)),
    "one_digest": Mechanism(
        "提交即冻结，纸件与电子数据同一校验值", ("actions.submission", "papers.page_mark")
    ),
    "itemised_return": Mechanism("逐项说明、一次告知的退回修改", ("actions.verification",)),
    "evaluation": Mechanism(
        "评议专家、票数和意见的记录", ("actions.evaluation", "regulation.tally")
    ),
    "publicity": Mechanism(
        "公示期按工作日计算，有异议不得通过", ("actions.publicity", "regulation.public_notice")
    ),
    "opinion": Mechanism("征求意见的回函逐人登记", ("actions.opinion",)),
    "decision": Mechanism("审定机构、日期和文号的记录", ("actions.decision",)),
    "seats": Mechanism(
        "推荐名单不得超出指标，最后一个名额不会两人同占", ("actions.nomination", "actions._move")
    ),
    "panel": Mechanism("评审委员会的组成、承诺和回避", ("actions.panel", "regulation.recusal")),
    "ballot": Mechanism("无记名表决和计票", ("actions.ballot", "regulation.ballot")),
    "proposal": Mechanism("在下达名额内提出拟入选和备选名单", ("actions.selection",)),
    "allotment": Mechanism("国家下达的名额随时录入", ("actions.cycle",)),
    "mailing": Mechanism(
        "按受理处室分别生成邮寄标签和装箱单，登记寄出，逐页扫码接收",
        ("papers.packing_list", "actions.parcel"),
    ),
    "report": Mechanism("推荐单位报送总结材料，逾期的记为逾期", ("actions.report",)),
    "results": Mechanism("上级批准结果的登记", ("actions.selection",)),
    "closing": Mechanism("以数据库时间为准，逾期不受理", ("actions.cycle", "actions.submission")),
}
"""What a pack cannot say by itself; a clause names the mechanisms that carry it out."""


def cited(pack: Pack) -> Iterator[Citation]:
    """Every place of the pack that cites a clause."""
    yield Citation(CALL_FILE, "programme", "项目", pack.programme.clause)
    yield Citation(CALL_FILE, "window", "申报时间", pack.window.clause)
    yield Citation(CALL_FILE, "procedure", "退回后的办理", pack.resubmission_clause)
    for step in pack.procedure.steps:
        yield _call("step", step.code, f"环节“{step.title}”", step.clause)
    yield from _of_people(pack)
    yield from _of_seats_and_votes(pack)
    yield from _of_paper_channel(pack)
    yield from _of_papers_and_dates(pack)
    yield from _of_verifying(pack)
    yield from _of_form(pack)


def _call(group: str, name: str, words: str, clause: str) -> Citation:
    return Citation(CALL_FILE, f"{group}[{name}]", words, clause)


def _of_people(pack: Pack) -> Iterator[Citation]:
    for track in pack.tracks:
        yield _call("track", track.code, f"类别“{track.title}”", track.clause)
    for channel in pack.channels:
        yield _call("channel", channel.code, f"渠道“{channel.title}”", channel.clause)
    for condition in pack.conditions:
        group, noun = ("exclusion", "除外") if condition.exclusion else ("condition", "条件")
        yield _call(group, condition.code, f"{noun}“{condition.says}”", condition.clause)
    for mark in pack.marks:
        yield _call("mark", mark.code, f"标记“{mark.title}”", mark.clause)


def _of_seats_and_votes(pack: Pack) -> Iterator[Citation]:
    for rule in pack.seats:
        yield _call("bucket", rule.bucket.code, f"指标“{rule.bucket.title}”", rule.bucket.clause)
    for code, clause in pack.ballot_clauses.items():
        used = "、".join(step.title for step in pack.procedure.steps if step.ballot == code)
        yield _call("ballot", code, f"“{used}”的表决规则", clause)


def _of_paper_channel(pack: Pack) -> Iterator[Citation]:
    if pack.paper_channel is not None:
        yield Citation(CALL_FILE, "paper_channel", "纸质材料的报送", pack.paper_channel.clause)


def _of_papers_and_dates(pack: Pack) -> Iterator[Citation]:
    for material in pack.materials:
        yield _call("material", material.code, f"材料“{material.title}”", material.clause)
    for paper in pack.papers:
        yield _call("paper", paper.code, f"纸件“{paper.title}”", paper.clause)
    for report in pack.reports:
        yield _call("report", report.code, f"报告“{report.title}”", report.clause)
    for deadline in pack.deadlines:
        title = next((s.title for s in pack.procedure.steps if s.code == deadline.step), "")
        yield _call("deadline", deadline.step, f"“{title}”的内部时限", deadline.clause)
    for contact in pack.contacts:
        yield _call("contact", contact.title, f"联系方式“{contact.title}”", contact.clause)
    for passage in pack.advice:
        yield _call("advice", passage.title, f"指南“{passage.title}”", passage.clause)
    for setting in pack.settings.values():
        yield _call("setting", setting.code, f"设置“{setting.title}”", setting.clause)


def _of_verifying(pack: Pack) -> Iterator[Citation]:
    for reason in pack.return_reasons:
        words = f"退回原因“{reason.title}”"
        yield _call("return_reason", reason.code, words, reason.clause)
    for point in pack.checklist:
        yield _call("checkpoint", point.code, f"审核要点“{point.says}”", point.clause)


def _of_form(pack: Pack) -> Iterator[Citation]:
    for section in pack.form.sections:
        key, words = f"section[{section.code}]", f"登记表“{section.title}”"
        yield Citation(FORM_FILE, key, words, section.clause)
        for field in section.fields:
            yield from _of_field(field, f"{key}.field[{field.code}]", f"{words}“{field.label}”")


def _of_field(field: Field, key: str, words: str) -> Iterator[Citation]:
    """A field, its options and its columns; none of them must cite a clause of its own."""
    if field.clause:
        yield Citation(FORM_FILE, key, words, field.clause)
    for choice in field.choices:
        if choice.clause:
            at = f"{key}.choice[{choice.value}]"
            yield Citation(FORM_FILE, at, f"{words}选项“{choice.label}”", choice.clause)
    for column in field.columns:
        at = f"{key}.column[{column.code}]"
        yield from _of_field(column, at, f"{words}“{column.label}”")


def ledger(pack: Pack, tests: Path | None = None) -> tuple[LedgerEntry, ...]:
    """An entry for every clause of the pack's notice, in its order; no tests without a folder."""
    places: dict[str, list[Citation]] = {}
    for citation in cited(pack):
        for id_ in citation.ids:
            places.setdefault(id_, []).append(citation)
    proofs = proofs_in(tests) if tests is not None else {}
    return tuple(
        LedgerEntry(
            clause=clause,
            pack=tuple(places.get(clause.id, ())),
            code=tuple(BY_CODE[name] for name in clause.by_code),
            tests=proofs.get(clause.id, ()),
        )
        for clause in pack.clauses
    )


def gaps(entries: Iterable[LedgerEntry]) -> tuple[Gap, ...]:
    """What the ledger lacks, when it was made with the folder of the tests."""
    return tuple(Gap(entry.clause.id, lack) for entry in entries for lack in _lacks(entry))


def _lacks(entry: LedgerEntry) -> Iterator[str]:
    if entry.clause.nature is Nature.INFORMATION:
        if not entry.clause.shown:
            yield "没有写明在哪里显示"
        return
    if not entry.is_enforced:
        yield "项目包和程序都没有落实这一条"
    if not entry.tests:
        yield "没有测试证明这一条"


def proofs_in(folder: Path) -> dict[str, tuple[str, ...]]:
    """Clause id to the tests marked `@pytest.mark.clause(id, ...)`, read without running them.

    A test is named "actions/test_ballot.py::test_x", from the folder on. A mark on a class or a
    module (`pytestmark`) covers every test in it, a mark on one parameter its test.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"), str(path))
        name = path.relative_to(folder).as_posix()
        for test, ids in _marked(module, name, _module_marks(module)):
            for id_ in dict.fromkeys(ids):
                found.setdefault(id_, []).append(test)
    return {id_: tuple(tests) for id_, tests in found.items()}


def _marked(
    holder: ast.Module | ast.ClassDef, name: str, inherited: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in holder.body:
        if isinstance(node, ast.ClassDef):
            ids = inherited + _decorated(node.decorator_list)
            yield from _marked(node, f"{name}::{node.name}", ids)
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield f"{name}::{node.name}", inherited + _decorated(node.decorator_list)


def _module_marks(module: ast.Module) -> tuple[str, ...]:
    for node in module.body:
        if isinstance(node, ast.Assign) and "pytestmark" in map(_name, node.targets):
            value = node.value
            marks = value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
            return _decorated(marks)
    return ()


def _decorated(decorators: Iterable[ast.expr]) -> tuple[str, ...]:
    """The ids in every `pytest.mark.clause(...)` of these, those of single parameters too."""
    calls = (node for decorator in decorators for node in ast.walk(decorator))
    return tuple(
        argument.value
        for call in calls
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.clause"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    )


def _name(node: Any) -> str:
    return str(getattr(node, "id", ""))
