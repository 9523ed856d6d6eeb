"""Copies of the 2020 pack to be spoiled."""

import shutil
from pathlib import Path

from juxian.regulation.pack_reading import read

PACKS = Path(__file__).parents[2] / "packs"


def copy_to(tmp_path):
    """The pack's folder, with the code lists beside it."""
    for part in ("2020-special-allowance", "codes"):
        shutil.copytree(PACKS / part, tmp_path / part)
    return tmp_path / "2020-special-allowance"


def spoil(folder, file, old, new):
    """Replace the first `old`, which must be there."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder):
    return [(problem.file, problem.key, problem.reason) for problem in read(folder)[1]]
