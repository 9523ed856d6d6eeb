"""Each thing that a return asks for, as it was submitted and as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from juxian.records.models import Application, Correction, CorrectionItem, Evidence, Submission
from juxian.records.packs import pack_of
from juxian.selectors.changes import Change, changes_in
from juxian.selectors.correction import EVIDENCE, mended_paths
from juxian.selectors.facts import Answers, unsealed
from juxian.selectors.form_reading import Line, Part, read


@dataclass(frozen=True, slots=True)
class Asked:
    """`was` and `now` are a field's words, or titles of files; of a section or a table, what
    changed in it."""

    item: CorrectionItem
    is_mended: bool = False
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    is_photo: bool = False

    @property
    def is_done(self) -> bool:
        return self.is_mended or bool(self.item.reply)


def asked_of(
    application: Application,
    correction: Correction,
    answers: Answers,
    files: Sequence[Evidence],
) -> tuple[Asked, ...]:
    """In the order of the return. 2 queries, beside its items."""
    before = Submission.objects.get(application=application, turn=correction.turn)
    mended = mended_paths(correction, answers, files)
    form = pack_of(application.cycle).form.for_track(application.track)
    parts = read(form, answers, unsealed(before.answers))
    return tuple(
        replace(
            _of_files(item, before, files)
            if item.path.partition(".")[0] == EVIDENCE
            else _of_form(item, parts),
            is_mended=item.path in mended,
        )
        for item in correction.items.all()
    )


def _of_files(item: CorrectionItem, before: Submission, files: Sequence[Evidence]) -> Asked:
    material = item.path.partition(".")[2]
    was = [one["title"] for one in before.evidence if material in ("", one["material"])]
    now = [file.title for file in files if material in ("", file.material)]
    return Asked(item, was=tuple(was), now=tuple(now))


def _of_form(item: CorrectionItem, parts: Sequence[Part]) -> Asked:
    code, _dot, field = item.path.partition(".")
    part = next((one for one in parts if one.code == code), None)
    if part is None:
        return Asked(item)
    line = next((one for one in part.lines if one.path == item.path), None)
    if line is not None:
        return _of_line(item, line)
    path = f"{code}.{field.partition('.')[0]}"
    tables = tuple(one for one in part.tables if not field or one.path == path)
    lines = part.lines if not field else ()
    within = Part(part.code, part.number, part.title, lines, tables)
    return Asked(item, changes=changes_in([within]))


def _of_line(item: CorrectionItem, line: Line) -> Asked:
    was = line.text if line.was is None else line.was
    return Asked(item, was=(was,), now=(line.text,), is_photo=line.is_photo)
