"""juxian demo: the demo world, served with a worker on one machine."""

import os
import shutil
import signal
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from juxian.jobs import demo

SERVERS = 2


class Command(BaseCommand):
    help = "准备演示数据并启动演示站点。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument("--only-seed", action="store_true")

    def handle(self, *args: Any, port: str, only_seed: bool, **options: Any) -> None:
        self._prepare()
        accounts = demo.known_accounts()
        for account in accounts:
            self.stdout.write(
                f"  {account.login:<10} {account.password}  {account.role} · {account.name}"
                f" · {account.office} {account.note}"
            )
        self.stdout.write(f"演示账号也写在 {demo.accounts_file()}")
        if not only_seed:
            self._serve(port)

    def _prepare(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if not Path(settings.STATIC_ROOT, "staticfiles.json").exists():
            self.stdout.write("整理静态文件……")
            call_command("collectstatic", verbosity=0, interactive=False)
        if not demo.is_seeded():
            self.stdout.write("正在生成演示数据（约一分钟）……")
            call_command("flush", verbosity=0, interactive=False)
            shutil.rmtree(settings.EVIDENCE_DIR, ignore_errors=True)
            Path(settings.EVIDENCE_DIR).mkdir(parents=True, exist_ok=True)
            demo.seed(self.stdout.write)

    def _serve(self, port: str) -> None:
        connection.close()
        programs = Path(sys.executable).parent
        commands = (
            [programs / "juxian", "procrastinate", "worker"],
            [
                programs / "granian",
                "juxian.site.wsgi:application",
                "--interface=wsgi",
                f"--port={port}",
                f"--workers={SERVERS}",
                "--blocking-threads=4",
                "--respawn-failed-workers",
                "--no-ws",
                "--log-level=warning",
            ],
        )
        address = f"http://127.0.0.1:{port}"
        self.stdout.write(self.style.SUCCESS(f"举贤演示站点：{address}  （Ctrl+C 停止）"))
        running = [subprocess.Popen([str(word) for word in command]) for command in commands]
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            running[-1].wait()
        except KeyboardInterrupt:
            self.stdout.write("正在停止……")
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()
