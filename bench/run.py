"""One whole benchmark: the rounds on both web servers, and what is kept of each."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

from bench import processes
from bench.figures import Round
from bench.plan import CLIENTS, Operation
from bench.server import EMPTY, Server, call_on, serving

ALONE = 1.5  # seconds
WARM_UP = 0.8
FIRST = "granian"
ROUNDS = ("granian", "gunicorn", "granian", "gunicorn", "granian")
COMPARED = ("open", "save", "submit", "inbox", "file", "paper")
"""What the second server is measured on; the first is measured on everything."""

FOLDER = Path(__file__).parents[1]
PAPER = "paper"
NOTHING = Operation("empty", "空白页（仅网页服务器）", "read", (({"path": "/"},),) * CLIENTS)

Say = Callable[[str], None]


def _listed() -> dict[str, Any]:
    return defaultdict(list)


@dataclass
class Record:
    """What was measured of one web server."""

    rounds: dict[str, list[Round]] = field(default_factory=_listed)
    started_in: list[float] = field(default_factory=list)
    alone: dict[str, list[Round]] = field(default_factory=_listed)
    memory: dict[str, list[int]] = field(default_factory=_listed)


@dataclass
class Bench:
    """`postmaster` is the database server's first process; None when it is on another machine."""

    database: str
    postmaster: int | None
    first_page: str
    folder: Path
    operations: Sequence[Operation]
    records: dict[str, Record] = field(default_factory=lambda: defaultdict(Record))
    visited: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def run(self, say: Say, models: Sequence[str] = ROUNDS) -> Mapping[str, Record]:
        for number, model in enumerate(models, start=1):
            say(f"第 {number} 轮，共 {len(models)} 轮：{model}……")
            with self._serving(model, "/", application=EMPTY) as server:
                self._keep(self.records[model], server, NOTHING)
            with self._serving(model, self.first_page) as server:
                self._round(server, full=model == FIRST)
            if number == 1:
                with self._serving(model, self.first_page) as server:
                    self._alone(server)
        return self.records

    def _round(self, server: Server, *, full: bool) -> None:
        record = self.records[server.model]
        record.started_in.append(server.started_in)
        for _again in range(4):  # until both processes have had their first visitors
            call_on(server.port, self.first_page)
        record.memory["start"].append(server.memory)
        for operation in self.operations:
            if full or operation.code in COMPARED:
                if operation.code == PAPER:
                    record.memory["pages"].append(server.memory)
                self._keep(record, server, operation)
        record.memory["papers"].append(server.memory)

    def _keep(self, record: Record, server: Server, operation: Operation) -> None:
        """The round of an operation, and of each of its steps by itself."""
        whole, steps = self._measured(server, operation)
        record.rounds[operation.code].append(whole)
        for (step, _said), (code, _title) in zip(operation.steps, operation.parts, strict=True):
            own = [took for took, at in zip(whole.durations, steps, strict=True) if at == step]
            part = replace(whole, durations=tuple(own), processor=None)
            record.rounds[code].append(part)

    def _alone(self, server: Server) -> None:
        """What one client waits for, with nobody beside him."""
        for operation in self.operations:
            if operation.visit in ("read", "autosave"):
                one = replace(operation, targets=operation.targets[:1], seconds=ALONE)
                measured, _steps = self._measured(server, one)
                self.records[server.model].alone[operation.code].append(measured)

    @contextmanager
    def _serving(self, model: str, page: str, **application: str) -> Iterator[Server]:
        log = self.folder / f"{model}.log"
        with serving(model, database=self.database, log=log, first_page=page, **application) as one:
            yield one

    def _measured(self, server: Server, operation: Operation) -> tuple[Round, list[str]]:
        order = {
            "port": server.port,
            "visit": operation.visit,
            "targets": self._targets(operation),
            "warm_up": WARM_UP,
            "warm_up_visits": operation.warm_up,
            "seconds": operation.seconds,
            "most": operation.most,
            "think": operation.think,
        }
        with subprocess.Popen(
            [sys.executable, "-m", "bench.load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=FOLDER,
        ) as clients:
            _tell(clients, json.dumps(order))
            _hear(clients)
            before = self._used(server, clients.pid)
            _tell(clients, "go")
            result = json.loads(_hear(clients))
            used = self._used(server, clients.pid) - before
        if result["refused"]:
            self._despair(server, f"{operation.title}: {result['refused'][0]}")
        return used.during(result), result["steps"]

    def _despair(self, server: Server, why: str) -> NoReturn:
        """Stop, with the last error that the server told."""
        said = (self.folder / f"{server.model}.log").read_text(encoding="utf-8", errors="replace")
        errors = [line for line in said.splitlines() if '"error"' in line or "Error" in line]
        raise SystemExit("\n".join([why, *errors[-1:]]))

    def _targets(self, operation: Operation) -> list[Sequence[Any]]:
        """For each client; what can be visited once only is not given again in another round."""
        if operation.visit != "submit":
            return list(operation.targets)
        first = self.visited[operation.code]
        self.visited[operation.code] = last = first + operation.most + operation.warm_up
        return [own[first:last] for own in operation.targets]

    def _used(self, server: Server, clients: int) -> "Used":
        database = processes.processor_seconds(self.postmaster) if self.postmaster else None
        return Used(
            server=server.processor_seconds,
            database=database,
            clients=processes.processor_seconds(clients),
            machine=processes.busy_seconds(),
        )


@dataclass(frozen=True, slots=True)
class Used:
    """Processor seconds; `database` is None when it is on another machine."""

    server: float
    database: float | None
    clients: float
    machine: float

    def __sub__(self, before: "Used") -> "Used":
        known = self.database is not None and before.database is not None
        return Used(
            self.server - before.server,
            (self.database or 0) - (before.database or 0) if known else None,
            self.clients - before.clients,
            self.machine - before.machine,
        )

    def during(self, result: Mapping[str, Any]) -> Round:
        own = None if self.database is None else self.server + self.database
        others = self.machine - self.server - self.clients - (self.database or 0)
        seconds = result["seconds"]
        return Round(tuple(result["durations"]), seconds, own, max(others, 0.0) / seconds)


def _tell(clients: "subprocess.Popen[str]", line: str) -> None:
    if clients.stdin is not None:
        clients.stdin.write(line + "\n")
        clients.stdin.flush()


def _hear(clients: "subprocess.Popen[str]") -> str:
    line = clients.stdout.readline() if clients.stdout is not None else ""
    if not line:
        raise SystemExit("the clients stopped without an answer")
    return line
