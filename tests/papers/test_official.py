"""Official documents on the grid of GB/T 9704-2012: measured on the page, and as Word."""

from ctypes import c_double
from io import BytesIO
from itertools import groupby, pairwise

import pikepdf
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from juxian.papers import official_word
from juxian.papers.official import Annex, Line, Official, Table, document, part, pdf_of, stamp_of
from tests.papers.samples import DATED

MM = 72 / 25.4
ORGAN = "喀什地区人力资源和社会保障局（示例）"
TEXT = "为做好选拔推荐工作我局认真组织宣传发动逐级审核专家评议和公示严格标准规范程序" * 30
ROW = ("1", "阿依努尔·买买提", "喀什地区第一人民医院（示例）")


def made(**changed):
    facts = {
        "stamp": stamp_of("关于推荐人选的报告", "TJ-1-2", ORGAN, DATED),
        "head": "red",
        "organ": ORGAN,
        "number": "喀人社报〔2020〕3号",
        "signer": "张某某",
        "title": "关于推荐2020年享受政府特殊津贴\n人选的报告",
        "addressee": "自治区人力资源和社会保障厅",
        "blocks": (
            *part("一、组织推荐工作情况", TEXT),
            Line("（一）评议", level=2),
            Table((("序号", 1), ("姓名", 2), ("单位", 5)), (ROW,), (0,)),
        ),
        "annexes": (
            Annex("推荐人选一览表", (Table((("序号", 1), ("姓名", 2), ("单位", 5)), (ROW,)),)),
            Annex("专家评议结果汇总表", ()),
        ),
        "signed_by": ORGAN,
        "signed_on": "2020年4月20日",
        "note": "联系人：某某，电话：0998-1234567",
        "imprint": (ORGAN, "2020年4月20日"),
    }
    return document(Official(**{**facts, **changed}))


def pages(pdf):
    """Each page's lines from above: [(mm from the top, mm from the left, to, points, text)]."""
    with pypdfium2.PdfDocument(pdf) as file:
        return [_lines(page) for page in file]


def _lines(page):
    text = page.get_textpage()
    letters = []
    for n in range(text.count_chars()):
        symbol = text.get_text_range(n, 1)
        if symbol.strip():
            left, _below, right, _above = text.get_charbox(n, loose=True)
            size = pypdfium2.raw.FPDFText_GetFontSize(text, n)
            high = round((page.get_height() - _baseline(text, n)) / MM, 1)
            letters.append((high, left / MM, right / MM, size, symbol))
    letters.sort(key=lambda one: (one[0], one[1]))
    found = []
    for high, row in groupby(letters, key=lambda one: one[0]):
        line = list(row)
        said = "".join(one[4] for one in line)
        found.append((high, line[0][1], line[-1][2], round(line[0][3], 1), said))
    return found


def _baseline(text, n):
    x, y = c_double(), c_double()
    pypdfium2.raw.FPDFText_GetCharOrigin(text, n, x, y)
    return y.value


@pytest.fixture(scope="module")
def report():
    return pages(pdf_of(made()))


def line_with(lines, said):
    return next(line for line in lines if said in line[4])


def test_a_full_page_has_22_lines_of_28_characters_within_the_margins(report):
    *lines, _number = report[1]
    body = [line for line in lines if line[3] == 16]

    assert len(body) == len(lines) == 22
    assert {len(line[4]) for line in body} == {28}
    pitches = {round(b[0] - a[0], 1) for a, b in pairwise(body)}
    assert pitches <= {10.2, 10.3}
    assert min(line[1] for line in body) == pytest.approx(28, abs=1)
    assert max(line[2] for line in body) == pytest.approx(210 - 26, abs=1)
    # The grid begins where the first line does, half of its spare height above the character.
    first_line_top = body[0][0] - 10.227 / 2 - 16 * (0.88 - 0.5) / MM
    last_line_end = body[-1][0] + 10.227 / 2 - 16 * (0.88 - 0.5) / MM
    assert first_line_top == pytest.approx(37, abs=1)
    assert last_line_end == pytest.approx(297 - 35, abs=1)


def test_type_sizes_are_those_of_the_standard(report):
    first, *_others = report

    assert line_with(first, "关于推荐2020年")[3] == 22  # 二号
    assert line_with(first, "自治区人力资源和社会保障厅：")[3] == 16  # 三号
    assert line_with(first, "一、组织推荐工作情况")[3] == 16
    assert line_with(first, "—1—")[3] == 14  # 四号


def test_the_red_head_stands_where_it_must(report):
    first, *_others = report
    high, left, right, size, _said = line_with(first, ORGAN + "文件")

    assert high - size * 0.88 / MM == pytest.approx(37 + 35, abs=1)
    assert (left + right) / 2 == pytest.approx(106, abs=1)
    assert line_with(first, "喀人社报〔2020〕3号")[4].endswith("签发人：张某某")
    assert line_with(first, "喀人社报〔2020〕3号")[1] == pytest.approx(28 + 156 / 28, abs=1)


def test_page_numbers_stand_outside_7_mm_below_the_text(report):
    for number, lines in enumerate(report, start=1):
        high, left, right, _size, _said = line_with(lines, f"—{number}—")
        middle = high - 14 * 0.38 / MM  # of a dash, above its baseline
        assert middle == pytest.approx(297 - 35 + 7, abs=1)
        if number % 2:
            assert right == pytest.approx(210 - 26 - 156 / 28, abs=1)
        else:
            assert left == pytest.approx(28 + 156 / 28, abs=1)


def test_the_date_is_four_characters_from_the_right_and_the_organ_centred_above_it(report):
    lines = next(page for page in report if any(line[4] == "2020年4月20日" for line in page))
    organ, day = line_with(lines, ORGAN), line_with(lines, "2020年4月20日")
    middle = (organ[1] + organ[2]) / 2

    assert middle == pytest.approx((day[1] + day[2]) / 2, abs=1.5)  # a bracket is cut
    assert 210 - 26 - day[2] >= 4 * 156 / 28 - 0.5
    assert day[0] - organ[0] == pytest.approx(10.2, abs=0.2)


def test_annexes_are_named_and_begin_on_their_own_pages_and_the_imprint_ends_an_even_one(report):
    said = ["".join(line[4] for line in page) for page in report]
    named = next(page for page in report if any("附件：" in line[4] for line in page))

    assert line_with(named, "附件：1.推荐人选一览表")[1] == pytest.approx(
        28 + 2 * 156 / 28, abs=0.5
    )
    assert any("2.专家评议结果汇总表" in text for text in said)
    (annex,) = [text for text in said if text.startswith("附件1")]
    assert "附件1推荐人选一览表序号姓名单位1阿依努尔·买买提" in annex
    assert len(said) % 2 == 0
    assert f"{ORGAN}2020年4月20日印发" in said[-1]


def test_a_letter_has_its_lines_and_no_number_on_its_first_page():
    pdf = pdf_of(made(head="letter", signer="", imprint=("", "")))
    first, second, *_others = pages(pdf)

    high, _left, _right, size, _said = first[0]
    assert first[0][4] == ORGAN
    assert high - size * 0.88 / MM == pytest.approx(30, abs=1)
    assert not any("—1—" in line[4] for line in first)
    assert line_with(second, "—2—")
    with pypdfium2.PdfDocument(pdf) as file:
        bounds = [one.get_bounds() for one in file[0].get_objects() if one.type == 2]
    red = [(left, low) for left, low, right, _high in bounds if (right - left) / MM > 165]
    assert len(red) == 4
    assert min(low for _left, low in red) / MM == pytest.approx(20, abs=1)
    assert [left / MM for left, _low in red] == pytest.approx([20] * 4, abs=1)


def test_the_same_document_is_the_same_bytes_and_names_its_digest():
    one, other = made(), made(title="关于推荐人选的请示")

    assert pdf_of(one) == pdf_of(made())
    assert one.stamp.digest != other.stamp.digest
    with pikepdf.open(BytesIO(pdf_of(one))) as file:
        assert one.stamp.check in str(file.docinfo.get("/Subject", ""))


def test_in_word_the_page_the_grid_and_the_type_are_the_same():
    word = Document(BytesIO(official_word.word_of(made())))
    section = word.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    title = next(line for line in word.paragraphs if line.text.startswith("关于推荐2020年"))
    body = next(line for line in word.paragraphs if line.text == TEXT)

    sides = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 28, 35, 26]
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    normal = word.styles["Normal"].element.rPr
    size, between = (
        int(normal.find(qn(f"w:{name}")).get(qn("w:val"))) for name in ("sz", "spacing")
    )
    assert int(156 * MM / (size / 2 + between / 20)) == 28
    assert body.paragraph_format.line_spacing.pt == pytest.approx(28.95)
    assert int(225 / 25.4 * 72 / body.paragraph_format.line_spacing.pt) == 22
    assert body.paragraph_format.first_line_indent.mm == pytest.approx(2 * 156 / 28, abs=0.1)
    assert [run.font.size.pt for run in (title.runs[0], body.runs[0])] == [22, 16]
    assert _family(title.runs[0]) == "方正小标宋简体"
    assert _family(body.runs[0]) == "仿宋_GB2312"
    assert word.settings.odd_and_even_pages_header_footer
    assert section.footer.paragraphs[0].text == "— PAGE —" or "PAGE" in section.footer._element.xml


def test_word_says_what_the_pdf_says():
    word = Document(BytesIO(official_word.word_of(made())))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    said = "".join(line.text.replace("\t", "").replace("\n", "") for line in word.paragraphs)

    printed = "".join(line[4] for page in pages(pdf_of(made())) for line in page)
    for text in (
        TEXT[:60],
        "（一）评议",
        "附件：1.推荐人选一览表",
        "（联系人：某某，电话：0998-1234567）",
    ):
        assert text in said
        assert text in printed
    assert cells == ["序号", "姓名", "单位", *ROW] * 2


def test_what_no_word_file_may_hold_is_left_out_of_it():
    blocks = (Line("前\x0b后\x1b止\ufffe。"),)

    word = Document(BytesIO(official_word.word_of(made(blocks=blocks))))

    assert "前后止。" in [line.text for line in word.paragraphs]


def test_a_site_s_own_typefaces_are_named_in_word(settings, tmp_path):
    settings.FONTS_DIR = tmp_path
    (tmp_path / "roles.toml").write_text('"仿宋" = "方正仿宋简体"\n', encoding="utf-8")

    word = Document(BytesIO(official_word.word_of(made())))

    body = next(line for line in word.paragraphs if line.text == TEXT)
    assert _family(body.runs[0]) == "方正仿宋简体"


def _family(run):
    return run._element.rPr.rFonts.get(qn("w:eastAsia"))
