"""Which answers of a form hang on others: asked because of them, or bound to agree with them."""

from collections.abc import Collection, Iterator

from juxian.regulation.form import Field, Form


def with_dependents(form: Form, paths: Collection[str]) -> frozenset[str]:
    """The paths, and all that must be answerable once these may change.

    A path is "section" or "section.field"; a table stands for all its columns.
    """
    found = set(paths)
    while True:
        more = {
            f"{section.code}.{asked.code}"
            for section in form.sections
            for asked in section.fields
            if any(_is_among(found, path) for path in _hangs_on(section.code, asked))
        }
        if more <= found:
            return frozenset(found)
        found |= more


def _is_among(paths: Collection[str], path: str) -> bool:
    return path in paths or path.partition(".")[0] in paths


def _hangs_on(section: str, asked: Field) -> Iterator[str]:
    """Full paths of the answers that a field, or a column of a table, is decided by."""
    beside = (asked.follows.partition(".")[0], asked.within, *asked.one_row_each)
    yield from (f"{section}.{name}" for name in beside if name)
    if asked.same_as:
        yield asked.same_as
    for when in (asked.shown_when, asked.required_when):
        if when is not None:
            yield when.field if "." in when.field else f"{section}.{when.field}"
    for column in asked.columns:
        for when in (column.shown_when, column.required_when):
            if when is not None and "." in when.field:
                yield when.field
