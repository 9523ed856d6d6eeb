"""juxian invariants: what must always hold in this database, checked."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from juxian.selectors.invariants import INVARIANTS, broken


class Command(BaseCommand):
    help = "核对数据库中必须始终成立的各项。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = broken()
        if options["json"]:
            rows = {one.invariant.code: list(one.rows) for one in found}
            self.stdout.write(json.dumps({"checked": len(INVARIANTS), "broken": rows}))
        else:
            wrong = {one.invariant.code for one in found}
            for invariant in INVARIANTS:
                sign = "✗" if invariant.code in wrong else "✓"
                self.stdout.write(f"{sign} {invariant.says}")
            for one in found:
                self.stdout.write(f"{one.invariant.says}：{'；'.join(one.rows)}")
        if found:
            raise CommandError(f"{len(found)}项不成立。")
