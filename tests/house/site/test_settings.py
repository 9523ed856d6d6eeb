"""Settings: safe by default, and every mistake told at once."""

import base64
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SHOW = """
import json
from juxian.site import settings
print(json.dumps({name: getattr(settings, name) for name in
    ("SECRET_KEY", "FIELD_KEYS", "HTTPS", "DEBUG", "SESSION_COOKIE_NAME", "SESSION_COOKIE_AGE")}
    | {"HOST": settings.DATABASES["default"]["HOST"]}))
"""
SERVER = {
    "DATABASE_URL": "postgresql://juxian@db/juxian",
    "SECRET_KEY": "s" * 50,
    "FIELD_KEYS": base64.b64encode(bytes(32)).decode(),
}


def shown(home, **variables):
    """The settings in a process with these variables, or what it complains of."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}}
    run = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=ROOT,
        env=kept | {"JUXIAN_HOME": str(home)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(run.stdout) if run.returncode == 0 else run.stderr


def test_a_laptop_needs_no_variable_and_keeps_its_keys(tmp_path):
    first, again = shown(tmp_path), shown(tmp_path)

    assert first == again
    assert first["HTTPS"] is False
    assert first["HOST"] == str(tmp_path / "postgres")
    assert [len(base64.b64decode(key)) for key in first["FIELD_KEYS"]] == [32]
    assert {stat.S_IMODE(key.stat().st_mode) for key in (tmp_path / "secrets").iterdir()} == {0o600}


def test_a_server_is_closed_by_default_and_makes_no_keys(tmp_path):
    settings = shown(tmp_path / "home", **SERVER)

    assert settings == {
        "SECRET_KEY": SERVER["SECRET_KEY"],
        "FIELD_KEYS": [SERVER["FIELD_KEYS"]],
        "HTTPS": True,
        "DEBUG": False,
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_AGE": 1800,
        "HOST": "db",
    }
    assert not (tmp_path / "home").exists()


def test_a_secret_may_lie_in_a_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("f" * 50 + "\n", encoding="ascii")
    named = {name: value for name, value in SERVER.items() if name != "SECRET_KEY"}

    settings = shown(tmp_path, SECRET_KEY_FILE=str(secret), **named)

    assert settings["SECRET_KEY"] == "f" * 50


def test_all_mistakes_are_told_at_once(tmp_path):
    complaint = shown(
        tmp_path,
        DATABASE_URL="postgresql://db/juxian",
        FIELD_KEYS="c2hvcnQ=",
        PROXIES="-1",
        LOG_LEVEL="LOUD",
    )

    for name in ("SECRET_KEY", "FIELD_KEYS", "PROXIES", "LOG_LEVEL"):
        assert name in complaint.splitlines()[-1]
