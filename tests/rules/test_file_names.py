"""Which material a file's name tells of."""

from pathlib import Path

import pytest

from juxian.regulation.file_names import material_named
from juxian.regulation.pack_reading import load

MATERIALS = load(Path(__file__).parents[2] / "packs" / "2020-special-allowance").materials


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("身份证.jpg", "id_card"),
        ("获奖证书3.pdf", "awards"),
        ("硕士学位证.pdf", "education"),
        ("一线抗疫证明.pdf", "epidemic"),
        ("百千万人才工程荣誉.pdf", "national_talent"),  # the longer word
        ("论文和专利.pdf", ""),  # two things at once
        ("扫描件001.pdf", ""),
        ("", ""),
    ],
)
def test_a_file_is_for_what_its_name_tells_of(name: str, code: str):
    assert material_named(name, MATERIALS) == code
