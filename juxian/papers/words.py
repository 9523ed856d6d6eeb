"""Reading the words on a scan, where the extra for it is installed (requirements/ocr.txt)."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any

from PIL import Image

from juxian.papers.scan_pages import Unreadable

EXTRA = ("rapidocr", "onnxruntime")
HEAD = 0.3  # of the height, where marks of secrecy stand
QUIET = {
    "Global.log_level": "error",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_one_at_a_time = Lock()


def can_read() -> bool:
    return all(find_spec(name) is not None for name in EXTRA)


def words_on(page: Image.Image) -> str:
    """What is printed on the page, line by line from the top; "" for nothing.

    Unreadable for whatever goes wrong in the reader, whose errors are of many kinds.
    """
    try:
        with _one_at_a_time:
            read = _reader()(page.convert("RGB"))
    except Exception as error:
        raise Unreadable from error
    return "\n".join(read.txts or ())


def head_of(page: Image.Image) -> Image.Image:
    return page.crop((0, 0, page.width, max(round(page.height * HEAD), 1)))


@cache
def _reader() -> Any:
    """Loaded when the first page is read, and kept: some 700 MB with its models."""
    return import_module("rapidocr").RapidOCR(params=QUIET)
