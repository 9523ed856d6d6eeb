"""Official documents as Word files (.docx), for offices that go on editing: GB/T 9704 as in PDF."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.text import (
    WD_ALIGN_PARAGRAPH,
    WD_BREAK,
    WD_LINE_SPACING,
    WD_TAB_ALIGNMENT,
    WD_TAB_LEADER,
)
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from juxian.papers import official, render
from juxian.papers.official import Annex, Line, Official, Table
from juxian.papers.word_marks import bordered, child, field, page_field, redden

PITCH = 28.95  # points of a line: 22 of them are a page
UNIT = 156 / official.CHARACTERS  # mm of a character
BODY, TITLE, SMALL, FOOT = 16, 22, 12, 14  # points: 三号、二号、小四、四号
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TIGHTER = -5  # twentieths of a point between characters: 28 of 16 points fill 156 mm
WORD_FONTS = {  # as offices have them; a site's own fonts stand before these
    "仿宋": "仿宋_GB2312",
    "小标宋": "方正小标宋简体",
    "标题": "黑体",
    "楷体": "楷体_GB2312",
    "正文": "宋体",
}
ROLES = ("仿宋", "标题", "楷体")  # by the level of a line
CENTRE, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
FIELD = 'TOC \\o "1-2" \\h \\u'
WIDE = 0.55  # of a character that a Latin letter or a digit takes


def word_of(given: Official, pages: Sequence[int] = ()) -> bytes:
    """`pages` of its headings, for contents that Word will count anew.

    NotReady when the site's fonts are named for what is no role.
    """
    made = _Word(given)
    made.heading()
    made.text(given.title, "小标宋", TITLE, align=CENTRE)
    made.blank()
    if given.has_contents:
        made.contents(pages)
    if given.addressee:
        made.text(given.addressee + "：", indent=0)
    made.blocks(given.blocks)
    made.closing()
    for number, annex in enumerate(given.annexes, start=1):
        if annex.blocks:
            made.annex(annex, number if len(given.annexes) > 1 else 0)
    made.imprint()
    return made.saved()


def _width(text: str) -> float:
    """In characters."""
    return sum(WIDE if symbol.isascii() else 1 for symbol in text)


class _Word:
    """A document in the making."""

    def __init__(self, given: Official) -> None:
        self.given = given
        self.fonts = {**WORD_FONTS, **render.own_roles()}
        self.file: Word = Document()
        _prepare(self.file, self.fonts["仿宋"])
        self.section = self.file.sections[0]
        _lay_out(self.section)
        self.numbered()

    def text(
        self,
        text: str,
        role: str = "仿宋",
        size: float = BODY,
        *,
        indent: float = 2,
        align: WD_ALIGN_PARAGRAPH = JUSTIFY,
    ) -> Paragraph:
        """A paragraph on the grid of lines; indented by so many characters if it is justified."""
        return self.into(self.file.add_paragraph(), text, role, size, indent=indent, align=align)

    def into(
        self,
        paragraph: Paragraph,
        text: str,
        role: str = "仿宋",
        size: float = BODY,
        *,
        indent: float = 0,
        align: WD_ALIGN_PARAGRAPH = JUSTIFY,
    ) -> Paragraph:
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH)
        form.space_before = form.space_after = Pt(0)
        paragraph.alignment = align
        if indent and align is JUSTIFY:
            form.first_line_indent = Mm(indent * UNIT)
        for number, line in enumerate(text.split("\n")):
            if number:
                paragraph.add_run().add_break()
            self.run(paragraph, line, role, size)
        if size != BODY:
            child(paragraph._p.get_or_add_pPr(), "snapToGrid", "0")  # noqa: SLF001
        return paragraph

    def run(self, paragraph: Paragraph, text: str, role: str, size: float) -> None:
        run = paragraph.add_run(NOT_XML.sub("", text))
        run.font.size = Pt(size)
        family = self.fonts[role]
        run.font.name = family
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001
        fonts.set(qn("w:eastAsia"), family)
        fonts.set(qn("w:hint"), "eastAsia")
        if size != BODY:
            child(run._element.get_or_add_rPr(), "spacing", "0")  # noqa: SLF001

    def blank(self, lines: int = 1) -> None:
        for _line in range(lines):
            self.text("", indent=0)

    def heading(self) -> None:
        """The red head with its rule, or a letter's with its double lines."""
        given = self.given
        if given.head == "red":
            self.blank(2)
            size = min(42.0, 442 / (_width(given.organ) + 2))
            organ = self.text(given.organ + "文件", "小标宋", size, align=CENTRE)
            organ.paragraph_format.line_spacing = Pt(max(size * 1.2, PITCH))
            redden(organ)
            self.blank(2)
            line = self.text(given.number, indent=0, align=CENTRE)
            if given.signer:
                self.signer_on(line)
            bordered(line, "bottom", "single", 12, space=11, colour="D7000F")
            self.blank(2)
        elif given.head == "letter":
            self.letter_lines()
            self.text(given.number, align=RIGHT)
            self.blank(2)

    def signer_on(self, line: Paragraph) -> None:
        """Number on the left, who signs on the right."""
        line.alignment = JUSTIFY
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(UNIT)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(156 - UNIT), WD_TAB_ALIGNMENT.RIGHT)
        self.run(line, "\t签发人：", "仿宋", BODY)
        self.run(line, self.given.signer, "楷体", BODY)

    def letter_lines(self) -> None:
        self.section.different_first_page_header_footer = True
        self.section.header_distance, self.section.footer_distance = Mm(30), Mm(20)
        size = min(30.0, 442 / (_width(self.given.organ) + 2))
        head = self.section.first_page_header.paragraphs[0]
        self.into(head, self.given.organ, "小标宋", size, align=CENTRE)
        head.paragraph_format.line_spacing = Pt(size * 1.2)
        redden(head)
        bordered(head, "bottom", "thickThinSmallGap", 24, space=11, colour="D7000F")
        foot = self.section.first_page_footer.paragraphs[0]
        bordered(foot, "bottom", "thinThickSmallGap", 24, space=1, colour="D7000F")
        for paragraph in (head, foot):
            paragraph.paragraph_format.left_indent = Mm(-8)
            paragraph.paragraph_format.right_indent = Mm(-6)

    def blocks(self, blocks: Iterable[official.Block]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self.table(block)
            else:
                line = self.text(block.text, ROLES[block.level], indent=0 if block.flush else 2)
                line.paragraph_format.keep_with_next = block.level > 0
                if block.level and self.given.has_contents:
                    level = str(block.level - 1)
                    child(line._p.get_or_add_pPr(), "outlineLvl", level)  # noqa: SLF001

    def contents(self, pages: Sequence[int]) -> None:
        """目录, as a field: its headings with these pages until Word is asked to count them."""
        self.text("目　录", "标题", align=CENTRE)
        self.blank()
        heads = [one for one in self.given.blocks if isinstance(one, Line) and one.level]
        for place, (head, number) in enumerate(zip(heads, pages, strict=True)):
            line = self.file.add_paragraph()
            if place == 0:
                field(line, "begin", FIELD, "separate")
            self.into(line, f"{head.text}\t{number}", align=WD_ALIGN_PARAGRAPH.LEFT)
            line.paragraph_format.left_indent = Mm((head.level - 1) * 2 * UNIT)
            stops = line.paragraph_format.tab_stops
            stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            if place == len(heads) - 1:
                field(line, "end")
        self.file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def table(self, given: Table) -> None:
        table = self.file.add_table(rows=0, cols=len(given.columns), style="Table Grid")
        table.autofit = False
        whole = sum(share for _label, share in given.columns)
        widths = [Mm(156 * share / whole) for _label, share in given.columns]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        labels = tuple(label for label, _share in given.columns)
        for number, row in enumerate((labels, *given.rows)):
            cells = table.add_row().cells
            for place, (cell, value) in enumerate(zip(cells, row, strict=True)):
                cell.width = widths[place]
                centred = number == 0 or place in given.centred
                role = "标题" if number == 0 else "仿宋"
                align = CENTRE if centred else WD_ALIGN_PARAGRAPH.LEFT
                self.into(cell.paragraphs[0], value, role, SMALL, align=align)
                cell.paragraphs[0].paragraph_format.line_spacing = Pt(18)
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001

    def closing(self) -> None:
        """Names of annexes, who signs and when, and whom to ask."""
        given = self.given
        if given.annexes:
            self.blank()
            self.named(given.annexes)
        if given.signed_by:
            self.blank(2)
            organ, day = _width(given.signed_by), _width(given.signed_on)
            centre = max(4 + day / 2, organ / 2)
            for text, wide in ((given.signed_by, organ), (given.signed_on, day)):
                line = self.text(text, align=RIGHT)
                line.paragraph_format.right_indent = Mm((centre - wide / 2) * UNIT)
        if given.note:
            self.text(f"（{given.note}）")

    def named(self, annexes: tuple[Annex, ...]) -> None:
        """附件：1. …, each title under the first one's beginning."""
        many = len(annexes) > 1
        hanging = 3 + (1.2 if many else 0)
        for number, annex in enumerate(annexes, start=1):
            line = self.text("附件：" if number == 1 else "", indent=0)
            form = line.paragraph_format
            form.left_indent = Mm((2 + hanging) * UNIT)
            form.first_line_indent = Mm(-(hanging if number == 1 else 1.2) * UNIT)
            if many:
                form.tab_stops.add_tab_stop(Mm((2 + hanging) * UNIT))
                self.run(line, f"{number}.\t", "仿宋", BODY)
            self.run(line, annex.title, "仿宋", BODY)

    def annex(self, annex: Annex, number: int) -> None:
        head = self.text(f"附件{number or ''}", "标题", indent=0)
        head.paragraph_format.page_break_before = True
        self.blank()
        self.text(annex.title, "小标宋", TITLE, align=CENTRE)
        self.blank()
        self.blocks(annex.blocks)

    def imprint(self) -> None:
        """版记: who printed it and when, between two lines."""
        organ, day = self.given.imprint
        if not organ:
            return
        self.blank()
        lines = [f"抄送：{self.given.copies_to}。"] if self.given.copies_to else []
        lines.append(f"{organ}\t{day}印发")
        for number, said in enumerate(lines):
            line = self.text(said, "仿宋", FOOT, indent=0)
            form = line.paragraph_format
            form.left_indent = form.right_indent = Mm(UNIT)
            form.tab_stops.add_tab_stop(Mm(156 - UNIT), WD_TAB_ALIGNMENT.RIGHT)
            first, last = number == 0, number == len(lines) - 1
            bordered(line, "top", "single", 8 if first else 6)
            if last:
                bordered(line, "bottom", "single", 8)

    def numbered(self) -> None:
        """— 1 —, on the right of odd pages and on the left of even ones."""
        self.file.settings.odd_and_even_pages_header_footer = True
        for footer, align in (
            (self.section.footer, RIGHT),
            (self.section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            line = footer.paragraphs[0]
            self.into(line, "— ", "正文", FOOT, align=align)
            page_field(line)
            self.run(line, " —", "正文", FOOT)
            line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            side = "right_indent" if align is RIGHT else "left_indent"
            setattr(line.paragraph_format, side, Mm(UNIT))
            for run in line.runs:
                run.font.size, run.font.name = Pt(FOOT), self.fonts["正文"]

    def saved(self) -> bytes:
        stamp, core = self.given.stamp, self.file.core_properties
        core.title, core.author, core.language = stamp.title, stamp.author, "zh-CN"
        core.subject, core.keywords = stamp.number, stamp.check
        core.comments, core.last_modified_by = "", stamp.author
        core.created = core.modified = stamp.dated.replace(tzinfo=None, microsecond=0)
        content = BytesIO()
        self.file.save(content)
        return content.getvalue()


def _prepare(file: Word, family: str) -> None:
    """The body's type, 28 characters to a line, and its language."""
    style = file.styles["Normal"]
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{script}"), family)
    for name in ("sz", "szCs"):
        child(properties, name, str(BODY * 2))
    child(properties, "spacing", str(TIGHTER))
    language = child(properties, "lang", "zh-CN")
    language.set(qn("w:eastAsia"), "zh-CN")
    spaces = style.element.get_or_add_pPr()
    for name in ("autoSpaceDE", "autoSpaceDN"):  # no gap between Chinese and digits
        child(spaces, name, "0")


def _lay_out(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(official.TOP), Mm(official.BOTTOM)
    section.left_margin, section.right_margin = Mm(official.LEFT), Mm(official.RIGHT)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    properties = section._sectPr  # noqa: SLF001
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(PITCH * 20)))
    properties.append(grid)
