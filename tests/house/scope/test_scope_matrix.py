"""Every page and export of the offices' desks: who of which office gets in, and nobody else."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from juxian.access import scope
from juxian.records.models import Application, Proceeding
from tests.house.access.matrix_world import table
from tests.house.scope.scope_world import (
    OTHERS,
    RELATIONS,
    ROLES,
    Scene,
    person_of,
    scope_world,
    with_posts,
)

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parent / "scope_matrix.txt"
WORKBOOK = "spreadsheetml"


@dataclass(frozen=True)
class Row:
    """An address, how it is asked, what about, and what must then be on the page."""

    name: str
    way: str
    about: str
    shows: str
    whose: str
    expected: dict[str, str]

    @property
    def spoken_of(self):
        """The columns in which there is an office."""
        return {column: said for column, said in self.expected.items() if said != "-"}

    @property
    def asked(self):
        return f"{self.name} {self.way} {self.about} {self.shows} {self.whose}"


def rows_of(text):
    """The lines of the table; its first line names the columns, # begins a remark."""
    head, *lines = [line.split() for line in text.splitlines() if line and line[0] != "#"]
    return [Row(*cells[:5], dict(zip(head[5:], cells[5:], strict=True))) for cells in lines]


def relations_of(whose):
    """(column, office) for each office that the table speaks of beside this one."""
    return [(name, at) for name, at in table(RELATIONS)[whose].items() if at != "-"]


def gets_in(browsers, key, row, scene):
    """Whether the person is let in, and sees what the page shows there."""
    client, who = browsers(*key), key[0]
    path = reverse(address_of(row.name), args=scene.args[row.about])
    with transaction.atomic():
        if row.way == "get":
            answer = client.get(path, {"tab": "seen"} if row.name == "inbox" else {})
        else:
            answer = client.post(path, {"in": "tab=seen", "all": "1", "release": "1"})
        shut = answer.status_code in (403, 404) or asks_to_sign_in(answer)
        said = words_of(answer)
        transaction.set_rollback(True)
    assert answer.status_code != 405, row.asked
    if shut:
        assert who == "a" or scene.name not in said, row.asked  # his own name is on every page
        return False
    return row.shows == "-" or scene.shown[row.shows] in said


def asks_to_sign_in(answer):
    """By sending there, or by a sign-in that keeps what was typed."""
    signing_in = reverse("account_login")
    sent = answer.headers.get("Location", "").startswith(signing_in)
    return sent or f'action="{signing_in}"' in words_of(answer)


def address_of(name):
    """With its desk: the offices' own where none is named."""
    return name if ":" in name else f"office:{name}"


def words_of(answer):
    if answer.streaming:
        return ""
    if WORKBOOK in answer.headers.get("Content-Type", ""):
        sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
        return " ".join(str(cell) for line in sheet.to_python() for cell in line)
    return answer.content.decode(errors="replace")


def found_at(row, scene, browsers):
    """As the table would have it: in each column the letters of those who get in, or a dot.

    Posts only add: where who has all the posts that should not open a page is kept out, none of
    them opens it; only otherwise is each of them tried.
    """
    cells = {}
    for column, at in relations_of(row.whose):
        doubted = [one for one in ROLES if one not in row.expected[column]]
        shut = bool(doubted) and not gets_in(browsers, ("".join(doubted), at), row, scene)
        tried = [one for one in ROLES if not (shut and one in doubted)]
        let_in = [one for one in tried if gets_in(browsers, (one, at), row, scene)]
        cells[column] = "".join(let_in) or "."
    others = [one for one in ("n", *OTHERS) if gets_in(browsers, (one, ""), row, scene)]
    return {**cells, "others": "".join(others) or "."}


@pytest.fixture
def scene(settings, tmp_path):
    return Scene(scope_world(settings, tmp_path))


@pytest.fixture
def browsers(scene):
    """A signed-in browser for whoever has these posts at the office, or for one of the others."""

    @cache
    def browser(letters, at):
        made = Client()
        if letters in OTHERS:
            made.force_login(person_of(letters))
        elif letters != "n":
            made.force_login(with_posts(scene.world, letters, at))
        return made

    return browser


def differences(rows, scene, browsers):
    """(what was asked, what was found) wherever that is not what the table says."""
    found = [(row, found_at(row, scene, browsers)) for row in rows]
    return [(row.asked, cells) for row, cells in found if cells != row.spoken_of]


def test_the_table_speaks_of_every_address_of_both_desks():
    named = {
        f"{desk}:{pattern.name}"
        for desk in ("office", "care")
        for pattern in import_module(f"juxian.desks.{desk}.urls").urlpatterns
    }

    assert {address_of(row.name) for row in rows_of(TABLE.read_text(encoding="utf-8"))} == named


@pytest.mark.clause("R43", "R46", "R47", "R59", "R69")
def test_every_page_and_export_is_for_those_whom_the_table_names_and_nobody_else(scene, browsers):
    rows = rows_of(TABLE.read_text(encoding="utf-8"))

    assert differences(rows, scene, browsers) == []


def test_the_comparison_reports_a_page_that_shows_more_than_it_should(scene, browsers, monkeypatch):
    chosen = ("file get file", "begin_export post - file", "opinion get opinion")
    rows = rows_of(TABLE.read_text(encoding="utf-8"))
    rows = [row for row in rows if row.asked.startswith(chosen)]
    monkeypatch.setattr(scope, "worked", lambda _person: Application.objects.all())
    monkeypatch.setattr(scope, "proceedings", lambda _person: Proceeding.objects.all())

    found = dict(differences(rows, scene, browsers))

    assert [cells["sibling"] for cells in found.values()] == ["hrsdc"] * 3
    assert [cells["others"] for cells in found.values()] == ["."] * 3
