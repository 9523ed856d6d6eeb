"""What a Word file says in its own words, below what python-docx offers: order, borders, fields."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph

RED = RGBColor(0xD7, 0x00, 0x0F)
RUN_ORDER = (
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "vertAlign",
    "lang",
)
PARAGRAPH_ORDER = (
    *("pBdr", "shd", "tabs", "suppressAutoHyphens", "autoSpaceDE", "autoSpaceDN"),
    *("snapToGrid", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl"),
)


def child(parent: Any, name: str, value: str) -> Any:
    """Put where the schema has it among its siblings, in place of an earlier one."""
    for old in parent.findall(qn(f"w:{name}")):
        parent.remove(old)
    made = OxmlElement(f"w:{name}")
    made.set(qn("w:val"), value)
    order = PARAGRAPH_ORDER if parent.tag == qn("w:pPr") else RUN_ORDER
    parent.insert_element_before(made, *(f"w:{one}" for one in order[order.index(name) + 1 :]))
    return made


def redden(paragraph: Paragraph) -> None:
    for run in paragraph.runs:
        run.font.color.rgb = RED


def bordered(
    paragraph: Paragraph,
    side: str,
    kind: str,
    eighths: int,
    *,
    space: int = 1,
    colour: str = "000000",
) -> None:
    """A line along a paragraph, in eighths of a point."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, *(f"w:{one}" for one in PARAGRAPH_ORDER[1:]))
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", eighths), ("space", space), ("color", colour)):
        line.set(qn(f"w:{name}"), str(value))
    borders.append(line)


def page_field(paragraph: Paragraph) -> None:
    field(paragraph, "begin", "PAGE", "end")


def field(paragraph: Paragraph, *parts: str) -> None:
    """Marks of a field, and between them what it says to Word."""
    for one in parts:
        is_mark = one in ("begin", "separate", "end")
        part = OxmlElement("w:fldChar" if is_mark else "w:instrText")
        if is_mark:
            part.set(qn("w:fldCharType"), one)
        else:
            part.text = one
        paragraph.add_run()._r.append(part)  # noqa: SLF001
