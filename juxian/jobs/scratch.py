"""A database of its own for a rehearsal, with a clock that the rehearsal sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

FOLLOWS_SETTING = """
CREATE OR REPLACE FUNCTION juxian_now() RETURNS timestamptz LANGUAGE sql VOLATILE
AS $$ SELECT current_setting('juxian.now')::timestamptz $$
"""
SHIFTED = """
CREATE OR REPLACE FUNCTION juxian_now() RETURNS timestamptz LANGUAGE sql VOLATILE
AS $$ SELECT clock_timestamp() - interval '{seconds} seconds' $$
"""


@contextmanager
def scratch_database(name: str) -> Iterator[None]:
    """Everything inside happens in a fresh database, dropped afterwards."""
    home = connection.settings_dict["NAME"]
    connection.close()
    _execute_beside(home, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)
    _execute_beside(home, sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'"), name)
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = home
        _execute_beside(home, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)


def _execute_beside(home: str, statement: sql.SQL, name: str) -> None:
    parameters = {**connection.get_connection_params(), "dbname": home}
    allowed = ("host", "port", "user", "password", "dbname")
    address = {key: parameters[key] for key in allowed if parameters.get(key)}
    with psycopg.connect(autocommit=True, **address) as beside:
        beside.execute(statement.format(sql.Identifier(name)))


def follow_setting() -> None:
    """From now on `set_clock` decides what the time is in this database."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")  # nothing here outlives a power cut
        cursor.execute("SELECT set_config('juxian.now', clock_timestamp()::text, false)")
        cursor.execute(FOLLOWS_SETTING)


def set_clock(moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('juxian.now', %s, false)", [moment.isoformat()])


def shift_clock(behind: timedelta) -> None:
    """From now on the time runs, this far behind the host's."""
    with connection.cursor() as cursor:
        cursor.execute(SHIFTED.format(seconds=int(behind.total_seconds())))
