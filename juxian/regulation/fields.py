"""The application form as data: read strictly from a pack, and how its text is counted."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pydantic

from juxian.regulation.codes import CodeLists, load_codes
from juxian.regulation.form import (
    Choice,
    EntryKind,
    Field,
    FieldKind,
    Form,
    Section,
    Tally,
    When,
    is_blank,
)
from juxian.regulation.form_checks import faults_of
from juxian.regulation.problems import STRICT, PackProblem, read_as

__all__ = [
    "Choice",
    "EntryKind",
    "Field",
    "FieldKind",
    "Form",
    "FormError",
    "Section",
    "Tally",
    "When",
    "count_characters",
    "is_blank",
    "load_form",
    "read_form",
]


class FormError(ValueError):
    """The form does not say what a form must say; `problems` lists every reason."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class FieldsFile:
    __pydantic_config__ = STRICT

    tracks: tuple[str, ...]
    sections: Annotated[tuple[Section, ...], pydantic.Field(validation_alias="section")]


def count_characters(text: str) -> int:
    """Characters as a form's limits mean them (字数): code points, without white space.

    Chinese punctuation counts, and so does every letter of a Latin word.
    """
    return len("".join(text.split()))


def read_form(
    table: Mapping[str, object], *, file: str, codes: CodeLists
) -> tuple[Form | None, list[PackProblem]]:
    """The form, and all that is wrong with it or its code lists; None when it has no shape."""
    problems = list(codes.problems)
    entries, faults = read_as(FieldsFile, table, file)
    problems += faults
    if entries is None:
        return None, problems
    form = Form(entries.sections, entries.tracks, codes)
    problems += [PackProblem(file, key, reason) for key, reason in faults_of(form)]
    return form, problems


def load_form(folder: Path) -> Form:
    """The form of the pack in `folder`, with the code lists beside it; FormError if unsound."""
    table = tomllib.loads((folder / "fields.toml").read_text(encoding="utf-8"))
    codes = load_codes(folder.parent / "codes")
    form, problems = read_form(table, file="fields.toml", codes=codes)
    if form is None or problems:
        raise FormError(problems)
    return form
