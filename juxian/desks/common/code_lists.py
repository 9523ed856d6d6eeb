"""Code lists as the pages' script reads them, to be found by name, by code and by pinyin."""

import gzip
import hashlib
import json
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from juxian.records.readings import readings
from juxian.regulation.codes import Code, CodeList, CodeLists, load_codes

SHAPE = "1"  # of what is written; a browser keeps each version for ever
STEP = " › "


@lru_cache(maxsize=256)
def address_of(codes: CodeList, levels: tuple[str, ...] = ()) -> str:
    """Where the codes of these levels are read; another address once they change."""
    return reverse("common:code_list", args=["-".join((codes.name, *levels)), _version(codes)])


def path_of(codes: CodeList, above: CodeList, code: Code) -> str:
    """What stands above the code, widest first: "临床医学" for 内科学; "" at the top."""
    steps = codes.path(code.parent) or above.path(code.parent)
    return STEP.join(step.label for step in steps)


def list_named(named: str) -> tuple[CodeList, tuple[str, ...]]:
    """The list and the levels of an address; LookupError when there is no such list."""
    name, *levels = named.split("-")
    return _lists()[name], tuple(levels)


@lru_cache(maxsize=64)
def written(codes: CodeList, levels: tuple[str, ...]) -> tuple[str, bytes]:
    """The list's version, and its codes as JSON, packed with gzip.

    Each code is value, label, readings, the place of its path among `paths`, and the list's own
    attributes in their order.
    """
    above = _lists()[codes.parents or codes.name]
    paths: dict[str, int] = {}
    rows = [
        [
            code.value,
            code.label,
            readings(code.label),
            paths.setdefault(path_of(codes, above, code), len(paths)),
            *(code.attribute(name) for name in codes.attributes),
        ]
        for code in codes.in_force(levels)
    ]
    whole = {"attributes": codes.attributes, "paths": list(paths), "codes": rows}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return _version(codes), gzip.compress(text.encode(), mtime=0)


@lru_cache(maxsize=64)
def _version(codes: CodeList) -> str:
    said = repr((SHAPE, codes.attributes, codes.codes))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


@cache
def _lists() -> CodeLists:
    """The lists beside the packs, which all packs share."""
    return load_codes(Path(settings.PACKS_DIR) / "codes")
