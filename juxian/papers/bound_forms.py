"""The forms of everybody on a list, one copy each, bound into one PDF (登记表合订本)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pikepdf

from juxian.papers import application_form, render
from juxian.papers.sheet import FormSheet, Reported
from juxian.records.models import Application
from juxian.selectors.file_documents import form_of_turn


def bound_forms(files: Sequence[Application], into: BinaryIO, reported: Reported) -> None:
    """In the order given; a file's pages stay its own. In memory are some forms at a time."""
    with TemporaryDirectory() as kept:
        folder = Path(kept)
        printed = render.render_many(application_form.TEMPLATE, _sheets(files))
        for done, form in enumerate(printed, start=1):
            (folder / f"{done:06}.pdf").write_bytes(form)
            reported(done)
        forms = map(str, sorted(folder.iterdir()))
        book = folder / "book.pdf"
        words = ("--empty", "--deterministic-id", "--pages", *forms, "--", str(book))
        pikepdf.Job(["qpdf", *words]).run()
        with book.open("rb") as content:
            copyfileobj(content, into)


def _sheets(files: Sequence[Application]) -> Iterator[FormSheet]:
    for file in files:
        yield application_form.sheet_of(replace(form_of_turn(file), copies=1))
