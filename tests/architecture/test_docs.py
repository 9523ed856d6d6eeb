"""The documents say what the code says: their links, commands, variables and names exist."""

import re
import shutil
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

from juxian.regulation.pack_reading import load, read

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
REFERENCE = DOCS / "reference"

LINK = re.compile(r"!?\[[^]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
ASKED = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"|environ(?:\.get\(|\[)\"([A-Z_]+)\"")
NAMED_IN_MAKE = re.compile(r"^(?:export )?([A-Z]+) \?=", re.MULTILINE)
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
DJANGO = {
    "changepassword",
    "check",
    "clearsessions",
    "collectstatic",
    "createcachetable",
    "migrate",
    "procrastinate",
    "shell",
}
UNTOLD = {"DJANGO_SETTINGS_MODULE", "JUXIAN_EMBEDDED", "PATH"}


def text(path):
    return path.read_text(encoding="utf-8")


def house():
    return "\n".join(text(path) for path in sorted((ROOT / "juxian").rglob("*.py")))


def variables():
    """Every environment variable that the settings, the command or make asks for."""
    site = "\n".join(text(path) for path in sorted((ROOT / "juxian" / "site").glob("*.py")))
    asked = {(one or other).removesuffix("_FILE") for one, other in ASKED.findall(site)}
    return (asked | set(NAMED_IN_MAKE.findall(text(ROOT / "Makefile")))) - UNTOLD


def own_commands():
    folder = ROOT / "juxian" / "jobs" / "management" / "commands"
    return {path.stem for path in folder.glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page):
    links = LINK.findall(FENCE.sub("", text(page)))
    paths = [unquote(link.partition("#")[0]) for link in links if "://" not in link]

    assert [path for path in paths if path and not (page.parent / path).exists()] == []


def test_every_page_is_reached_from_the_index():
    index = text(DOCS / "index.md")
    pages = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")}
    generated = {page for page in pages if page.startswith("regulation/")}

    assert {page for page in pages - generated - {"index.md"} if f"({page})" not in index} == set()


def test_the_settings_page_names_every_variable_and_no_other():
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", text(REFERENCE / "settings.md"), re.MULTILINE))

    assert named == variables()


def test_no_document_names_a_variable_that_nobody_asks_for():
    guide = text(DOCS / "how-to" / "run-for-your-office.md")
    set_there = set(re.findall(r"^([A-Z_]{4,})=", guide, re.MULTILINE))

    assert {name.removesuffix("_FILE") for name in set_there} - variables() == set()


def test_the_commands_page_names_every_own_command_and_no_unknown_one():
    named = set(re.findall(r"^\| `juxian ([a-z]+)", text(REFERENCE / "commands.md"), re.MULTILINE))

    assert named - DJANGO == own_commands()


def test_no_document_names_an_unknown_command_or_make_target():
    said = "\n".join(text(page) for page in PAGES)
    targets = set(TARGET.findall(text(ROOT / "Makefile")))

    assert (
        set(re.findall(r"(?:`|bin/|^)juxian ([a-z]+)", said, re.MULTILINE))
        <= own_commands() | DJANGO
    )
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", said, re.MULTILINE)) <= targets


def test_the_code_has_every_name_of_the_glossary():
    rows = re.findall(r"^\|[^|]+\|([^|]+)\|", text(DOCS / "glossary.md"), re.MULTILINE)
    names = [name for cell in rows for name in re.findall(r"`([\w.]+)`", cell)]
    code = house()

    assert names != []
    assert [n for n in names if not re.search(rf"\b{re.escape(n)}\b", code)] == []


def test_the_table_of_steps_is_the_ladder_of_the_first_pack():
    page = text(DOCS / "explanation" / "life-of-an-application.md")
    told = re.findall(r"^\| \d+ \| `(\w+)` (\S+) \| (\w+) \|.*\| (yes|no) \|$", page, re.MULTILINE)
    steps = load(ROOT / "packs" / "2020-special-allowance").procedure.steps

    assert told == [
        (step.code, step.title, step.kind.name, "yes" if step.withdrawable else "no")
        for step in steps
    ]


def test_the_example_of_a_programme_is_a_sound_pack(tmp_path):
    page = text(DOCS / "how-to" / "add-a-programme.md")
    folder = tmp_path / "2027-example"
    folder.mkdir()
    shutil.copytree(ROOT / "packs" / "codes", tmp_path / "codes")
    for name, content in re.findall(r"```toml\n# (\w+\.toml)\n(.*?)```", page, re.DOTALL):
        assert tomllib.loads(content) != {}
        (folder / name).write_text(content, encoding="utf-8")

    pack, problems = read(folder)

    assert problems == ()
    assert pack.code == "2027-example"


def test_a_decision_is_told_in_thirty_lines():
    long = [p.name for p in (DOCS / "adr").glob("*.md") if len(text(p).splitlines()) > 30]

    assert long == []


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "adr").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))
