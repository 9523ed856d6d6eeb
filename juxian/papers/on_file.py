"""What a paper's number stands for now: the turns of a form, or a list's paper made anew."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from juxian.papers import (
    annexes,
    evaluation_summary,
    nomination_form,
    packing_list,
    parcel_letters,
    receipt,
)
from juxian.papers.parcel_letters import SUFFIXES, LetterInput
from juxian.papers.proof import OnFile
from juxian.papers.sheet import Stamp
from juxian.records.clock import now
from juxian.regulation.refusal import NotReady
from juxian.selectors.file_documents import annexes_of, submitted_numbered
from juxian.selectors.paper import printings_of, turns_of
from juxian.selectors.paper_lists import (
    evaluation_input,
    evaluation_numbered,
    nomination_input,
    nomination_numbered,
    packing_input,
    parcel_numbered,
)
from juxian.selectors.parcel import awaited_on_file
from juxian.selectors.parcel_pile import pile_of
from juxian.selectors.reconsideration import corrector_of


def on_file(number: str) -> OnFile | None:
    """The lookup that `proof.judge` asks; None for a number nobody was given."""
    for pattern, look in BY_NUMBER.items():
        found = pattern.fullmatch(number)
        if found is not None:
            try:
                return look(found)
            except NotReady:
                return None
    return _form(number)


def _form(number: str) -> OnFile | None:
    turns = turns_of(number)
    if turns is None:
        return None
    last = max(turns.digests)
    return OnFile(
        last,
        turns.digests[last],
        turns.digests,
        is_taken_back=turns.is_taken_back,
        printings={turn: [*said.values()] for turn, said in printings_of(number).items()},
    )


def _receipt(found: re.Match[str]) -> OnFile | None:
    """Of the same turns; what the form's pages say is not what a receipt's say."""
    form = _form(found[1])
    return form and replace(form, printings={})


def _nomination(found: re.Match[str]) -> OnFile | None:
    item = nomination_numbered(found[1])
    return None if item is None else _made(nomination_form.sheet_of(nomination_input(item)).stamp)


def _annexes(found: re.Match[str]) -> OnFile | None:
    file = submitted_numbered(found[1])
    return None if file is None else _made(annexes.sheet_of(annexes_of(file)).stamp)


def _evaluation(found: re.Match[str]) -> OnFile | None:
    proceeding = evaluation_numbered(int(found[1]))
    if proceeding is None:
        return None
    made = _made(evaluation_summary.sheet_of(evaluation_input(proceeding)).stamp)
    return replace(made, is_corrected=corrector_of(proceeding) is not None)


def _packing(found: re.Match[str]) -> OnFile | None:
    sender = parcel_numbered(int(found[1]), int(found[2]))
    if sender is None:
        return None
    given = packing_input(*sender)
    parcel = next((parcel for parcel in given.parcels if parcel.number == found[0]), None)
    return None if parcel is None else _made(packing_list.sheet_of(given, parcel).stamp)


def _letter(found: re.Match[str]) -> OnFile | None:
    awaited = awaited_on_file(found[1])
    if awaited is None:
        return None
    given = LetterInput(pile_of(awaited), now(), "")
    title = next(title for title, suffix in SUFFIXES.items() if suffix == found[2])
    return _made(parcel_letters.sheet_of(given, title).stamp)


def _made(stamp: Stamp) -> OnFile:
    return OnFile(stamp.turn, stamp.digest, {}, keeps_earlier=False)


BY_NUMBER: Mapping[re.Pattern[str], Callable[[re.Match[str]], OnFile | None]] = {
    re.compile(r"(ZX-\d{1,9}-\d{1,9}-\w{1,4})(-[QH])"): _letter,
    re.compile(rf"(.+){nomination_form.SUFFIX}"): _nomination,
    re.compile(rf"(.+){receipt.SUFFIX}"): _receipt,
    re.compile(rf"(.+){annexes.SUFFIX}"): _annexes,
    re.compile(r"PY-(\d{1,18})"): _evaluation,
    re.compile(r"ZX-(\d{1,18})-(\d{1,18})-.+"): _packing,
}
