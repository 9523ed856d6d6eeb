"""What was answered where a condition looked, in words: why it is not met."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juxian.records.labels import OFFICE_KINDS
from juxian.regulation.check_arguments import facts_known
from juxian.regulation.eligibility import Condition, Facts
from juxian.regulation.form import Field, FieldKind, Form, is_blank
from juxian.regulation.words import OfficeKind
from juxian.selectors.form_reading import words_of

ON_RECORD = {
    "employer.kind": gettext_lazy("单位类型"),
    "employer.nonpublic": gettext_lazy("是否非公有制单位"),
    "employer.affiliation": gettext_lazy("隶属关系"),
    "employer.region": gettext_lazy("所在地区"),
}
LISTS = {"employer.affiliation": "affiliations", "employer.region": "regions"}


def answered_to(form: Form, condition: Condition, facts: Facts) -> str:
    """ "国籍填的是“其他国家”"; "" where nothing was answered that a person could read."""
    known = facts_known(form)
    exception = condition.unless.field if condition.unless else ""
    said = []
    for name in condition.named:
        asked, value = known.get(name), facts.get(name)
        if name in ON_RECORD:
            said.append(_on_record(form, name, value))
        elif asked is not None and asked.kind is FieldKind.ROWS:
            said.append(_in_rows(form, asked, condition.given.get("column", ""), value or ()))
        elif asked is not None and _is_told(asked) and name != exception and not is_blank(value):
            said.append(_typed(asked, words_of(form, asked, value)))
    return "，".join(said)


def _is_told(asked: Field) -> bool:
    return asked.kind is not FieldKind.LONG_TEXT


def _on_record(form: Form, name: str, value: Any) -> str:
    if is_blank(value):
        return _("机构名录没有登记%(name)s") % {"name": ON_RECORD[name]}
    if isinstance(value, bool):
        words = _("是") if value else _("否")
    elif name in LISTS:
        code = form.codes[LISTS[name]].get(str(value))
        words = code.label if code is not None else str(value)
    else:
        words = str(OFFICE_KINDS[OfficeKind(value)])
    return _("机构名录登记的%(name)s是“%(words)s”") % {"name": ON_RECORD[name], "words": words}


def _in_rows(form: Form, table: Field, column: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """What every row has in that column, each thing once."""
    asked = next((one for one in table.columns if one.code == column), None)
    if asked is None or not rows:
        return _("“%(table)s”没有填写") % {"table": table.label}
    words = dict.fromkeys(words_of(form, asked, row.get(column)) for row in rows)
    return _typed(asked, "”“".join(one for one in words if one))


def _typed(asked: Field, words: str) -> str:
    if not words:
        return _("%(label)s没有填写") % {"label": asked.label}
    return _("%(label)s填的是“%(words)s”") % {"label": asked.label, "words": words}
