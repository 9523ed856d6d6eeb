"""What most tests start from: made once by the actions, afterwards put back as it was, row by row.

Put back only where everything is as it was when it was made: every row, the clock, the settings.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

OWN_TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname NOT IN ('django_migrations', 'procrastinate_events')  -- the latter by a trigger
    ORDER BY relname
"""
PLACES = ("EVIDENCE_DIR", "MEDIA_ROOT")  # another folder for each test

Rows = dict[str, list[bytes]]


@dataclass(frozen=True, slots=True)
class Kept:
    """`before` is how things stood; `gone` and `rows` what is not there and what is new since."""

    before: str
    gone: dict[str, list[int]]
    rows: Rows
    files: dict[str, bytes]
    value: Any


_kept: dict[str, Kept] = {}


def once(name: str, make: Callable[[], Any]) -> Any:
    """What `make` returns, made or put back."""
    before = _state()
    known = _kept.get(name)
    if known is not None:
        if known.before != before:
            return make()
        _put_back(known)
        return deepcopy(known.value)
    rows = _rows()
    value = make()
    _kept[name] = _kept_of(before, rows, value)
    return value


def _kept_of(before: str, rows: Rows, value: Any) -> Kept:
    gone: dict[str, list[int]] = {}
    more: Rows = {}
    for table, now in _rows().items():
        was = set(rows[table])
        changed = was - set(now)
        if changed:
            gone[table] = [int(line.partition(b"\t")[0]) for line in changed]
        added = [line for line in now if line not in was]
        if added:
            more[table] = added
    found = (path for path in _evidence().rglob("*") if path.is_file())
    files = {str(path.relative_to(_evidence())): path.read_bytes() for path in found}
    return Kept(before, gone, more, files, deepcopy(value))


@transaction.atomic
def _put_back(kept: Kept) -> None:
    """Foreign keys are looked at in the end, so that the order of tables is of no matter."""
    for table, keys in kept.gone.items():
        statement = f'DELETE FROM "{table}" WHERE id = ANY(%s)'  # noqa: S608 - our own tables
        _cursor().execute(statement, [keys])
    for table, lines in kept.rows.items():
        with _cursor().copy(f'COPY "{table}" FROM STDIN') as into:
            into.write(b"".join(lines))
    for name, content in kept.files.items():
        place = _evidence() / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _state() -> str:
    """A digest of every row, the clock and the settings."""
    counted = " UNION ALL ".join(
        f"SELECT '{table}', count(*), sum(hashtextextended(one::text, 0)::numeric) "  # noqa: S608
        f'FROM "{table}" one'
        for table in _tables()
    )
    with connection.cursor() as cursor:
        cursor.execute(counted)
        rows = sorted(cursor.fetchall())
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'juxian_now'")
        clock = cursor.fetchone()
    told = {
        key: getattr(settings, key) for key in dir(settings) if key.isupper() and key not in PLACES
    }
    return sha256(repr((rows, clock, told)).encode()).hexdigest()


def _rows() -> Rows:
    """By table, each row as a line of COPY."""
    found: Rows = {}
    for table in _tables():
        with _cursor().copy(f'COPY "{table}" TO STDOUT') as out:
            found[table] = b"".join(out).splitlines(keepends=True)
    return found


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(OWN_TABLES)
        return [name for (name,) in cursor.fetchall()]


def _cursor() -> Any:
    connection.ensure_connection()
    return connection.connection.cursor()


def _evidence() -> Path:
    return Path(settings.EVIDENCE_DIR)
