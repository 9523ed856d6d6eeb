"""What the pages' scripts read and count is what the server reads and counts."""

from collections.abc import Callable

import pytest

from juxian.records.models import Application
from juxian.records.packs import pack_of
from juxian.regulation.entries import read_entry
from juxian.regulation.fields import Field, count_characters
from tests.journeys.standing import Site
from tests.journeys.visitor import Visitor

Comes = Callable[..., Visitor]


@pytest.fixture(scope="module")
def draft(site: Site) -> Application:
    return site.world.professional_draft()


def at(draft: Application, section: str) -> str:
    return f"/my/{draft.number}/{section}/"


NASTY_NUMBERS = [
    "",
    " 1101 0119 9003 0777 74 ",
    "１１０１０１１９９００３０７７７７４",
    "110101199003077775",
    "11010119900307777",
    "110101900307777",
    "110101199013077774",
    "11010119000229777x",
    "11010120000229123X",
    "11010119900307002ｘ",
    "11010119900307777Ｘ",
    "1101011990O3077774",
    "𠮷10101199003077774",
    "\u200b110101199003077774\ufeff",
    "110101\u2028199003077774",
    "110101\u2004199003077774",
    "٠10101199003077774",
    "110101000003077774",
]
NASTY_CODES = [
    "91110000MA0012345C",
    "91110000MA0012345O",
    "91350100M000100Y43",
    "９１３５０１００ｍ０００１００ｙ４３",
    "91350100M000100Y4",
]
NASTY_CODES += ["91350100M000100Y44", "91350100M000100Y4-", ""]
NASTY_MONTHS = [
    "2015.3",
    "201503",
    "2015年3月",
    "２０１５．３",
    "2015/13",
    "2015。3",
    "2015、03",
    "2015—03",
    "2015。3。9",
    "2015-03-09",
    "20150229",
]
NASTY_MONTHS += ["15.3", "2015 年 3 月", "1899-12", "2101.1", "2015-3-1", "", "至今", "2015年3月1"]
NASTY_TEXTS = [
    "",
    " 　\t\n",
    "建立胸痛中心。",
    "𠮷野家 👨‍👩‍👧 é é",
    "a\u200bb\ufeffc",
    "一\u2028二\u0085三\x1f四",
    "\r\n两行\r\n\r\n\r\n三行",
    "ئۇيغۇر \u202eتىلى\u202c",
    "１２３　ＡＢＣ",
    "\u00a0\u2003x\u3000",
]


def asked(draft: Application, section: str, name: str) -> Field:
    return pack_of(draft.cycle).form.section(section).field(name)


def test_what_the_scripts_read_is_what_the_server_reads(draft: Application, comes: Comes) -> None:
    form = pack_of(draft.cycle).form
    who = comes("applicant")
    who.open(at(draft, "basic"))

    def run(module: str, function: str, texts: list[str], says: object = None) -> list[object]:
        """What a function of a script answers to each text."""
        script = """async ([module, name, texts, says]) => {
            const found = await import(module);
            return texts.map((text) => found[name](text, says));
        }"""
        given: list[object] = who.page.evaluate(script, [module, function, texts, says])
        return given

    def read(section: str, name: str, texts: list[str]) -> list[tuple[object, str]]:
        return [read_entry(form, asked(draft, section, name), text) for text in texts]

    def told(name: str, section: str, function: str, texts: list[str]) -> list[object]:
        who.open(at(draft, section))
        says = who.control(name).evaluate("one => JSON.parse(one.dataset.says)")
        answers = run("/static/applicant/identity.js", function, texts, says)
        return [one.get("fault") or "" for one in answers if isinstance(one, dict)]

    ids = read("basic", "resident_id", NASTY_NUMBERS)
    assert told("resident_id", "basic", "readResidentId", NASTY_NUMBERS) == [one[1] for one in ids]
    codes = read("post", "credit_code", NASTY_CODES)
    assert told("credit_code", "post", "readCreditCode", NASTY_CODES) == [one[1] for one in codes]
    months = read("basic", "joined", NASTY_MONTHS)
    assert run("/static/juxian/entries.js", "monthAsKept", NASTY_MONTHS) == [
        value if value and not fault else None for value, fault in months
    ]
    counted = [
        count_characters(str(read_entry(form, asked(draft, "summary", "deeds"), one)[0]))
        for one in NASTY_TEXTS
    ]
    assert run("/static/juxian/counter.js", "countCharacters", NASTY_TEXTS) == counted
