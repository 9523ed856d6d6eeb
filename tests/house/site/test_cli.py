"""The `juxian` command brings its database along, and takes it away again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SHOW = (
    "from django.db import connection as c; c.ensure_connection(); print(c.settings_dict['HOST'])"
)
WAIT = "import time; print('ready', flush=True); time.sleep(60)"


def command(home, *arguments, **variables):
    """A `juxian` process in this home that is given no database."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}}
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | {"JUXIAN_HOME": str(home)} | variables,
        stdout=subprocess.PIPE,
        text=True,
    )


def code(statement):
    return ("shell", "--no-imports", "-c", statement)


@pytest.mark.parametrize(("scratch", "folder"), [("", "postgres"), ("1", "scratch")])
def test_a_command_runs_on_the_embedded_server_of_its_home(tmp_path, scratch, folder):
    run = command(tmp_path, *code(SHOW), JUXIAN_SCRATCH=scratch)

    assert run.communicate(timeout=60)[0] == f"{tmp_path / folder}\n"
    assert run.returncode == 0
    assert not (tmp_path / folder / "postmaster.pid").exists()


def test_a_command_that_reads_no_rows_starts_no_server(tmp_path):
    run = command(tmp_path, "version")

    run.communicate(timeout=60)
    assert run.returncode == 0
    assert not (tmp_path / "postgres").exists()


def test_a_command_that_is_told_to_end_takes_its_server_along(tmp_path):
    run = command(tmp_path, *code(WAIT))
    assert run.stdout.readline() == "ready\n"

    run.send_signal(signal.SIGTERM)

    run.communicate(timeout=60)
    assert run.returncode == 143
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()
