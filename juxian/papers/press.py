"""The press: a process of its own that sets papers, and the only file that knows Typst.

`python -m juxian.papers.press` reads orders until its input ends. An order is a dialogue in lines
of JSON: the order; `{"pages": 7}`; the files that say what stands on each page; `{"pdf": 81234}`
and as many bytes. `{"no_family": [ROLE, FAMILY]}` and `{"no_glyph": TEXT}` end it as refusals.
Whatever else goes wrong ends the press, and its last words repeat nothing of the paper.

It starts anew for a paper: its imports are few, and `typing` and Django are not among them.
"""

import json
import re
import resource
import signal
import sys
from collections.abc import Iterator
from functools import lru_cache
from types import TracebackType

import typst

_MISSING_GLYPH = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_REPEATED = re.compile(r"`.*`|\".*\"|'.*'|[^ -~]+|\d{5,}")  # what the engine quotes of a paper

ROOM = 2 << 30  # of addresses; a paper takes a tenth of it


def answers(lines: Iterator[bytes]) -> Iterator[bytes]:
    """To every order its pages, then its PDF."""
    for line in lines:
        order = json.loads(line)
        signal.alarm(order["seconds"])  # nobody is left to end it when the asker is gone
        fonts = _fonts(tuple(order["fonts"]))
        families = fonts.families()
        wrong = [(role, own) for role, own in order["roles"].items() if own not in families]
        if wrong:
            yield _line({"no_family": wrong[0]})
        else:
            chains = {
                role: list(dict.fromkeys((own, *families))) for role, own in order["roles"].items()
            }
            files = _encoded(order["files"]) | {"fonts.json": _line(chains)}
            yield _pages(files, fonts)
            yield from _pdf(files | _encoded(json.loads(next(lines))), fonts, order["dated"])
        signal.alarm(0)


def _pages(files: dict[str, bytes], fonts: typst.Fonts) -> bytes:
    pages = _compiler(files, fonts).query("<pages>", field="value", one=True)
    return _line({"pages": json.loads(pages)})


def _pdf(files: dict[str, bytes], fonts: typst.Fonts, dated: int) -> Iterator[bytes]:
    """In the standard of archives and in that of assistive technology."""
    try:
        pdf = _compiler(files, fonts).compile(
            format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=dated
        )
    except typst.TypstError as error:
        missing = _MISSING_GLYPH.search(error.message)
        if missing is None:
            raise
        text = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), missing[1])
        yield _line({"no_glyph": text})
        return
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    yield _line({"pdf": len(pdf)})
    yield pdf


def _compiler(files: dict[str, bytes], fonts: typst.Fonts) -> typst.Compiler:
    return typst.Compiler(  # type: ignore[type-var]  # its stub forgets that sources may be many
        files, font_paths=fonts, ignore_system_fonts=True
    )


@lru_cache(maxsize=1)
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*folders]
    )


def _encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _last_words(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    """What went wrong and where, without what the paper says: it may hold answers of people."""
    said = str(error).partition("\n")[0] if isinstance(error, RuntimeError) else ""  # the engine's
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{at.tb_frame.f_code.co_name}:{at.tb_lineno}" if at else "?"
    sys.stderr.write(f"{kind.__name__} in {place}: {_REPEATED.sub('…', said)}\n")


def main() -> None:
    sys.excepthook = _last_words
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the whole paper
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    for chunk in answers(iter(sys.stdin.buffer)):
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
