"""The reports of all offices merged into one document (总结材料汇编), to be taken away."""

from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from juxian.actions.trace import Left
from juxian.actions.wanted import Wanted
from juxian.papers.merged_report import write_pdf, write_word
from juxian.papers.sheet import Reported
from juxian.records.clock import now
from juxian.records.models import Person
from juxian.regulation.refusal import NotPossible
from juxian.selectors.merged_report import MergedInput, merged_input
from juxian.selectors.report import by_key

AT_ONCE = 3  # offices; some thousand characters each
WAYS: Mapping[str, tuple[str, Callable[[MergedInput, BinaryIO], None]]] = {
    "merged_report": (".pdf", write_pdf),
    "merged_report_word": (".docx", write_word),
}


def wanted_merged(person: Person, code: str, key: str) -> Wanted:
    """NotPossible for reports that do not come to the person, NotReady before there is one."""
    asked = by_key(person, key)
    if asked is None:
        raise NotPossible(_("没有这份总结材料"))
    given = merged_input(asked)
    suffix, writes = WAYS[code]
    total = len(given.said)

    def write(into: BinaryIO, reported: Reported) -> Sequence[Left]:
        writes(given, into)
        reported(total)
        return [Left("print", asked.cycle, {"document": code})]

    name = f"{asked.report.title}{_('汇编')}-{timezone.localtime(now()):%Y%m%d}{suffix}"
    return Wanted(name, total, total > AT_ONCE, write)
