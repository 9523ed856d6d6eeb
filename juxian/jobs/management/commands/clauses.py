"""juxian clauses: every clause of the notice, where it is enforced, which tests prove it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from juxian.regulation.clauses import gaps, ledger
from juxian.regulation.pack_reading import load


class Command(BaseCommand):
    help = "逐条列出通知条款在哪里落实、由哪些测试证明；有缺口时以非零状态结束。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        packs = Path(settings.PACKS_DIR)
        parser.add_argument(
            "folder", type=Path, nargs="?", default=packs / "2020-special-allowance"
        )
        parser.add_argument("--tests", type=Path, default=packs.parent / "tests")

    def handle(self, *args: Any, folder: Path, tests: Path, **options: Any) -> None:
        entries = ledger(load(folder), tests)
        for entry in entries:
            self.stdout.write(str(entry))
        missing = gaps(entries)
        if missing:
            raise CommandError("还有缺口：\n" + "\n".join(f"{gap}" for gap in missing))
        self.stdout.write(f"{len(entries)}条，没有缺口。")
