"""Whether a paper is what is on file, by its number and the check code under its pages."""

from dataclasses import dataclass

from juxian.papers.on_file import on_file
from juxian.papers.page_mark import DIGEST_SHOWN, PageMark
from juxian.papers.proof import Verdict, verdict


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """`is_current` is false of a paper that a later turn, taking back or a second evaluation has
    made void.

    `page` is the page whose code was given, of an earlier turn's paper: `is_kept` if it says what
    the present one says. Without its code no page is judged, though some `may_be_kept`.
    """

    number: str
    turn: int
    is_current: bool
    current_turn: int
    is_taken_back: bool = False  # and so no turn counts
    is_corrected: bool = False  # the record of an evaluation, by another one
    page: int = 0
    is_kept: bool = False
    may_be_kept: bool = False


def check_paper(number: str, code: str, mark: PageMark | None = None) -> PaperCheck | None:
    """None, alike, for an unknown number and a code that is not its own; dashes are left out."""
    digits = "".join(symbol for symbol in code.lower() if symbol in "0123456789abcdef")
    known = on_file(number.strip().upper()) if len(digits) == DIGEST_SHOWN else None
    if known is None:
        return None
    for turn, digest in (*known.earlier.items(), (known.turn, known.digest)):
        if digest.startswith(digits):
            taken = known.is_taken_back
            is_current = turn == known.turn and not (taken or known.is_corrected)
            return PaperCheck(
                number.strip().upper(),
                turn,
                is_current,
                known.turn,
                taken,
                known.is_corrected,
                page=mark.page if mark and turn in known.printings else 0,
                is_kept=mark is not None and verdict(mark, known) is Verdict.KEPT,
                may_be_kept=not mark and not taken and turn in known.printings,
            )
    return None
