"""Whether a paper is what is on file, by its number and the check code under its pages."""

from dataclasses import dataclass

from juxian.papers.on_file import on_file
from juxian.papers.page_mark import DIGEST_SHOWN


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """`is_current` is false of a paper that a later turn, or taking back, has made void."""

    number: str
    turn: int
    is_current: bool
    current_turn: int
    is_taken_back: bool = False  # and so no turn counts


def check_paper(number: str, code: str) -> PaperCheck | None:
    """None, alike, for an unknown number and a code that is not its own; dashes are left out."""
    digits = "".join(symbol for symbol in code.lower() if symbol in "0123456789abcdef")
    known = on_file(number.strip().upper()) if len(digits) == DIGEST_SHOWN else None
    if known is None:
        return None
    for turn, digest in (*known.earlier.items(), (known.turn, known.digest)):
        if digest.startswith(digits):
            taken = known.is_taken_back
            is_current = turn == known.turn and not taken
            return PaperCheck(number.strip().upper(), turn, is_current, known.turn, taken)
    return None
