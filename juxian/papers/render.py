"""Sheets to PDF/A: the only file that knows Typst, fonts included."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal, Protocol

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from django.utils.translation import gettext as _

from juxian.papers.page_mark import PageMark, code_svg
from juxian.papers.sheet import Stamp
from juxian.regulation.refusal import NotReady

TEMPLATES = Path(__file__).parent / "templates" / "papers"
OWN_FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
ROLES_FILE = "roles.toml"  # in the site's fonts folder: 正文 = "仿宋_GB2312"
# The standard of archives, and the one of assistive technology.
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
DEFAULT_ROLES: Mapping[str, str] = {"正文": SERIF, "标题": SANS, "楷体": SERIF}
ROLE_KEYS: Mapping[str, str] = {"正文": "text", "标题": "heading", "楷体": "kai"}

REMEMBERED = 10  # compilations; fixed in Typst's Python binding
_one_at_a_time = Lock()  # a second paper in the same process would only double the memory

NO_CODE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33"/>'
_MISSING_GLYPH = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class Sheet(Protocol):
    """Any dataclass of `papers.sheet` that has a stamp."""

    @property
    def stamp(self) -> Stamp: ...


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The fonts to set with, and families by role, each followed by all others as a fallback."""

    fonts: typst.Fonts
    roles: Mapping[str, tuple[str, ...]]


def render(template: str, sheet: Sheet) -> bytes:
    """PDF/A-2a of all copies; the same bytes for the same sheet and fonts.

    NotReady, naming the character, when no font has a glyph for it.
    """
    stamp = sheet.stamp
    files = _files(template, sheet)
    pages, pad = _page_count(files), False
    if stamp.copies > 1 and pages % 2:
        pages, pad = pages + 1, True
    codes = [
        [code_svg(_mark(stamp, copy, page, pages)) for page in range(1, pages + 1)]
        for copy in range(1, stamp.copies + 1)
    ]
    files["marks.json"] = _marks(codes, pages, pad=pad)
    return _compile(files, int(stamp.dated.timestamp()))


def _mark(stamp: Stamp, copy: int, page: int, pages: int) -> PageMark:
    return PageMark(stamp.number, stamp.turn, stamp.digest[:12], copy, page, pages)


def _files(template: str, sheet: Sheet) -> dict[str, bytes]:
    stamp = sheet.stamp
    said = asdict(sheet) | {  # type: ignore[call-overload]
        "stamp": {
            "title": stamp.title,
            "number": stamp.number,
            "turn": stamp.turn_in_words,
            "check": stamp.check,
            "copies": stamp.copies,
            "author": stamp.author,
            "draft": stamp.is_draft,
        }
    }
    families = _typefaces().roles
    return {
        "main.typ": _template(f"{template}.typ"),
        "kit.typ": _template("kit.typ"),
        "sheet.json": _json(said),
        "fonts.json": _json({ROLE_KEYS[role]: names for role, names in families.items()}),
    }


def _compile(files: Mapping[str, bytes], timestamp: int) -> bytes:
    with _one_at_a_time:
        try:
            pdf = _compiler(files).compile(
                format="pdf", pdf_standards=[*STANDARDS], timestamp=timestamp
            )
        except typst.TypstError as error:
            raise _refusal(error) from error
        finally:
            _forget()
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf


def _forget() -> None:
    """Drop what Typst keeps of a paper, some 30 MB: it forgets what `REMEMBERED` runs did not use.

    Other people's papers have nothing in common with it that would be worth the room.
    """
    for _run in range(REMEMBERED):
        _compiler({"main.typ": b""}).compile(format="pdf")


def _page_count(files: Mapping[str, bytes]) -> int:
    compiler = _compiler({**files, "marks.json": _marks([[]], 0, pad=False)})
    return int(json.loads(compiler.query("<pages>", field="value", one=True)))


def _compiler(files: Mapping[str, bytes]) -> typst.Compiler:
    """A compiler is not shared between threads; what is slow to make, its fonts, is."""
    sources = dict(files)
    return typst.Compiler(  # type: ignore[type-var]  # its stub forgets that sources may be many
        sources, font_paths=_typefaces().fonts, ignore_system_fonts=True
    )


def _refusal(error: typst.TypstError) -> Exception:
    """A missing glyph, named; any other error is ours, and stays what it is."""
    found = _MISSING_GLYPH.search(error.message)
    if found is None:
        return error
    text = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), found[1])
    symbols = "、".join(f"“{symbol}”（U+{ord(symbol):04X}）" for symbol in dict.fromkeys(text))
    return NotReady(
        _("现有字体中没有%(symbols)s，无法打印；请系统管理员在字体目录中加入有这个字的字体")
        % {"symbols": symbols}
    )


def _marks(codes: list[list[str]], pages: int, *, pad: bool) -> bytes:
    """The codes by copy and page; `pad` adds a page, so that copies begin on a leaf's front."""
    return _json(
        {"copies": len(codes), "pages": pages, "pad": pad, "codes": codes, "blank": NO_CODE}
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@lru_cache(maxsize=16)
def _template(name: str) -> bytes:
    return (TEMPLATES / name).read_bytes()


def _typefaces() -> Typefaces:
    folder = Path(settings.FONTS_DIR)
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return _loaded(folder, tuple((path.name, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=2)
def _loaded(folder: Path, files: tuple[tuple[str, int], ...]) -> Typefaces:
    """Loaded anew when a file of the site's folder is added, removed or changed."""
    paths = [str(OWN_FONTS), *([str(folder)] if files else [])]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    families = fonts.families()
    roles = {**DEFAULT_ROLES, **_site_roles(folder, families)}
    return Typefaces(
        fonts, {role: tuple(dict.fromkeys((own, *families))) for role, own in roles.items()}
    )


def _site_roles(folder: Path, families: list[str]) -> dict[str, str]:
    file = folder / ROLES_FILE
    roles = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    for role, family in roles.items():
        if role not in DEFAULT_ROLES or family not in families:
            raise NotReady(
                _("字体设置%(file)s中%(role)s = %(family)s有误；用途限%(roles)s，字体须在目录中")
                % {
                    "file": file,
                    "role": role,
                    "family": family,
                    "roles": "、".join(DEFAULT_ROLES),
                }
            )
    return roles
