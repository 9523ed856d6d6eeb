"""Which pages of a parcel have been seen, which are missing, and which are not what is on file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

MARKED = {"application_form": "", "nomination_form": "-T"}
"""Papers of a person whose pages bear codes, by the pack's code: what follows the file's number."""
_NUMBER = re.compile(r"ZX-(\d{1,9})-(\d{1,9})-(\w{1,4})")


def parcel_number(cycle: int, office: int, letter: str) -> str:
    return f"ZX-{cycle}-{office}-{letter}"


def parts_of_number(number: str) -> tuple[int, int, str] | None:
    """Keys of cycle and office, and the track's letter; None for what is no parcel's number."""
    found = _NUMBER.fullmatch(number.strip().upper())
    return (int(found[1]), int(found[2]), found[3]) if found else None


class PageState(StrEnum):
    """What an officer learns of a page; the first five are what `papers.proof` finds of any."""

    EQUAL = "equal"  # 与现有数据一致
    KEPT = "kept"  # 较早一次提交的页，内容与现在相同
    SUPERSEDED = "superseded"  # 已作废：申报内容后来有修改
    DRAFT = "draft"  # 草稿，不作为报送材料
    FOREIGN = "foreign"  # 不是本系统现存申报的打印件
    ELSEWHERE = "elsewhere"  # 不在本邮包的清单上
    BY_HAND = "by_hand"  # 扫不出来，由人核对后登记

    @property
    def counts(self) -> bool:
        return self in (PageState.EQUAL, PageState.KEPT, PageState.BY_HAND)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper a parcel must hold; `pages` is 0 while nobody knows how many a copy has."""

    number: str
    turn: int
    copies: int
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that lay before an officer when the paper's turn was `present_turn`."""

    number: str
    copy: int
    page: int
    pages: int
    state: PageState
    present_turn: int


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: which of its pages count, and which lie there but are not what is on file."""

    number: int
    pages: int
    found: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()

    @property
    def missing(self) -> tuple[int, ...]:
        """Pages not seen, or seen only as something else; () of a copy nothing is known of."""
        return tuple(sorted(set(range(1, self.pages + 1)) - set(self.found)))

    @property
    def is_absent(self) -> bool:
        return not self.found and not self.wrong

    @property
    def is_whole(self) -> bool:
        return bool(self.found) and not self.missing


def copies_of(wanted: Wanted, seen: Iterable[Seen]) -> tuple[Copy, ...]:
    """The copies of a paper, from 1; what was seen before its present turn counts no more."""
    mine = [one for one in seen if one.number == wanted.number]
    now = [one for one in mine if one.present_turn == wanted.turn]
    counted = [one for one in now if one.state.counts]
    pages = max((one.pages for one in counted), default=0) or wanted.pages
    return tuple(_copy(number, pages, counted, mine) for number in range(1, wanted.copies + 1))


def _copy(number: int, pages: int, counted: Sequence[Seen], mine: Sequence[Seen]) -> Copy:
    found = {one.page for one in counted if one.copy == number}
    wrong = {one.page for one in mine if one.copy == number} - found
    return Copy(number, pages, tuple(sorted(found)), tuple(sorted(wrong)))


def runs_of(pages: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Numbers as runs: 1 2 3 7 is 1 to 3 and 7 to 7."""
    runs: list[tuple[int, int]] = []
    for page in sorted(set(pages)):
        if runs and runs[-1][1] == page - 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    return tuple(runs)
