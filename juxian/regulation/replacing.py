"""Which pages of a form to print again (替换页), and which of an earlier turn still count.

A turn may have been printed more than once, and by then an opinion may have been in its box: so
there may be several printings of a turn. Without knowing which of them a sheet of paper comes
from, its page counts only if each of them says on it what one of the present turn's says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SIDES = 2  # pages on a leaf


@dataclass(frozen=True, slots=True)
class Pages:
    """What a printing says, page by page, as digests; the same in each of its copies."""

    copies: int
    pages: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """What stands in every foot: 共3份, 共8页."""
        return self.copies, len(self.pages)


def is_kept(page: int, before: Sequence[Pages], now: Sequence[Pages]) -> bool:
    """Whether the page of that number, from 1, says now what it said before.

    `before` are the printings of one shape. Those of another, now, are left aside: their every
    foot differs.
    """
    shapes = {one.shape for one in before}
    if len(shapes) != 1:
        return False
    (shape,) = shapes
    present = {one.pages[page - 1] for one in now if one.shape == shape and 1 <= page <= shape[1]}
    return bool(present) and {one.pages[page - 1] for one in before} <= present


def changed_pages(before: Sequence[Pages], now: Sequence[Pages]) -> tuple[int, ...]:
    """The pages to print again; all of the latest printing when there are more or fewer of them."""
    shapes = {one.shape for one in before}
    last = next((len(one.pages) for one in now if one.shape in shapes), _last(now))
    return tuple(page for page in range(1, last + 1) if not is_kept(page, before, now))


def _last(printings: Sequence[Pages]) -> int:
    return len(printings[-1].pages) if printings else 0


def leaves_of(pages: Iterable[int], last: int) -> tuple[int, ...]:
    """These pages with what is printed on the other side of their leaves; a copy has `last`."""
    fronts = {page - (page - 1) % SIDES for page in pages}
    sides = (front + side for front in sorted(fronts) for side in range(SIDES))
    return tuple(page for page in sides if page <= last)
