"""`make bench`: prepares a place apart, then measures; `python -m bench editing` a part alone."""

import signal
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import django

from bench.place import prepare
from juxian.site.home import home

LONGEST = 900  # seconds


def main() -> None:
    began = time.monotonic()
    signal.signal(signal.SIGALRM, lambda *_: sys.exit("benchmark stopped: it took too long"))
    signal.alarm(LONGEST)
    home().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home(), prefix="bench-") as folder:
        prepare(Path(folder))
        django.setup()
        whole = import_module("bench.whole")  # it needs Django ready
        measure = whole.measure_editing if sys.argv[1:] == ["editing"] else whole.measure
        measure(Path(folder), _say)
    _say(f"共用 {time.monotonic() - began:.0f} 秒。")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
