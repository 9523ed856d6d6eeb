"""Setting a sheet: own fonts, a site's fonts by role, and no character lost in silence."""

from concurrent.futures import ThreadPoolExecutor
from shutil import copy

import pikepdf
import pytest

from juxian.papers import render
from juxian.papers.application_form import application_form, sheet_of
from juxian.papers.portrait import portrait
from juxian.regulation.refusal import NotReady
from tests.papers.samples import form_input, photo


def fonts_of(pdf, tmp_path):
    """Names of the fonts in a PDF, without their subset tags; each must be embedded."""
    (tmp_path / "x.pdf").write_bytes(pdf)
    names = set()
    with pikepdf.open(tmp_path / "x.pdf") as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                assert "/FontFile3" in item or "/FontFile2" in item
                names.add(str(item.FontName).partition("+")[2])
    return names


@pytest.fixture
def site_fonts(settings, tmp_path):
    settings.FONTS_DIR = tmp_path / "fonts"
    settings.FONTS_DIR.mkdir()
    return settings.FONTS_DIR


def test_papers_are_set_in_the_fonts_that_come_with_the_product(site_fonts, tmp_path):
    pdf = application_form(form_input(copies=1))

    assert fonts_of(pdf, tmp_path) == {"NotoSerifSC-Regular", "NotoSansSC-Regular"}


def test_a_site_maps_a_role_to_another_typeface(site_fonts, tmp_path):
    copy(render.OWN_FONTS / "NotoSansSC-Regular.otf", site_fonts / "site.otf")
    (site_fonts / "roles.toml").write_text('"正文" = "Noto Sans SC"\n', encoding="utf-8")

    pdf = application_form(form_input(copies=1))

    assert fonts_of(pdf, tmp_path) == {"NotoSansSC-Regular"}


@pytest.mark.parametrize("line", ['"正文" = "没有的字体"', '"封面" = "Noto Sans SC"'])
def test_a_role_or_a_typeface_that_does_not_exist_is_refused(site_fonts, line):
    (site_fonts / "roles.toml").write_text(line, encoding="utf-8")

    with pytest.raises(NotReady, match="字体设置"):
        application_form(form_input(copies=1))


@pytest.mark.parametrize(
    ("name", "symbol"), [("吉𠮷", "“𠮷”（U+20BB7）"), ("王\ue000", "（U+E000）")]
)
def test_a_character_without_a_glyph_is_named_and_nothing_is_printed(name, symbol):
    with pytest.raises(NotReady) as refusal:
        application_form(form_input(name=name, copies=1))

    assert symbol in str(refusal.value)


def test_papers_are_printed_side_by_side_in_threads():
    given = [form_input(name=name, copies=1) for name in ("王伟", "李某", "周焊", "郑某")]

    with ThreadPoolExecutor(max_workers=4) as pool:
        papers = list(pool.map(application_form, given))

    assert papers == [application_form(one) for one in given]


def test_many_printed_by_few_presses_are_each_as_printed_alone(monkeypatch):
    monkeypatch.setattr(render, "BATCH", 2)
    sheets = [sheet_of(form_input(name=name, copies=1)) for name in ("王伟", "李某", "周焊")]

    many = list(render.render_many("application_form", iter(sheets)))

    assert many == [render.render("application_form", sheet) for sheet in sheets]


def test_one_that_cannot_be_printed_ends_the_many_with_its_reason(monkeypatch):
    monkeypatch.setattr(render, "BATCH", 1)
    sheets = [sheet_of(form_input(name=name, copies=1)) for name in ("王伟", "吉𠮷", "周焊")]

    with pytest.raises(NotReady, match="𠮷"):
        list(render.render_many("application_form", sheets))


def test_a_photograph_is_printed_upright_in_colour_and_no_larger_than_needed():
    plain, again = portrait(photo()), portrait(photo())

    assert plain == again
    assert portrait(photo((0, 0, 0))) != plain


def test_a_photograph_that_cannot_be_opened_is_refused():
    with pytest.raises(NotReady, match="照片"):
        portrait(b"not an image")
