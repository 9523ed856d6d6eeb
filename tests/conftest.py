"""What every run of the tests stands on; Django is not touched before a test needs its database.

Without a `DATABASE_URL` the tests use the embedded server, fast and forgetful, in a folder apart.
"""

import os
import re
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Databases named after this process, so that two runs never meet; static files unhashed."""
    import dj_database_url
    from django.conf import settings

    from juxian.site import embedded
    from juxian.site.home import home

    database = settings.DATABASES["default"]
    if not os.environ.get("DATABASE_URL"):
        url = embedded.start(home() / "scratch", scratch=True)
        database |= dj_database_url.parse(url)
        drop_what_dead_runs_left(url)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    database["TEST"] |= {
        "NAME": f"test_juxian_{os.getpid()}_{worker}",
        "TEMPLATE": "template0",
        "CHARSET": "UTF8",
    }
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )


def drop_what_dead_runs_left(url):
    """Test databases whose process is gone; only on the embedded server, which is ours alone."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url, autocommit=True) as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
            run = re.fullmatch(r"test_juxian_(\d+)_\w+", name)
            if run and not Path("/proc", run[1]).exists():
                drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
                connection.execute(drop)
