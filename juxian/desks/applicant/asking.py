"""Questions as a page asks them: which control each field of the pack's form gets, and what is
read back from it. Works for any form; a row of a table is asked like a small section."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from juxian.desks.applicant.menus import is_long, kept, menu_of, picked
from juxian.desks.common.code_lists import address_of
from juxian.regulation.answers import Fault
from juxian.regulation.cleaning import begun_by, brought_out
from juxian.regulation.fields import Field, FieldKind, Form, When
from juxian.regulation.identity import CREDIT_CODE_SAYS, RESIDENT_ID_SAYS
from juxian.regulation.pack import Pack
from juxian.selectors.form_reading import is_asked, words_of

EXAMPLES = {FieldKind.YEAR_MONTH: "2015-03", FieldKind.DATE: "2015-03-01"}
FEW = 8  # options that still are radio buttons
SHORT = 8  # letters of an option that still stand side by side
SELECTS = 3  # picks of a long list that get a drop-down each

GROUPS = ("radios", "yes_no", "checks", "selects")
MENUS = ("select", "selects")

INPUT_MODES = {
    FieldKind.DATE: "numeric",
    FieldKind.YEAR_MONTH: "numeric",
    FieldKind.YEAR: "numeric",
    FieldKind.INTEGER: "numeric",
    FieldKind.MONEY: "decimal",
    FieldKind.MOBILE: "tel",
    FieldKind.PHONE: "tel",
    FieldKind.EMAIL: "email",
    FieldKind.POSTCODE: "numeric",
}
NUMBERS = {
    FieldKind.RESIDENT_ID: RESIDENT_ID_SAYS,
    FieldKind.CREDIT_CODE: CREDIT_CODE_SAYS,
}
SHORT_KINDS = (
    FieldKind.DATE,
    FieldKind.YEAR_MONTH,
    FieldKind.YEAR,
    FieldKind.INTEGER,
    FieldKind.MONEY,
    FieldKind.POSTCODE,
)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_picked: bool
    parent: str = ""  # what it belongs to among the answers above (within)


@dataclass(frozen=True, slots=True)
class Question:
    """One field on a page. `widget` is the name of its control; `id` is also its anchor."""

    field: Field
    id: str
    widget: str
    value: str = ""
    options: tuple[Option, ...] = ()  # of radio buttons and tick boxes
    menus: tuple[SafeString, ...] = ()  # of drop-downs: the options of each
    codes: str = ""  # where the whole of a long list is read, when a menu has only its pick
    faults: tuple[str, ...] = ()
    when: str = ""
    source: str = ""  # where it was brought from, in words
    is_open: bool = True
    text: str = ""  # the answer in words, for reading
    follows: str = ""  # JSON for the script: which answer brings this one out, and how
    begins: str = ""  # JSON for the script: what each answer beside it begins this one with
    decides: str = ""  # what the answer decides: whether one may apply at all
    is_listed: bool = False  # whether the page has a list of earlier answers to take one from

    @property
    def is_group(self) -> bool:
        """Whether several controls answer it together."""
        return self.widget in GROUPS

    @property
    def across(self) -> bool:
        return all(len(option.label) <= SHORT for option in self.options)

    @property
    def input_mode(self) -> str:
        return INPUT_MODES.get(self.field.kind, "")

    @property
    def says(self) -> str:
        """JSON for the script: what is said of a number that cannot be right."""
        says = NUMBERS.get(self.field.kind)
        return json.dumps(says, ensure_ascii=False) if says else ""

    @property
    def entry(self) -> bool:
        """Whether the script shows what was typed the way it is kept."""
        return self.field.kind in (FieldKind.DATE, FieldKind.YEAR_MONTH, FieldKind.YEAR)

    @property
    def example(self) -> str:
        return self.field.example or EXAMPLES.get(self.field.kind, "")

    @property
    def width(self) -> str:
        if self.field.kind in SHORT_KINDS:
            return "w-short"
        return "" if (self.field.limit or 0) > 60 else "w-mid"  # noqa: PLR2004 - letters

    @property
    def is_optional(self) -> bool:
        return not (self.field.required or self.field.required_when)

    @property
    def described_by(self) -> str:
        hint = self.field.help or self.example or self.decides
        named = {"hint": hint, "fault": self.faults, "source": self.source}
        return " ".join(f"{self.id}-{name}" for name, said in named.items() if said)


@dataclass(frozen=True, slots=True)
class Page:
    """What questions are made with: the form, what was typed, what is amiss, what may be mended."""

    form: Form
    values: Mapping[str, Any]
    faults: Sequence[Fault] = ()
    prefix: str = ""  # of fault paths: "awards.<row>."
    anchor: str = "f"  # before the ids of its controls, where two pages stand on one
    opened: frozenset[str] | None = None  # None: all
    sources: Mapping[str, str] = field(default_factory=dict)
    siblings: Sequence[Field] = field(default=())
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # of other sections
    deciding: Mapping[str, str] = field(default_factory=dict)  # see `deciding_in`
    listed: frozenset[str] = frozenset()  # columns that were answered before, see `earlier_answers`
    whole: bool = False  # menus with all their options, however long: for pages without scripts

    def questions(self, fields: Iterable[Field]) -> tuple[Question, ...]:
        """A question that is closed is there only if it is asked; the script folds open ones."""
        made = (self._question(asked) for asked in fields if asked.kind is not FieldKind.ROWS)
        return tuple(
            one for one in made if one.is_open or is_asked(one.field, self.values, self.answers)
        )

    def _question(self, asked: Field) -> Question:
        value = self.values.get(asked.code)
        widget = widget_of(self.form, asked, in_row=bool(self.prefix))
        return Question(
            field=asked,
            id=f"{self.anchor}-{asked.code}",
            widget=widget,
            value=_typed(value),
            options=self._options(asked, value) if widget in ("radios", "checks") else (),
            menus=self._menus(asked, value) if widget in MENUS else (),
            codes=self._codes(asked) if widget in MENUS else "",
            faults=tuple(f.message for f in self.faults if f.path == self.prefix + asked.code),
            when=_when(asked.shown_when),
            source=self.sources.get(asked.code, ""),
            follows=self._follows(asked),
            begins=self._begins(asked),
            is_open=self.opened is None or asked.code in self.opened,
            text=words_of(self.form, asked, value),
            decides=self.deciding.get(asked.code, ""),
            is_listed=asked.code in self.listed,
        )

    def _follows(self, asked: Field) -> str:
        name, _dot, attribute = asked.follows.partition(".")
        source = next((one for one in self.siblings if one.code == name), None)
        if source is None:
            return ""
        values = brought_out(self.form, source, asked)
        said = {key: _typed(value) for key, value in values.items()}
        how = {"field": name, "label": source.label, "attribute": attribute, "values": said}
        return json.dumps(how, ensure_ascii=False)

    def _begins(self, asked: Field) -> str:
        name = asked.begins_as.partition(".")[0]
        source = next((one for one in self.siblings if one.code == name), None)
        if source is None:
            return ""
        values = begun_by(self.form, source, asked)
        how = {"field": name, "label": source.label, "values": values}
        return json.dumps(how, ensure_ascii=False)

    def _options(self, asked: Field, value: Any) -> tuple[Option, ...]:
        picks = {str(one) for one in value} if isinstance(value, list) else {_typed(value)}
        return tuple(
            Option(choice.value, choice.label, choice.value in picks, choice.parent)
            for choice in self.form.options(asked)
        )

    def _menus(self, asked: Field, value: Any) -> tuple[SafeString, ...]:
        picks = [_typed(value)]
        if asked.kind is FieldKind.CHOICES:
            several = [str(one) for one in value] if isinstance(value, list) else []
            most = int(asked.maximum or SELECTS)
            picks = [*several, *[""] * most][:most]
        if not self.whole and is_long(self.form, asked):
            return tuple(kept(self.form, asked, pick) for pick in picks)
        menu = menu_of(self.form, asked, self.siblings)
        return tuple(picked(menu, pick) for pick in picks)

    def _codes(self, asked: Field) -> str:
        if self.whole or not is_long(self.form, asked):
            return ""
        return address_of(self.form.codes[asked.code_list], asked.code_levels)


def deciding_in(pack: Pack, section: str) -> dict[str, str]:
    """The questions on who is left out (不在选拔范围), by the section's field that answers each.

    What excepts somebody (unless) answers another question, and is not asked by this one.
    """
    asked: dict[str, str] = {}
    for condition in pack.conditions:
        if condition.exclusion:
            excepting = condition.unless.field if condition.unless else ""
            names = (name.partition(".") for name in condition.named if name != excepting)
            code = next((code for part, _dot, code in names if part == section), "")
            asked.setdefault(code, condition.question)
    return asked


def widget_of(form: Form, asked: Field, *, in_row: bool) -> str:
    """The control of a field: text words photo tick radios checks select selects."""
    match asked.kind:
        case FieldKind.LONG_TEXT:
            return "words"
        case FieldKind.PHOTO:
            return "photo"
        case FieldKind.BOOLEAN:
            return "tick" if asked.affirm or (in_row and not asked.required) else "yes_no"
        case FieldKind.CHOICE | FieldKind.CODE:
            few = len(form.options(asked)) <= FEW
            return "radios" if few else "select"
        case FieldKind.CHOICES:
            long = bool(asked.code_list) and len(form.options(asked)) > 3 * FEW
            return "selects" if long else "checks"
    return "text"


def raw_of(
    form: Form, fields: Iterable[Field], posted: QueryDict, *, in_row: bool = False
) -> dict[str, object]:
    """What the page sent for these fields, as `clean` reads it; photographs come by themselves."""
    raw: dict[str, object] = {}
    for asked in fields:
        widget = widget_of(form, asked, in_row=in_row)
        if asked.kind in (FieldKind.ROWS, FieldKind.PHOTO):
            continue
        if asked.kind is FieldKind.CHOICES:
            raw[asked.code] = [one for one in posted.getlist(asked.code) if one]
        elif widget == "tick":
            raw[asked.code] = asked.code in posted or ("" if asked.affirm else False)
        else:
            raw[asked.code] = posted.get(asked.code, "")
    return raw


def _typed(value: Any) -> str:
    """A kept value as it stands in a control."""
    if value is None or isinstance(value, list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _when(when: When | None) -> str:
    """For the script that folds away what is not asked; pages without it show everything."""
    if when is None or "." in when.field:
        return ""
    wanted = (when.equals,) if when.equals is not None else when.one_of
    said = ["true" if one is True else "false" if one is False else str(one) for one in wanted]
    return json.dumps({"field": when.field, "filled": when.filled, "one_of": said})
