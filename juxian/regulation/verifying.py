"""What a pack says of verifying: reasons of a return, checklists, how often."""

from dataclasses import dataclass

from juxian.regulation.problems import STRICT
from juxian.regulation.refusal import NotPossible
from juxian.regulation.words import Level

PLACE = "{place}"


@dataclass(frozen=True, slots=True)
class ReturnReason:
    """A reason for returning something; `says` is how to mend it, to be edited, "" for none."""

    __pydantic_config__ = STRICT

    code: str
    title: str
    clause: str
    says: str = ""

    def sentence(self, place: str) -> str:
        return self.says.replace(PLACE, place)


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """A question that offices of a level answer before they pass a file (审核要点)."""

    __pydantic_config__ = STRICT

    code: str
    level: Level
    says: str
    clause: str
    tracks: tuple[str, ...] = ()

    def is_for(self, level: Level, track: str) -> bool:
        return self.level is level and track in (self.tracks or (track,))


def check_may_return(most: int | None, done: int) -> None:
    """A step that may return so often returns no further; None: as often as needed."""
    if most is not None and done >= most:
        raise NotPossible(
            f"本环节最多退回{most}次，已经用完；请审核通过或不予通过，"
            "仍有疑问的请联系申报人书面说明后作出认定"
        )
