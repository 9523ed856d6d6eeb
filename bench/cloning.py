"""Copies of applications with other people's names and numbers, made inside the database.

Only for a benchmark's own database: rows are inserted beside the actions.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from random import Random

from django.db import connection, transaction
from django.db.models import Max, Model

from juxian.jobs.rehearsal.people import somebody
from juxian.records.grams import grams, initials, sort_key
from juxian.records.models import (
    Application,
    Certification,
    Evidence,
    Handling,
    Person,
    ProceedingItem,
    Section,
    Stop,
    StoredFile,
    Submission,
)

OWN_FILE = "encode(sha256(convert_to(copy.number || {digest}, 'UTF8')), 'hex')"
BELONGING: Mapping[type[Model], Mapping[str, str]] = {
    Stop: {},
    Section: {},
    Submission: {},
    Handling: {},
    Evidence: {"file_id": OWN_FILE.format(digest="t.file_id")},
    Certification: {},
    ProceedingItem: {"rank": "NULL"},
}
"""Models that belong to an application, and columns that a copy may not share."""
CONTENT = (Section, Submission, Evidence)

PERSON = {"id": "copy.person", "login": "copy.login", "name": "copy.name"}
APPLICATION = {
    "id": "copy.application",
    "applicant_id": "copy.person",
    "number": "copy.number",
    "name": "copy.name",
    "name_key": "copy.name_key",
    "search": "array_to_tsvector(copy.search)",
    "id_mark": "copy.mark",
}
COLUMNS = (
    "source bigint, application bigint, person bigint, login text, number text, name text, "
    "name_key text, search text[], mark text"
)


@dataclass(frozen=True, slots=True)
class Copy:
    """A row of the table `copy`, in its order."""

    source: int
    application: int
    person: int
    login: str
    number: str
    name: str
    name_key: str
    search: list[str]
    mark: str


@transaction.atomic
def clone(sources: Sequence[Application], count: int, *, label: str, whole: bool = True) -> None:
    """So many copies of the sources in turn, each with all that belongs to it.

    Those not `whole` have their way through the offices alone: no answers, no evidence.
    """
    copies = _copies(sources, count, label)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE copy ({COLUMNS}) ON COMMIT DROP")
        with cursor.copy("COPY copy FROM STDIN") as rows:
            for one in copies:
                rows.write_row(row_of(one))
        cursor.execute("ANALYZE copy")
        application = _table(Application)
        source = f"copy JOIN {application} a ON a.id = copy.source JOIN"
        for statement in (
            _insert(Person, PERSON, f"{source} {_table(Person)} t ON t.id = a.applicant_id"),
            _insert(Application, APPLICATION, f"copy JOIN {application} t ON t.id = copy.source"),
            *([_files()] if whole else []),
            *(
                _insert(
                    model,
                    {"application_id": "copy.application", **changed},
                    f"copy JOIN {_table(model)} t ON t.application_id = copy.source",
                )
                for model, changed in BELONGING.items()
                if whole or model not in CONTENT
            ),
            *(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
                for table in (_table(Person), application)
            ),
        ):
            cursor.execute(statement)


def _files() -> str:
    return _insert(
        StoredFile,
        {"digest": OWN_FILE.format(digest="t.digest")},
        f"copy JOIN {_table(Evidence)} e ON e.application_id = copy.source "
        f"JOIN {_table(StoredFile)} t ON t.digest = e.file_id",
        "DISTINCT",
    )


row_of = attrgetter(*(field.name for field in fields(Copy)))


def _copies(sources: Sequence[Application], count: int, label: str) -> list[Copy]:
    dice = Random(label)
    first_application = (Application.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    first_person = (Person.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    copies = []
    for serial in range(count):
        source = sources[serial % len(sources)]
        number = f"{source.number[:-5]}{label}{serial:05d}".upper()
        name = somebody(dice, serial).name
        copies.append(
            Copy(
                source=source.pk,
                application=first_application + serial,
                person=first_person + serial,
                login=f"{label}-{serial:05d}",
                number=number,
                name=name,
                name_key=sort_key(name),
                search=grams(name, initials(name), number, source.employer.name),
                mark=hashlib.sha256(number.encode()).hexdigest(),
            )
        )
    return copies


def _table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - Django's own name for it


def _insert(model: type[Model], changed: Mapping[str, str], source: str, how: str = "") -> str:
    """Rows `t` of the source again, for every copy; their keys are new unless they are named."""
    known = model._meta.concrete_fields  # noqa: SLF001
    columns = [str(f.column) for f in known if not f.primary_key or f.column in changed]
    values = ", ".join(changed.get(column, f't."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {_table(model)} ({names}) SELECT {how} {values} FROM {source}"  # noqa: S608 - our own names
