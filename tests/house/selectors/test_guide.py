"""Where the notice says it, for readers who have the notice and not our ids."""

import pytest

from juxian.records.packs import pack_named
from juxian.selectors.guide import cites
from tests.house.world import PACK


@pytest.mark.parametrize(
    ("clauses", "said"),
    [
        ("R44", "通知四（一）"),
        ("R44 R44", "通知四（一）"),
        ("R1 R3", "通知标题；通知一（一）"),
        ("unknown", "unknown"),
    ],
)
def test_a_clause_is_cited_by_its_place_in_the_notice(clauses, said):
    assert cites(pack_named(PACK), clauses) == said


def test_a_place_within_another_is_enough():
    pack = pack_named(PACK)
    whole, part = (one for one in pack.clauses if one.cite in ("通知一", "通知一（一）"))

    assert cites(pack, f"{whole.id} {part.id}") == cites(pack, f"{part.id} {whole.id}")
    assert cites(pack, f"{whole.id} {part.id}") == "通知一（一）"
