"""The `juxian` command: Django's command line, with a database at hand."""

import os
import signal
import sys

from django.core.management import execute_from_command_line

from juxian.site import collector, embedded
from juxian.site.home import home

# These read the packs or the code alone: no server is started for them.
WITHOUT_DATABASE = frozenset(
    {
        "check",
        "clauses",
        "collectstatic",
        "compilemessages",
        "help",
        "makemessages",
        "pack",
        "version",
        "--help",
        "--version",
    }
)


def main() -> None:
    """Run one command; without a `DATABASE_URL`, on the embedded server of this home.

    `JUXIAN_SCRATCH=1` takes another folder and a server that is fast and forgetful.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juxian.site.settings")
    os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), str(embedded.BIN)])
    given = os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE")
    if not given and not WITHOUT_DATABASE.intersection(sys.argv[1:2] or ["help"]):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave in order, also when told to
        scratch = os.environ.get("JUXIAN_SCRATCH") == "1"
        data = home() / ("scratch" if scratch else "postgres")
        os.environ["DATABASE_URL"] = embedded.start(data, scratch=scratch)
        os.environ.setdefault("JUXIAN_DEMO", "1")
    collector.settle()
    execute_from_command_line(["juxian", *sys.argv[1:]])
