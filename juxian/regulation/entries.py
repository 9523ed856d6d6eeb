"""One answer: what was typed, put the one way it is kept, or the words that say what is amiss."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from juxian.regulation.fields import Field, FieldKind, Form, count_characters
from juxian.regulation.identity import IdentityError, check_credit_code, check_resident_id
from juxian.regulation.names import read_name

Entry = tuple[object, str]
"""The value as it is kept, and the fault; "" when there is none. A bad value is kept as typed."""

Measure = TypeVar("Measure", str, int, Decimal)

UNREADABLE: Entry = ("", "这一项的内容无法识别，请重新填写。")
YEARS = range(1900, 2101)
LONGEST_WHOLE = 15  # digits

MOBILE = re.compile(r"1[3-9]\d{9}")
PHONE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?")
EMAIL = re.compile(r"[^@\s,;，；]+@[^@\s,;，；]+\.[A-Za-z]{2,}")
EMAIL_LONGEST = 100
POSTCODE = re.compile(r"\d{6}")
PHOTO = re.compile(r"[A-Za-z0-9_.:/-]{1,200}")
WHOLE = re.compile(rf"-?\d{{1,{LONGEST_WHOLE}}}")
AMOUNT = re.compile(r"\d{1,12}(\.\d{1,6})?")
UNIT = re.compile(r"(?<=\d)[年岁人名位次项篇部个例届天]$")  # written behind a number on paper
ORDINAL = re.compile(r"^第(?=\d)")
PLUS_86 = re.compile(r"^(\+|00)?86(?=1\d{10}$)")

# Parts stand apart as on paper and as a Chinese keyboard types it: 1998.07, 1998。07, 1998、07.
DAY_FORMS = (
    re.compile(r"(\d{4})[-/.。、·—–](\d{1,2})[-/.。、·—–](\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
MONTH_FORMS = (
    re.compile(r"(\d{4})[-/.。、·—–](\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月?"),
    re.compile(r"(\d{4})(\d{2})"),
)
NOW = frozenset(("至今", "今", "现在", "目前"))

YES_OR_NO: Mapping[str, bool] = {
    **dict.fromkeys(("true", "是", "有", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "否", "无", "no", "off", "0"), False),
}

# Full-width digits and letters; full-width punctuation stays as it is.
_NARROW = {
    code: code - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(first, last + 1)
}
_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# What no page, paper or database should hold: controls, stray surrogates, order marks, overrides.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u200b\u202a-\u202e\u2066-\u2069\ufff9-\uffff]"
)
_BLANK_LINES = re.compile(r"\n{3,}")


def read_entry(form: Form, field: Field, raw: object) -> Entry:
    """Any kind but ROWS; whatever is given, an answer: never an exception."""
    if field.kind is FieldKind.CHOICES:
        return _picks(form, field, raw)
    text = _typed(raw)
    if text is None:
        return UNREADABLE
    if not text or (field.until_now and text in NOW):
        return "", ""
    return READERS[field.kind](form, field, text)


def _typed(raw: object) -> str | None:
    """What a person typed, as clean text; None for what nobody can have typed."""
    match raw:
        case None:
            return ""
        case bool():
            return "true" if raw else "false"
        case str():
            return _UNSEEN.sub("", _LINE_END.sub("\n", raw)).strip()
        case int() if abs(raw) >= 10**LONGEST_WHOLE:
            return None
        case int() | float() | Decimal() | date():
            return str(raw)
    return None


def _text(_form: Form, field: Field, text: str) -> Entry:
    value = " ".join(text.translate(_NARROW).split())
    return value, _over(field, value)


def _long_text(_form: Form, field: Field, text: str) -> Entry:
    lines = (line.rstrip() for line in text.translate(_NARROW).split("\n"))
    value = _BLANK_LINES.sub("\n\n", "\n".join(lines))
    return value, _over(field, value)


def _over(field: Field, value: str) -> str:
    used, limit = count_characters(value), field.limit
    if limit is None or used <= limit:
        return ""
    return f"已写{used}字，最多{limit}字，请删去{used - limit}字。"


def _choice(form: Form, field: Field, text: str) -> Entry:
    value = _picked(form, field, text)
    if value is None:
        return text, f"“{text}”不在选项中，请重新选择。"
    return value, ""


def _code(form: Form, field: Field, text: str) -> Entry:
    value = _picked(form, field, text)
    if value is None:
        return text, f"代码表中没有“{text}”，请从列表中选择。"
    codes = form.codes[field.code_list]
    code = codes.get(value)
    if code is not None and field.code_levels and code.level not in field.code_levels:
        return value, f"“{code.label}”范围太大，请再往下选一级。"
    return value, ""


def _picked(form: Form, field: Field, text: str) -> str | None:
    """The value that `text` names, by itself or by its label."""
    for choice in field.choices:
        if text in (choice.value, choice.label):
            return choice.value
    if not field.code_list:
        return None
    codes = form.codes[field.code_list]
    code = codes.get(text) or codes.find(text)
    return code.value if code is not None else None


def _picks(form: Form, field: Field, raw: object) -> Entry:
    given = raw if isinstance(raw, (list, tuple)) else [raw]
    texts = [_typed(one) for one in given]
    named = {text: _picked(form, field, text) for text in texts if text}
    values = list(dict.fromkeys(value or text for text, value in named.items()))
    unknown = [text for text, value in named.items() if value is None]
    if None in texts:
        return values, UNREADABLE[1]
    if unknown:
        return values, f"“{'、'.join(unknown)}”不在选项中，请重新选择。"
    return values, _beyond(field, len(values), "至少选{}项。", "最多选{}项。") if values else ""


def _beyond(field: Field, value: Measure, least: str, most: str) -> str:
    """The fault of a value outside the field's bounds."""
    measure = type(value)
    if field.minimum is not None and value < measure(field.minimum):
        return least.format(field.minimum)
    if field.maximum is not None and value > measure(field.maximum):
        return most.format(field.maximum)
    return ""


def _folded(text: str) -> str:
    """Without full-width forms and spaces, as numbers are read."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _parts(text: str, forms: tuple[re.Pattern[str], ...]) -> list[int] | None:
    for form in forms:
        found = form.fullmatch(_folded(text))
        if found is not None:
            return [int(part) for part in found.groups()]
    return None


def _day(text: str) -> date | None:
    parts = _parts(text, DAY_FORMS)
    if parts is None or parts[0] not in YEARS:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _date(_form: Form, field: Field, text: str) -> Entry:
    day = _day(text)
    if day is None:
        return text, "请填写真实存在的日期，如2015-03-01。"
    value = day.isoformat()
    return value, _beyond(field, value, "不能早于{}。", "不能晚于{}。")


def _year_month(_form: Form, field: Field, text: str) -> Entry:
    day, parts = _day(text), _parts(text, MONTH_FORMS)
    if day is not None:
        parts = [day.year, day.month]
    if parts is None or parts[0] not in YEARS or parts[1] not in range(1, 13):
        return text, "请填写年月，如2015-03。"
    value = f"{parts[0]:04d}-{parts[1]:02d}"
    return value, _beyond(field, value, "不能早于{}。", "不能晚于{}。")


def _year(_form: Form, field: Field, text: str) -> Entry:
    digits = _folded(text).removesuffix("年")
    if not re.fullmatch(r"\d{4}", digits) or int(digits) not in YEARS:
        return text, "请填写四位年份，如2015。"
    return int(digits), _beyond(field, int(digits), "不能早于{}年。", "不能晚于{}年。")


def _integer(_form: Form, field: Field, text: str) -> Entry:
    digits = ORDINAL.sub("", UNIT.sub("", _folded(text).replace(",", "")))
    if not WHOLE.fullmatch(digits):
        return text, "请填写整数，如3。"
    return int(digits), _beyond(field, int(digits), "不能小于{}。", "不能大于{}。")


def _money(_form: Form, field: Field, text: str) -> Entry:
    digits = _folded(text).replace(",", "").removesuffix("元").removesuffix("万")
    in_yuan = _folded(text).endswith("元") and not _folded(text).endswith("万元")
    if in_yuan or not AMOUNT.fullmatch(digits):
        return text, "请填写以万元为单位的金额，最多六位小数，如12.5。"
    amount = Decimal(digits)
    value = f"{amount:f}"
    if "." in value:
        value = value.rstrip("0").rstrip(".")
    return value, _beyond(field, amount, "不能小于{}万元。", "不能大于{}万元。")


def _boolean(_form: Form, _field: Field, text: str) -> Entry:
    value = YES_OR_NO.get(_folded(text).lower())
    return (text, "请选择“是”或“否”。") if value is None else (value, "")


def _name(_form: Form, _field: Field, text: str) -> Entry:
    reading = read_name(text)
    if reading.faults:
        return text, "".join(reading.faults)
    return reading.name, ""


def _resident_id(_form: Form, _field: Field, text: str) -> Entry:
    try:
        return check_resident_id(text).number, ""
    except IdentityError as error:
        return text, str(error)


def _credit_code(_form: Form, _field: Field, text: str) -> Entry:
    try:
        return check_credit_code(text), ""
    except IdentityError as error:
        return text, str(error)


def read_mobile(text: str) -> tuple[str, str]:
    """The eleven digits, however they are set apart, and the fault; as typed when it has one."""
    digits = PLUS_86.sub("", _folded(text).replace("-", ""))
    if not MOBILE.fullmatch(digits):
        return text, "请填写11位手机号码，以1开头。"
    return digits, ""


def _mobile(_form: Form, _field: Field, text: str) -> Entry:
    return read_mobile(text)


def _phone(_form: Form, _field: Field, text: str) -> Entry:
    digits = _folded(text).replace("(", "").replace(")", "-").replace("—", "-")
    if not PHONE.fullmatch(digits) and not MOBILE.fullmatch(digits):
        return text, "请填写区号和号码，如0991-1234567。"
    return digits, ""


def _email(_form: Form, _field: Field, text: str) -> Entry:
    address = _folded(text)
    if len(address) > EMAIL_LONGEST or not EMAIL.fullmatch(address):
        return text, "请填写电子邮箱，如 name@example.cn。"
    return address, ""


def _postcode(_form: Form, _field: Field, text: str) -> Entry:
    digits = _folded(text)
    if not POSTCODE.fullmatch(digits):
        return text, "请填写6位邮政编码，如844000。"
    return digits, ""


def _photo(_form: Form, _field: Field, text: str) -> Entry:
    return (text, "") if PHOTO.fullmatch(text) else (text, "请重新上传照片。")


READERS: Mapping[FieldKind, Callable[[Form, Field, str], Entry]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _long_text,
    FieldKind.CHOICE: _choice,
    FieldKind.CODE: _code,
    FieldKind.DATE: _date,
    FieldKind.YEAR_MONTH: _year_month,
    FieldKind.YEAR: _year,
    FieldKind.INTEGER: _integer,
    FieldKind.MONEY: _money,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.NAME: _name,
    FieldKind.RESIDENT_ID: _resident_id,
    FieldKind.CREDIT_CODE: _credit_code,
    FieldKind.MOBILE: _mobile,
    FieldKind.PHONE: _phone,
    FieldKind.EMAIL: _email,
    FieldKind.POSTCODE: _postcode,
    FieldKind.PHOTO: _photo,
}
