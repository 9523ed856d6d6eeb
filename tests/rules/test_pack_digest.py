"""What a pack's digest sees: every byte of the folder and of the code lists, and nothing else."""

import shutil
from pathlib import Path

import pytest

from juxian.regulation.pack_reading import digest, load

PACKS = Path(__file__).parents[2] / "packs"
PACK = load(PACKS / "2020-special-allowance")


@pytest.fixture
def copy(tmp_path):
    for part in ("2020-special-allowance", "codes"):
        shutil.copytree(PACKS / part, tmp_path / part)
    return tmp_path / "2020-special-allowance"


def test_a_copy_has_the_same_digest_whatever_its_folder_is_called(copy):
    renamed = copy.rename(copy.with_name("another-name"))

    assert digest(renamed) == PACK.digest


@pytest.mark.parametrize("file", ["call.toml", "fields.toml", "clauses.toml", "README.md"])
def test_one_byte_changes_the_digest(copy, file):
    with (copy / file).open("ab") as opened:
        opened.write(b"\n")

    assert digest(copy) != PACK.digest


def test_a_changed_code_list_changes_the_digest(copy):
    with (copy.parent / "codes" / "regions.tsv").open("ab") as opened:
        opened.write(b"\n")

    assert digest(copy) != PACK.digest


def test_a_file_more_or_one_renamed_changes_the_digest(copy):
    (copy / "note.txt").write_bytes(b"")
    with_note = digest(copy)
    (copy / "note.txt").rename(copy / "other.txt")

    assert len({PACK.digest, with_note, digest(copy)}) == 3
