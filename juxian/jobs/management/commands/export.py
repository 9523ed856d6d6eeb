"""juxian export ministry CYCLE DIR: the package for the ministry."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from juxian.actions.trace import leave
from juxian.papers.ministry import package
from juxian.records.models import Cycle
from juxian.regulation.refusal import Refusal


class Command(BaseCommand):
    help = "把审定同意、待上报人员的材料包写到一个空文件夹里，附清单和校验值。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("ministry",))
        parser.add_argument("cycle")
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, cycle: str, folder: Path, **options: Any) -> None:
        found = Cycle.objects.select_related("organiser").filter(code=cycle).first()
        if found is None:
            raise CommandError(f"没有代码为 {cycle} 的批次")
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} 不是空文件夹")
        count = 0
        try:
            for name, content in package(found):
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                count += 1
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        leave("export_ministry", found, by=None, files=count)
        self.stdout.write(f"已写出{count}个文件。")
