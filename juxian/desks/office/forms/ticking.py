"""What was ticked in a file: 属实 or 存疑 with a note, for as many blocks as were sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from juxian.actions.ticking import Ticked
from juxian.regulation.refusal import NotReady, Refusal
from juxian.selectors.blocks import Block, Blocks

HOLDS = {"yes": True, "no": False}
NOTE_LIMIT = 300


@dataclass
class TickForm:
    """Blocks that were not sent are left out; one sent as it stands already changes nothing."""

    sent: Mapping[str, str]
    blocks: Blocks
    faults: dict[str, str] = field(default_factory=dict)
    sentence: str = ""

    def answer(self, place: str) -> str:
        return self.sent.get(f"holds:{place}", "")

    def note(self, place: str) -> str:
        return self.sent.get(f"note:{place}", "").strip()

    @property
    def turn(self) -> int:
        turn = self.sent.get("turn", "")
        return int(turn) if turn.isdecimal() else 0

    @property
    def ticks(self) -> list[Ticked]:
        changed = (
            block
            for block in self.blocks
            if self.answer(block.place) in HOLDS and self._differs(block)
        )
        return [
            Ticked(one.place, HOLDS[self.answer(one.place)], self.note(one.place))
            for one in changed
        ]

    def is_valid(self) -> bool:
        for one in self.ticks:
            if len(one.note) > NOTE_LIMIT:
                self.faults[one.place] = _("请压缩到%(limit)d字以内") % {"limit": NOTE_LIMIT}
        self.sentence = next(iter(self.faults.values()), "")
        return not self.faults

    def refused(self, refusal: Refusal) -> None:
        self.sentence = str(refusal)
        if isinstance(refusal, NotReady):
            self.faults |= dict(refusal.faults)

    @property
    def shown(self) -> Blocks:
        """The blocks with what was typed, and the faults beside it."""
        return self.blocks.typed(
            {
                block.place: (
                    self.answer(block.place),
                    self.note(block.place),
                    self.faults.get(block.place, ""),
                )
                for block in self.blocks
                if f"note:{block.place}" in self.sent
            }
        )

    def _differs(self, block: Block) -> bool:
        answer = self.answer(block.place)
        said = (answer, self.note(block.place) if answer == "no" else "")
        return said != (block.answer, block.note)
