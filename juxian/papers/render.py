"""Sheets to PDF/A: each by a press, a process of its own that is gone with its paper."""

import json
import math
import os
import subprocess
import sys
import tomllib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import cache, lru_cache
from importlib.metadata import distribution
from itertools import islice
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any, Protocol, cast

import pylopdf_fonts_zh_cn
import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from juxian.papers.page_mark import PageMark, code_svg
from juxian.papers.sheet import Stamp
from juxian.regulation.refusal import NotReady, Refusal

TEMPLATES = Path(__file__).parent / "templates" / "papers"
OWN_FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
ROLES_FILE = "roles.toml"  # in the site's fonts folder: 正文 = "仿宋_GB2312"

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
ROLE_KEYS: Mapping[str, str] = {
    "正文": "text",
    "标题": "heading",  # 黑体
    "楷体": "kai",
    "仿宋": "fangsong",  # the body of official documents
    "小标宋": "song",  # their titles
}
DEFAULT_ROLES: Mapping[str, str] = dict.fromkeys(ROLE_KEYS, SERIF) | {"标题": SANS}

LONGEST = 60  # seconds; papers take less than one
GRACE = 5  # seconds more, after which a press ends itself if nobody is left to end it
# Without `site` and without the current folder: half the start, and no code that lies about.
COMMAND = (sys.executable, "-S", "-P", "-m", "juxian.papers.press")
# A fifth less processor time: memory in large pages, and no threads to share out little work.
THRIFT: Mapping[str, str] = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "MALLOC_TOP_PAD_": str(64 << 20),
    "RAYON_NUM_THREADS": "1",
}
PRESSES = 2  # side by side in a worker
BATCH = 25  # papers that one press sets there; it takes 0.3 s to start
_one_at_a_time = Lock()  # papers side by side would only double the memory

NO_CODE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33"/>'


log = structlog.get_logger("juxian.press")


class Sheet(Protocol):
    """Any dataclass of `papers.sheet` that has a stamp."""

    @property
    def stamp(self) -> Stamp: ...


class PressStopped(RuntimeError):
    """A press ended before its paper was done; the message repeats nothing of the paper."""


def render(template: str, sheet: Sheet, *, seconds: float = LONGEST) -> bytes:
    """PDF/A-2a of all copies; the same bytes for the same sheet and fonts.

    NotReady when no font has a glyph for a character, which it names; when the site's roles name
    what does not exist; when it takes longer, or the press ends before its paper is done.
    """
    with _told(), _turn(seconds), _press(seconds) as press:
        return _printed(press, template, sheet, seconds)


def render_many(template: str, sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """The same of many, in their order, for a worker: a press sets a batch, and PRESSES at once.

    A refusal ends it at the sheet that it is about; the sheets are read a few batches ahead.
    """
    with ThreadPoolExecutor(max_workers=PRESSES) as pool:
        ahead: deque[Future[list[bytes]]] = deque()
        for batch in _batches(iter(sheets)):
            ahead.append(pool.submit(_batch, template, batch))
            if len(ahead) > PRESSES:
                yield from ahead.popleft().result()
        while ahead:
            yield from ahead.popleft().result()


def _batches(sheets: Iterator[Sheet]) -> Iterator[list[Sheet]]:
    while batch := list(islice(sheets, BATCH)):
        yield batch


def _batch(template: str, sheets: Iterable[Sheet]) -> list[bytes]:
    with _told(), _press(BATCH * LONGEST) as press:
        return [_printed(press, template, sheet, LONGEST) for sheet in sheets]


def _printed(press: "_Press", template: str, sheet: Sheet, seconds: float) -> bytes:
    pages = press.ask(_order(template, sheet, seconds), "pages")
    size = press.ask(_marks_of(sheet.stamp, pages), "pdf")
    return press.read(size)


@contextmanager
def _told() -> Iterator[None]:
    """A press that stopped, as a refusal."""
    try:
        yield
    except (PressStopped, OSError) as error:
        log.warning("press stopped", reason=str(error))
        said = _("打印程序意外停止，没有打印；请再试一次，仍不能打印的请联系系统管理员")
        raise NotReady(said) from error


def _order(template: str, sheet: Sheet, seconds: float) -> dict[str, object]:
    folder = Path(settings.FONTS_DIR)
    return {
        "files": _files(template, sheet),
        "fonts": [str(one) for one in (OWN_FONTS, folder) if one.is_dir() and any(one.iterdir())],
        "roles": {
            ROLE_KEYS[role]: family for role, family in {**DEFAULT_ROLES, **own_roles()}.items()
        },
        "dated": int(sheet.stamp.dated.timestamp()),
        "seconds": math.ceil(seconds) + GRACE,
    }


def _files(template: str, sheet: Sheet) -> dict[str, str]:
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
    return {
        "main.typ": _template(TEMPLATES / f"{template}.typ"),
        "kit.typ": _template(TEMPLATES / "kit.typ"),
        "sheet.json": json.dumps(said, ensure_ascii=False),
        "marks.json": _marks(1, 0, pad=False),
        "code.svg": NO_CODE,
    }


def _marks_of(stamp: Stamp, pages: int) -> dict[str, str]:
    """The files that say what stands on each page, a code for each.

    A page is added where it is needed, so that every copy begins on a leaf's front.
    """
    pad = stamp.copies > 1 and pages % 2 == 1
    pages += pad
    codes = {
        f"code-{copy}-{page}.svg": code_svg(_mark(stamp, copy, page, pages))
        for copy in range(1, stamp.copies + 1)
        for page in range(1, pages + 1)
    }
    return {"marks.json": _marks(stamp.copies, pages, pad=pad)} | codes


def _mark(stamp: Stamp, copy: int, page: int, pages: int) -> PageMark:
    return PageMark(stamp.number, stamp.turn, stamp.digest[:12], copy, page, pages)


def _marks(copies: int, pages: int, *, pad: bool) -> str:
    return json.dumps({"copies": copies, "pages": pages, "pad": pad})


@lru_cache(maxsize=16)
def _template(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class _Press:
    """The dialogue with a press; see `papers.press` for its words."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self._child = child
        self._into = cast("IO[bytes]", child.stdin)
        self._out = cast("IO[bytes]", child.stdout)
        self._last_words = cast("IO[bytes]", child.stderr)
        self._is_late = False

    def ask(self, said: Mapping[str, object], wanted: str) -> int:
        with suppress(BrokenPipeError):  # then there is no answer either
            self._into.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
            self._into.flush()
        line = self._out.readline()
        if not line.endswith(b"\n"):
            raise self._ended()
        answer = json.loads(line)
        if wanted not in answer:
            raise _refusal(answer)
        return int(answer[wanted])

    def read(self, size: int) -> bytes:
        content = self._out.read(size)
        if len(content) < size:
            raise self._ended()
        return content

    def stop(self) -> None:
        """It has taken too long."""
        self._is_late = True
        self._child.kill()

    def close(self) -> None:
        self._child.kill()
        for pipe in (self._into, self._out, self._last_words):
            with suppress(BrokenPipeError):
                pipe.close()
        self._child.wait()

    def _ended(self) -> Exception:
        """The last line of a press that failed by itself can be repeated; no other can."""
        code = self._child.wait()
        if self._is_late:
            return _too_long()
        words = self._last_words.read().decode(errors="replace").splitlines()
        reason = words[-1] if words and code == 1 else "no reason given"
        return PressStopped(f"the press ended with {code}: {reason}")


@contextmanager
def _turn(seconds: float) -> Iterator[None]:
    if not _one_at_a_time.acquire(timeout=seconds):
        raise NotReady(_("正在打印的较多，还没有轮到；请过几分钟再打印"))
    try:
        yield
    finally:
        _one_at_a_time.release()


@contextmanager
def _press(seconds: float) -> Iterator[_Press]:
    """A press for as long as the block lasts, and no longer than this."""
    pipe = subprocess.PIPE
    press = _Press(
        subprocess.Popen(
            COMMAND, stdin=pipe, stdout=pipe, stderr=pipe, cwd=TEMPLATES, env=_environment()
        )
    )
    clock = Timer(seconds, press.stop)
    try:
        clock.start()
        yield press
    finally:
        clock.cancel()
        press.close()


@cache
def _environment() -> dict[str, str]:
    """Where its modules are, and nothing else: no keys, no address of the database."""
    engine = Path(str(distribution("typst").locate_file(""))).absolute()
    return {"PYTHONPATH": f"{Path(__file__).parents[2]}{os.pathsep}{engine}", **THRIFT}


def own_roles() -> Mapping[str, str]:
    """Families by role, where the site has its own; NotReady for a role that is none."""
    file = Path(settings.FONTS_DIR) / ROLES_FILE
    roles = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    for role, family in roles.items():
        if role not in DEFAULT_ROLES:
            raise _wrong_role(role, family)
    return roles


def _refusal(answer: Mapping[str, Any]) -> Refusal:
    if "no_family" in answer:
        key, family = answer["no_family"]
        return _wrong_role(next(role for role, own in ROLE_KEYS.items() if own == key), family)
    text = answer["no_glyph"]
    symbols = "、".join(f"“{symbol}”（U+{ord(symbol):04X}）" for symbol in dict.fromkeys(text))
    return NotReady(
        _("现有字体中没有%(symbols)s，无法打印；请系统管理员在字体目录中加入有这个字的字体")
        % {"symbols": symbols}
    )


def _wrong_role(role: str, family: object) -> Refusal:
    return NotReady(
        _("字体设置%(file)s中%(role)s = %(family)s有误；用途限%(roles)s，字体须在目录中")
        % {
            "file": Path(settings.FONTS_DIR) / ROLES_FILE,
            "role": role,
            "family": family,
            "roles": "、".join(DEFAULT_ROLES),
        }
    )


def _too_long() -> Refusal:
    return NotReady(_("打印用时过长，已停止；请过几分钟再打印，仍不能打印的请联系系统管理员"))
