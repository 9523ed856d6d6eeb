"""The house keeps its habits, and each check sees the fault it is there for."""

import tomllib
from pathlib import Path

import pytest

from tests.architecture import checks

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "juxian"
# Django's own command makes the first account through its model's manager.
ACCOUNTS = HOUSE / "records" / "models" / "person.py"
OPEN_TO_ALL = ("desks/public/", "desks/common/views.py", "site/health.py")


def modules(*rooms: str, but: tuple[str, ...] = ()) -> list[Path]:
    """The modules of these rooms (of all when none is named), migrations and the excepted apart."""
    return [
        path
        for room in rooms or ("",)
        for path in sorted((HOUSE / room).rglob("*.py"))
        if "migrations" not in path.parts
        and not str(path.relative_to(HOUSE)).startswith(but or ("\0",))
    ]


def templates() -> list[Path]:
    return sorted(HOUSE.rglob("templates/**/*.html"))


HABITS = {
    checks.long_modules: [*modules(), *sorted((ROOT / "tests").rglob("*.py"))],
    checks.long_templates: templates(),
    checks.inline_code: templates(),
    checks.junk_drawers: modules(),
    checks.missing_door_plates: [*modules(), *sorted((ROOT / "tests").rglob("test_*.py"))],
    checks.unfinished: [*modules(), *templates()],
    checks.inline_imports: modules(),
    checks.written_positions: modules(but=("actions/_move.py",)),
    checks.unscoped_rows: modules("desks"),
    checks.writes: [path for path in modules(but=("actions/",)) if path != ACCOUNTS],
    checks.app_imports: sorted(HOUSE.rglob("migrations/*.py")),
    checks.untranslated_chinese: modules("desks"),
    checks.open_views: modules(but=OPEN_TO_ALL),
    checks.named_hosts: [
        *sorted((ROOT / "requirements").iterdir()),
        ROOT / "package.json",
        ROOT / "package-lock.json",
        ROOT / ".npmrc",
    ],
    checks.averted_eyes: sorted((ROOT / "tests").rglob("test_*.py")),
}


@pytest.mark.parametrize("check", HABITS, ids=lambda check: check.__name__)
def test_the_house_keeps_its_habits(check):
    faults = [fault for path in HABITS[check] for fault in check(path)]

    assert faults == []


def test_every_view_asks_for_a_sign_in_unless_it_says_otherwise():
    settings = (HOUSE / "site" / "settings.py").read_text(encoding="utf-8")

    assert '"juxian.site.middleware.LoginWall"' in settings


def test_ruff_holds_functions_small():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lint = settings["tool"]["ruff"]["lint"]

    assert lint["mccabe"] == {"max-complexity": 8}
    assert lint["pylint"] == {"max-args": 6, "max-statements": 30, "max-branches": 8}
    assert {"C90", "PL"} <= set(lint["select"])


FAULTS = [
    (checks.long_modules, "a.py", "pass\n" * 401),
    (checks.long_templates, "a.html", "<p></p>\n" * 121),
    (checks.inline_code, "a.html", "<script>alert(1)</script>"),
    (checks.inline_code, "a.html", "<p style='color: red'>"),
    (checks.inline_code, "a.html", '<button onclick="go()">'),
    (checks.junk_drawers, "utils.py", ""),
    (checks.missing_door_plates, "a.py", "import os\n"),
    (checks.missing_door_plates, "a.py", '"""no sentence"""\n'),
    (checks.unfinished, "a.py", "# TODO later\n"),
    (checks.unfinished, "a.py", "raise NotImplementedError\n"),
    (checks.inline_imports, "a.py", "def f():\n    import os\n"),
    (checks.inline_imports, "a.py", "async def f():\n    if x:\n        from os import path\n"),
    (checks.written_positions, "a.py", "application.step = 'x'\n"),
    (checks.written_positions, "a.py", "row.application.turn += 1\n"),
    (checks.written_positions, "a.py", "a.standing, b.step = 1, 2\n"),
    (checks.written_positions, "a.py", "rows.filter(pk=1).update(step='x')\n"),
    (checks.written_positions, "a.py", "rows.update(**{'resumes_at': 'x'})\n"),
    (checks.written_positions, "a.py", "row.save(update_fields=['name', 'standing'])\n"),
    (checks.written_positions, "a.py", "rows.bulk_update(found, ['turn'])\n"),
    (checks.written_positions, "a.py", "rows.update_or_create(pk=1, defaults={'step': 'x'})\n"),
    (checks.written_positions, "a.py", "setattr(row, 'step', 'x')\n"),
    (checks.unscoped_rows, "a.py", "Application.objects.all()\n"),
    (checks.unscoped_rows, "a.py", "get_object_or_404(Application._default_manager, pk=1)\n"),
    (checks.writes, "a.py", "row.save()\n"),
    (checks.writes, "a.py", "row.save(update_fields=['name'])\n"),
    (checks.writes, "a.py", "Person.objects.create(name='x')\n"),
    (checks.writes, "a.py", "rows.filter(pk=1).delete()\n"),
    (checks.writes, "a.py", "rows.update(name='x')\n"),
    (checks.writes, "a.py", "rows.bulk_create([row])\n"),
    (checks.writes, "a.py", "cursor.execute('update records_person set name = 1')\n"),
    (checks.app_imports, "a.py", "from juxian.records.models import Person\n"),
    (checks.app_imports, "a.py", "import juxian.records.labels\n"),
    (checks.untranslated_chinese, "a.py", "title = '申报'\n"),
    (checks.untranslated_chinese, "a.py", "title = f'{n}份申报'\n"),
    (checks.open_views, "a.py", "@login_not_required\ndef page(request): ...\n"),
    (checks.open_views, "a.py", "class Page:\n    login_required = False\n"),
    (checks.named_hosts, "a.txt", "--extra-index-url x\n"),
    (checks.named_hosts, "a.txt", "--find-links x\n"),
    (checks.named_hosts, "a.txt", "a @ file:x\n"),
    (checks.named_hosts, "a.json", '"url": "https://example.org"'),
    (checks.averted_eyes, "a.py", "@pytest.mark.skip\ndef test_x(): ...\n"),
    (checks.averted_eyes, "a.py", "@pytest.mark.xfail(strict=True)\ndef test_x(): ...\n"),
]

INNOCENT = [
    (checks.inline_code, "a.html", '<script src="x.js" defer></script><p class="style">'),
    (checks.inline_code, "a.html", '{% include "b.html" with one=two only %}'),
    (checks.missing_door_plates, "a.py", '"""What is on file."""\n'),
    (checks.inline_imports, "apps.py", "class A:\n    def ready(self):\n        import os\n"),
    (checks.written_positions, "a.py", "step = row.step\nreplace(position, step='x')\n"),
    (checks.written_positions, "a.py", "rows.filter(step='x').update(name='y')\n"),
    (checks.written_positions, "a.py", "item.turn = application.turn\n"),
    (checks.unscoped_rows, "a.py", "applications_seen_by(person).get(pk=1)\n"),
    (checks.writes, "a.py", "image.save(path)\ndigest.update(b'x')\nfacts.update(more)\n"),
    (checks.writes, "a.py", "words = 'Update your file'\n"),
    (checks.untranslated_chinese, "a.py", '"""申报端."""\n\ntitle = _("申报")\n'),
    (checks.named_hosts, "a.txt", "django==5.2 \\\n    --hash=sha256:00\n    # via -r a.in\n"),
]


@pytest.mark.parametrize(("check", "name", "text"), FAULTS)
def test_each_check_sees_a_planted_fault(check, name, text, tmp_path):
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert check(tmp_path / name) != []


@pytest.mark.parametrize(("check", "name", "text"), INNOCENT)
def test_each_check_leaves_the_innocent_alone(check, name, text, tmp_path):
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert check(tmp_path / name) == []


def test_every_check_has_its_planted_fault():
    assert set(HABITS) == {check for check, _, _ in FAULTS}
