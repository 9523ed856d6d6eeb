"""juxian pack check DIR · juxian pack describe DIR."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from juxian.records.packs import calendar
from juxian.regulation.describe import describe
from juxian.regulation.pack_reading import PackError, load, read


class Command(BaseCommand):
    help = "检查项目包，或用文字说明项目包。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", choices=("check", "describe"))
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, task: str, folder: Path, **options: Any) -> None:
        if task == "check":
            self._check(folder)
            return
        try:
            self.stdout.write(describe(load(folder), calendar()), ending="")
        except PackError as error:
            raise CommandError(str(error)) from None

    def _check(self, folder: Path) -> None:
        pack, problems = read(folder)
        if problems:
            raise CommandError("\n".join(map(str, problems)))
        if pack is not None:
            self.stdout.write(f"{pack.programme.title}：没有发现问题。校验值 {pack.digest[:16]}")
