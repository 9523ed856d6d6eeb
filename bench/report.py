"""The figures as a table on screen and as one small JSON file that is kept."""

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.figures import Figures, cores, figures_of, share_of
from bench.plan import Operation
from bench.run import FIRST, Record

RESULTS = Path(__file__).parent / "results"
MOMENTS = ("start", "pages", "papers")
BUDGETS: Mapping[str, Mapping[str, int]] = {
    "editing.open": {"p95_ms": 150},
    "autosave": {"processor_ms": 40},
    "thick_paper": {"processor_ms": 300},
    **{
        f"{code}.100000": {"p95_ms": 100}
        for code in ("list", "narrowed", "search", "number", "file")
    },
    "scan": {"p95_ms": 1_000},
    "workbook": {"median_ms": 5_000},
    "forms": {"median_ms": 60_000},
    "roster": {"median_ms": 10_000},
    "register": {"median_ms": 10_000},
}
GROWN = {f"{code}.100000": f"{code}.1000" for code in ("list", "narrowed", "search", "number")}
MOST_TIMES = 1.5  # the figure of few files, at very many
NAMED = ("Django", "psycopg", "gunicorn", "granian", "typst")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: an operation, the peer's figure in words, and the limit it stands on."""

    code: str
    title: str
    figures: Figures
    queries: int | None = None
    alone_ms: float | None = None
    peer: str = ""
    limit: str = ""
    share: float | None = None


def lines_of(
    operations: Sequence[Operation], records: Mapping[str, Record], limits: Mapping[str, float]
) -> list[Line]:
    rounds = records[FIRST].rounds
    lines = []
    for one in operations:
        lines += [Line(code, title, figures_of(rounds[code])) for code, title in one.parts]
        figures = figures_of(rounds[one.code])
        known = limits.get(one.limit)
        alone = records[FIRST].alone.get(one.code)
        lines.append(
            Line(
                code=one.code,
                title=one.title,
                figures=figures,
                queries=one.queries,
                alone_ms=figures_of(alone).median_ms if alone else None,
                peer=one.peer,
                limit=one.limit,
                share=share_of(figures.rate, known, one.limit_times) if known else None,
            )
        )
    return lines


def show(
    lines: Sequence[Line],
    records: Mapping[str, Record],
    limits: Mapping[str, float],
    title: str = "举贤：两核、八个客户端、一万份申报",
) -> None:
    console = Console(width=None if Console().is_terminal else 140)
    table = Table(title=title)
    for name in (
        "操作",
        "次/秒",
        "轮间",
        "中位 ms",
        "95% ms",
        "独自 ms",
        "CPU ms",
        "可达",
        "SQL",
        "占极限",
        "旁人",
        "同类",
    ):
        table.add_column(name, justify="left" if name in ("操作", "同类") else "right")
    for line in lines:
        table.add_row(*_cells(line))
    console.print(table)
    for model in records:
        console.print(_of_server(model, records[model]))
    said = "，".join(f"{name} {rate:.0f} 次/秒" for name, rate in limits.items())
    console.print(f"极限：{said}")
    for one in kept_to(lines):
        mark = "以内" if one.is_kept else "超出"
        console.print(
            f"要求：{one.title} {one.measure} {one.found:.0f} ms，{mark}（最多 {one.most} ms）"
        )
    for grown, times in growth_of(lines).items():
        mark = "以内" if times <= MOST_TIMES else "超出"
        console.print(f"要求：{grown} 为少量时的 {times:.2f} 倍，{mark}（最多 {MOST_TIMES} 倍）")


def growth_of(lines: Sequence[Line]) -> dict[str, float]:
    """How many times the 95th percentile of few files is taken by very many, by title."""
    known = {line.code: line for line in lines}
    return {
        known[many].title: known[many].figures.p95_ms / known[few].figures.p95_ms
        for many, few in GROWN.items()
        if many in known and few in known
    }


@dataclass(frozen=True, slots=True)
class Budget:
    """What is asked of a figure, in milliseconds, and what was found."""

    code: str
    title: str
    measure: str
    most: int
    found: float

    @property
    def is_kept(self) -> bool:
        return self.found <= self.most


def kept_to(lines: Sequence[Line]) -> list[Budget]:
    """The figures that something is asked of, on two cores that nobody else uses."""
    found = []
    for line in lines:
        for measure, most in BUDGETS.get(line.code, {}).items():
            value = getattr(line.figures, measure)
            if value is not None:
                found.append(Budget(line.code, line.title, measure, most, round(value, 1)))
    return found


def _cells(line: Line) -> tuple[str, ...]:
    f = line.figures
    return (
        line.title,
        f"{f.rate:.1f}",
        f"{f.rate_lowest:.1f}–{f.rate_highest:.1f}",
        f"{f.median_ms:.0f}",
        f"{f.p95_ms:.0f}",
        "" if line.alone_ms is None else f"{line.alone_ms:.0f}",
        "" if f.processor_ms is None else f"{f.processor_ms:.1f}",
        "" if f.possible is None else f"{f.possible:.0f}",
        "" if line.queries is None else str(line.queries),
        "" if line.share is None else f"{line.share:.0%} {line.limit}",
        f"{f.others:.0%}",
        line.peer,
    )


def _of_server(model: str, record: Record) -> str:
    rates = {code: figures_of(rounds).rate for code, rounds in record.rounds.items()}
    said = "，".join(f"{code} {rate:.0f}" for code, rate in rates.items())
    started = f"{model}：启动 {median(record.started_in):.1f} 秒"
    if not all(record.memory[at] for at in MOMENTS):
        return f"{started}；每秒 {said}"
    memory = " → ".join(f"{max(record.memory[at]) / 1e6:.0f}" for at in MOMENTS)
    return f"{started}，内存 {memory} MB（启动、页面、打印后）；每秒 {said}"


def keep(
    lines: Sequence[Line],
    records: Mapping[str, Record],
    limits: Mapping[str, float],
    facts: Mapping[str, Any],
) -> Path:
    now = datetime.now().astimezone()
    whole = {
        "at": now.isoformat(timespec="minutes"),
        "cores": cores(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in NAMED},
        **facts,
        "limits": {name: round(rate, 1) for name, rate in limits.items()},
        "operations": {line.code: _said(line) for line in lines},
        "budgets": {f"{one.code} {one.measure}": asdict(one) for one in kept_to(lines)},
        "growth": {title: round(times, 2) for title, times in growth_of(lines).items()},
        "servers": {model: _server(record) for model, record in records.items()},
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y-%m-%d-%H%M}-{cores()}-cores.json"
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _said(line: Line) -> dict[str, Any]:
    f = line.figures
    return {
        "title": line.title,
        "count": f.count,
        "rate": round(f.rate, 2),
        "rounds": [round(f.rate_lowest, 2), round(f.rate_highest, 2)],
        "median_ms": round(f.median_ms, 1),
        "p95_ms": round(f.p95_ms, 1),
        "alone_ms": None if line.alone_ms is None else round(line.alone_ms, 1),
        "processor_ms": None if f.processor_ms is None else round(f.processor_ms, 2),
        "rate_by_processor": None if f.possible is None else round(f.possible, 1),
        "queries": line.queries,
        "others": round(f.others, 2),
        "limit": line.limit,
        "share_of_limit": None if line.share is None else round(line.share, 4),
        "peer": line.peer,
    }


def _server(record: Record) -> dict[str, Any]:
    return {
        "started_in": [round(one, 2) for one in record.started_in],
        "memory_mb": {at: [round(one / 1e6) for one in record.memory[at]] for at in MOMENTS},
        "rates": {
            code: {
                "rate": round(figures.rate, 1),
                "median_ms": round(figures.median_ms, 1),
                "p95_ms": round(figures.p95_ms, 1),
                "processor_ms": figures.processor_ms and round(figures.processor_ms, 2),
            }
            for code, figures in (
                (code, figures_of(rounds)) for code, rounds in record.rounds.items()
            )
        },
    }
