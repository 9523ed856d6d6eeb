"""juxian rehearse DIR: a whole cycle of synthetic people, in a scratch database."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from juxian.jobs.rehearsal.drive import Report, rehearse
from juxian.jobs.scratch import follow_setting, scratch_database
from juxian.records.labels import STANDINGS
from juxian.regulation.pack import Pack
from juxian.regulation.pack_reading import PackError, load
from juxian.regulation.words import Standing


class Command(BaseCommand):
    requires_system_checks = ()
    help = "用合成的人员和单位把整个批次走一遍，并核对各项不变式。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--applicants", type=int, default=100)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, folder: Path, applicants: int, seed: int, **options: Any) -> None:
        try:
            pack = load(folder)
        except PackError as error:
            raise CommandError(str(error)) from None
        quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        with (
            TemporaryDirectory() as files,
            override_settings(
                EVIDENCE_DIR=Path(files), PASSWORD_HASHERS=quick, PACKS_DIR=folder.resolve().parent
            ),
            scratch_database(f"juxian_rehearsal_{os.getpid()}"),
        ):
            follow_setting()
            report = self._run(pack, applicants, seed, quiet=options["json"])
        self._tell(pack, report, as_json=options["json"])
        if report.broken:
            raise CommandError(f"{len(report.broken)}项不变式不成立。")

    def _run(self, pack: Pack, applicants: int, seed: int, *, quiet: bool) -> Report:
        if quiet:
            return rehearse(pack, applicants=applicants, seed=seed)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
            tasks: dict[bool, Any] = {}

            def progress(what: str, done: int, total: int) -> None:
                filing = what == "填报提交"
                if filing not in tasks:
                    tasks[filing] = bar.add_task(what, total=total)
                bar.update(tasks[filing], description=what, completed=done)

            return rehearse(pack, applicants=applicants, seed=seed, progress=progress)

    def _tell(self, pack: Pack, report: Report, *, as_json: bool) -> None:
        broken = {one.invariant.code: list(one.rows) for one in report.broken}
        if as_json:
            whole = {
                "pack": pack.code,
                "applicants": report.applicants,
                "seed": report.seed,
                "seconds": round(report.seconds, 1),
                "worked": report.worked,
                "passed": report.passed,
                "planted": report.planted,
                "refusals": report.refusals,
                "figures": report.figures,
                "standings": report.standings,
                "broken": broken,
                "fingerprint": report.fingerprint,
            }
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=2))
            return
        titles = {step.code: step.title for step in pack.procedure.steps}
        self.stdout.write("\n各环节：办理、通过")
        for code, count in report.worked.items():
            self.stdout.write(f"  {count:>6} {report.passed[code]:>6}  {titles[code]}")
        standings = {str(STANDINGS[Standing(k)]): v for k, v in report.standings.items()}
        self._table("结果", standings)
        self._table("其中", report.figures)
        self._planted(report)
        self._table("被拒绝的操作", report.refusals)
        for one in report.broken:
            self.stdout.write(f"✗ {one.invariant.says}：{'；'.join(one.rows)}")
        self.stdout.write(
            f"{report.applicants}人，种子{report.seed}，用时{report.seconds:.1f}秒，"
            f"指纹{report.fingerprint}，"
            f"{'不变式全部成立' if not report.broken else '有不变式不成立'}。"
        )

    def _planted(self, report: Report) -> None:
        self.stdout.write("\n种下的差错：种下、查出、由谁查出")
        for what, entry in report.planted.items():
            words = next(iter(entry["words"]), "")
            self.stdout.write(
                f"  {entry['planted']:>6} {entry['found']:>6}  {entry['finder']}  {what}：{words}"
            )

    def _table(self, title: str, rows: Any) -> None:
        self.stdout.write(f"\n{title}")
        for name, count in rows.items():
            self.stdout.write(f"  {count:>6}  {name}")
