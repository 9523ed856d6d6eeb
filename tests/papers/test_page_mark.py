"""A page's code says which page of which paper it is, and no other code is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.papers.page_mark import LONGEST, PageMark, code_svg, parse_mark

MARK = PageMark("XJ2020-A-00317", 2, "7f3a91c2d04e", 3, 8, 10)

marks = st.builds(
    PageMark,
    number=st.from_regex(r"[A-Z0-9][A-Z0-9-]{0,22}", fullmatch=True),
    turn=st.integers(0, 99),
    digest=st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
    copy=st.integers(1, 20),
    page=st.integers(1, 60),
    pages=st.integers(60, 120),
)


def test_a_mark_is_short_and_in_the_alphabet_that_keeps_modules_large():
    assert str(MARK) == "J1:XJ2020-A-00317:2:7F3A91C2D04E:3:8/10"
    assert len(str(MARK)) <= LONGEST


@given(marks)
def test_a_mark_is_read_back_as_it_was_written(mark):
    assert parse_mark(str(mark)) == mark


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.cn/J1:A:1:7F3A91C2D04E:1:1/2",
        "J2:XJ2020-A-00317:2:7F3A91C2D04E:3:8/10",
        "J1:XJ2020-A-00317:2:7F3A91C2D04:3:8/10",
        "J1:XJ2020-A-00317:2:7F3A91C2D04G:3:8/10",
        "J1:XJ2020-A-00317:2:7F3A91C2D04E:0:8/10",
        "J1:XJ2020-A-00317:2:7F3A91C2D04E:3:11/10",
        "J1:XJ2020-A-00317:2:7F3A91C2D04E:3:0/10",
        "J1:XJ2020-A-00317:2:7F3A91C2D04E:3:8/10 ",
        "J1:" + "X" * 60 + ":2:7F3A91C2D04E:3:8/10",
    ],
)
def test_a_code_of_another_kind_is_not_taken_for_a_mark(text):
    assert parse_mark(text) is None


def test_a_number_too_long_for_the_code_is_an_error():
    with pytest.raises(ValueError, match="at most 60"):
        code_svg(PageMark("X" * 50, 1, "7f3a91c2d04e", 1, 1, 1))
