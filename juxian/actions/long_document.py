"""Documents of many pages (登记表合订本、证明材料汇编), to be taken away as one PDF."""

from collections.abc import Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from juxian.actions.trace import Left
from juxian.actions.wanted import Wanted
from juxian.papers.documents import LONG
from juxian.papers.sheet import Reported
from juxian.records.models import Person
from juxian.regulation.refusal import NotPossible
from juxian.selectors.document_subjects import name_of, subject_of


def wanted_document(person: Person, code: str, key: str) -> Wanted:
    """NotPossible for one that the person's duties do not reach, NotReady before its time."""
    subject = subject_of(person, code, key)
    if subject is None or code not in LONG:
        raise NotPossible(_("没有这份文书"))
    long = LONG[code]
    total = long.count(subject)

    def write(into: BinaryIO, reported: Reported) -> Sequence[Left]:
        long.write(subject, into, reported)
        return [Left("print", subject.about, {"document": code})]

    is_long = total > long.at_once
    return Wanted(f"{name_of(subject)}.pdf", total, is_long, write)
