"""The embedded server: shared, stopped by the last, not lost when its users are killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from juxian.site import embedded

ROOT = Path(__file__).parents[3]
USER = """
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit
from juxian.site import embedded
print(embedded.start(Path(sys.argv[1]), scratch=True), flush=True)
sys.stdin.read()
"""


def begin(data):
    """A process that uses the server until its standard input is closed."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, data],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def end(process):
    process.communicate(timeout=30)
    assert process.returncode == 0


def postmaster(data):
    return int((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])


def answers(data):
    try:
        with psycopg.connect(embedded.address(data)) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


@pytest.fixture
def data(tmp_path):
    folder = (tmp_path / "home" / "postgres").resolve()
    yield folder
    if answers(folder):
        os.kill(postmaster(folder), signal.SIGQUIT)


def test_processes_share_one_server_and_the_last_one_stops_it(data):
    first, second = begin(data), begin(data)
    assert first.stdout.readline() == second.stdout.readline() == embedded.address(data) + "\n"

    end(first)
    assert answers(data)

    end(second)
    assert not answers(data)


def test_a_killed_user_leaves_the_server_to_the_next(data):
    killed = begin(data)
    killed.stdout.readline()
    before = postmaster(data)
    killed.kill()
    killed.communicate()
    assert answers(data)

    heir = begin(data)
    heir.stdout.readline()
    assert postmaster(data) == before

    end(heir)
    assert not answers(data)


def test_a_killed_server_is_started_again(data):
    user = begin(data)
    user.stdout.readline()
    os.kill(postmaster(data), signal.SIGKILL)

    heir = begin(data)
    heir.stdout.readline()
    assert answers(data)

    end(user)
    end(heir)


def test_it_speaks_utf8_knows_chinese_letters_and_we_are_not_its_superuser(data):
    user = begin(data)
    with psycopg.connect(user.stdout.readline().strip()) as connection:
        facts = connection.execute(
            "SELECT current_setting('server_encoding'), '聘' ~ '\\w', rolsuper "
            "FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    end(user)

    assert facts == ("UTF8", True, False)


def test_a_folder_too_deep_for_a_socket_still_works(tmp_path):
    data = tmp_path / ("deep" * 25) / "postgres"
    user = begin(data)
    assert user.stdout.readline() == embedded.address(data) + "\n"
    assert answers(data)
    sockets = Path(unquote(urlsplit(embedded.address(data)).netloc.split("@")[1].split(":")[0]))
    assert list(sockets.glob(".s.PGSQL.*"))

    end(user)
    assert not sockets.exists()
