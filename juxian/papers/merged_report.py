"""The reports of all offices as one document with contents (总结材料汇编), in PDF and Word."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf

from juxian.papers import official, official_word
from juxian.papers.application_form import numeral
from juxian.papers.official import Block, Line, Official, Table
from juxian.papers.titles import title_of
from juxian.selectors.merged_report import MergedInput, Row, Said

NAMED = ("单位", 15.0)
TRACK = ("类别", 10.0)
COUNTED = (("申报人数", 4.0), ("审核通过", 4.0), ("推荐人数", 4.0))
IN_FILES = "（这一部分在单位报送的文件中。）"


def official_of(given: MergedInput) -> Official:
    blocks: list[Block] = [Line("一、总体情况", level=1), *_overall(given)]
    for number, part in enumerate(given.parts, start=2):
        blocks.append(Line(f"{numeral(number)}、{part}", level=1))
        for place, one in enumerate(given.said, start=1):
            blocks += _of_office(place, one, part)
    return official.document(
        Official(
            stamp=official.stamp_of("总结材料汇编", given.number, given.office, given.dated),
            head="plain",
            organ=given.office,
            title=title_of("", f"{given.title}汇编"),
            blocks=tuple(blocks),
            has_contents=True,
        )
    )


def _overall(given: MergedInput) -> Iterator[Block]:
    late = [one.office for one in given.said if one.is_late]
    yield Line(f"{given.programme}工作中，{len(given.said)}个推荐单位报送了总结材料。")
    if late:
        yield Line(f"逾期报送的{len(late)}个：{'、'.join(late)}。")
    if given.missing:
        yield Line(f"没有报送的{len(given.missing)}个：{'、'.join(given.missing)}。")
    figures = given.figures
    yield Line("（一）各类别申报、审核和推荐情况", level=2)
    yield _table((TRACK, *COUNTED), figures.tracks, total=True)
    yield Line("（二）各推荐单位申报、审核和推荐情况", level=2)
    yield _table((NAMED, *COUNTED), figures.offices, total=True)
    yield Line("（三）公示情况", level=2)
    yield from _or_none(
        (("环节", 8), ("公示次数", 4), ("公示人数", 4), ("异议件数", 4), ("异议成立", 4)),
        figures.notices,
        "没有公示记录。",
    )
    yield Line("（四）推荐人选中的倾斜情形", level=2)
    yield from _or_none((("情形", 12), ("人数", 4)), figures.tilts, "推荐人选中没有倾斜情形。")


def _or_none(
    columns: tuple[tuple[str, float], ...], rows: tuple[Row, ...], otherwise: str
) -> Iterator[Block]:
    yield _table(columns, rows) if rows else Line(otherwise)


def _table(
    columns: tuple[tuple[str, float], ...], rows: tuple[Row, ...], *, total: bool = False
) -> Table:
    said = [(row.name, *map(str, row.figures)) for row in rows]
    if total:
        places = range(len(columns) - 1)
        said.append(("合计", *(str(sum(row.figures[n] for row in rows)) for n in places)))
    return Table(columns, tuple(said), centred=tuple(range(1, len(columns))))


def _of_office(place: int, one: Said, part: str) -> Iterator[Block]:
    yield Line(f"（{numeral(place)}）{one.office}", level=2)
    yield from official.paragraphs(one.texts.get(part) or IN_FILES)


def write_pdf(given: MergedInput, into: BinaryIO) -> None:
    into.write(official.pdf_of(official_of(given)))


def write_word(given: MergedInput, into: BinaryIO) -> None:
    """Its contents name the pages of the PDF, which is set on the same lines; Word counts anew."""
    made = official_of(given)
    into.write(official_word.word_of(made, _pages_of_headings(official.pdf_of(made))))


def _pages_of_headings(content: bytes) -> tuple[int, ...]:
    """In their order, the title of the whole left out."""
    with pikepdf.open(BytesIO(content)) as pdf:
        places: dict[object, int] = {
            page.objgen: number for number, page in enumerate(pdf.pages, start=1)
        }
        with pdf.open_outline() as outline:
            return tuple(_pages(outline.root, places))[1:]


def _pages(items: Iterable[pikepdf.OutlineItem], places: Mapping[object, int]) -> Iterator[int]:
    for item in items:
        where: Any = item.destination
        yield places[where[0].objgen]
        yield from _pages(item.children, places)
