"""What is locked installs on any later day: a wanted extra is locked with its package."""

import re
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = Path(__file__).parents[2] / "requirements"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+(?:\[[^\]]+\])?)==", re.MULTILINE)


def locked(lock: str) -> dict[str, set[str]]:
    """The packages of a lock file, each with its extras."""
    rows = (Requirement(row) for row in LOCKED.findall(lock))
    return {canonicalize_name(row.name): row.extras for row in rows}


def bare_extras(lock: str) -> list[str]:
    """Wants that pip answers with the newest release instead of the locked one, and so refuses."""
    known = locked(lock)
    return [
        f"{name} wants {want.name}[{','.join(sorted(want.extras))}]"
        for name, extras in known.items()
        for want in _wants(name, extras)
        if not want.extras <= known.get(canonicalize_name(want.name), set())
    ]


def _wants(name: str, extras: Iterable[str]) -> list[Requirement]:
    try:
        rows = [Requirement(row) for row in requires(name) or ()]
    except PackageNotFoundError:  # locked for another machine than this
        return []
    chosen = [{"extra": extra} for extra in ("", *extras)]
    return [
        row
        for row in rows
        if row.extras and (row.marker is None or any(row.marker.evaluate(one) for one in chosen))
    ]


@pytest.mark.parametrize("lock", ["runtime.txt", "dev.txt", "ocr.txt"])
def test_a_wanted_extra_is_locked_with_its_package(lock: str) -> None:
    text = (LOCKS / lock).read_text()

    assert len(locked(text)) > 15
    assert bare_extras(text) == []


def test_a_lock_without_its_extras_is_found() -> None:
    text = (LOCKS / "dev.txt").read_text().replace("coverage[toml]==", "coverage==")

    assert bare_extras(text) == ["pytest-cov wants coverage[toml]"]
