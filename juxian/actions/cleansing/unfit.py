"""What cleansing answers: a clean file, or why there is none."""

from dataclasses import dataclass

from juxian.regulation.secrecy import Marking


class Unfit(Exception):
    """The file cannot be kept; `reason` is a code that `actions.intake` has a sentence for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Clean:
    """A file made anew. `cautions` are codes of what its giver should hear about it."""

    content: bytes
    media_type: str
    pages: int = 1
    marking: Marking | None = None
    cautions: tuple[str, ...] = ()
