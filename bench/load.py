"""The clients, in a process of their own: `python -m bench.load` reads its order from stdin.

It warms up, says "ready", waits for a line, works until the time or the targets run out, and
prints one line of JSON: how long each visit took, which step it was, and how long all took
together. Between visits a client thinks for `think` seconds, half more or less.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from bench.browser import Browser, Unexpected
from bench.visits import AUTOSAVES, VISITS, Target


@dataclass
class Client:
    """One thread with one connection and targets of its own."""

    browser: Browser
    visit: str
    targets: Iterator[Target]
    think: float = 0.0
    durations: list[float] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    refused: str = ""

    def work(self, until: float, most: int) -> None:
        visit = VISITS[self.visit]
        try:
            while len(self.durations) < most and time.perf_counter() < until:
                target = next(self.targets, None)
                if target is None:
                    return
                self.ponder()
                began = time.perf_counter()
                step = visit(self.browser, target)
                self.durations.append(time.perf_counter() - began)
                self.steps.append(step or "")
        except (Unexpected, OSError, ValueError) as error:
            self.refused = f"{type(error).__name__}: {error}"

    def ponder(self) -> None:
        if self.think:
            time.sleep(self.think * random.uniform(0.5, 1.5))


def together(clients: Sequence[Client], seconds: float, most: int) -> float:
    """All at once, from here until the last has finished; how long that took."""
    began = time.perf_counter()
    threads = [
        threading.Thread(target=client.work, args=(began + seconds, most)) for client in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def coming_to(visit: str, targets: Sequence[Target]) -> Iterator[Target]:
    """What a client visits, in its order: over and over, but a submission once.

    An editor stays at a section for all its steps.
    """
    if visit == "submit":
        return iter(targets)
    times = 1 + AUTOSAVES if visit == "edit" else 1
    return cycle(target for target in targets for _step in range(times))


def main() -> None:
    order = json.loads(sys.stdin.readline())
    clients = []
    for targets in order["targets"]:
        coming = coming_to(order["visit"], targets)
        client = Client(Browser(order["port"]), order["visit"], coming, order["think"])
        clients.append(client)
    together(clients, order["warm_up"], order["warm_up_visits"])
    for client in clients:
        client.durations.clear()
        client.steps.clear()
    print("ready", flush=True)
    sys.stdin.readline()
    seconds = together(clients, order["seconds"], order["most"])
    result = {
        "durations": [duration for client in clients for duration in client.durations],
        "steps": [step for client in clients for step in client.steps],
        "seconds": seconds,
        "refused": [client.refused for client in clients if client.refused],
    }
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
