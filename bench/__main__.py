"""`make bench`: prepares a place apart, then measures; `python -m bench desk` but a part of it."""

import signal
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import django

from bench.place import prepare
from juxian.site.home import home

PARTS = {
    "": ("bench.whole", "measure"),
    "editing": ("bench.whole", "measure_editing"),
    "desk": ("bench.desk", "measure_desk"),
    "scans": ("bench.scans", "measure_scans"),
}
LONGEST = 1800  # seconds


def main() -> None:
    began = time.monotonic()
    signal.signal(signal.SIGALRM, lambda *_: sys.exit("benchmark stopped: it took too long"))
    signal.alarm(LONGEST)
    home().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home(), prefix="bench-") as folder:
        prepare(Path(folder))
        django.setup()
        module, measure = PARTS[sys.argv[1] if len(sys.argv) > 1 else ""]
        getattr(import_module(module), measure)(Path(folder), _say)  # they need Django ready
    _say(f"共用 {time.monotonic() - began:.0f} 秒。")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
