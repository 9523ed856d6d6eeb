"""Resident ids (GB 11643) and unified social credit codes (GB 32100): checked, read, masked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from juxian.regulation.calendar import in_words

Sex = Literal["male", "female"]

SEX_WORDS: Mapping[str, str] = {"male": "男", "female": "女"}

DIGITS = frozenset("0123456789")

ID_LENGTH = 18
OLD_ID_LENGTH = 15
ID_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
SHOWN = 4  # of an id that is masked, at either end
ID_CHECKS = "10X98765432"  # ISO 7064 MOD 11-2

CREDIT_LENGTH = 18
CREDIT_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
CREDIT_LOOKALIKES = frozenset("IOSVZ")

RESIDENT_ID_SAYS: Mapping[str, str] = {
    "blank": "请填写身份证号码。",
    "old": "这是15位旧身份证号码，请填写现行的18位身份证号码。",
    "length": "身份证号码应为18位，现填写了{}位。",
    "symbol": "身份证号码第{}位有误：前17位应为数字，最后一位应为数字或X。",
    "birth": "身份证号码第7至14位应为出生日期，现填写的不是真实存在的日期。",
    "check": "身份证号码未通过校验，其中至少有一位有误，请对照证件逐位核对。",
}
CREDIT_CODE_SAYS: Mapping[str, str] = {
    "blank": "请填写统一社会信用代码。",
    "length": "统一社会信用代码应为18位，现填写了{}位。",
    "lookalike": "统一社会信用代码不使用字母I、O、S、V、Z，第{}位有误，请对照证照核对。",
    "symbol": "统一社会信用代码只由数字和大写字母组成，第{}位有误，请对照证照核对。",
    "check": "统一社会信用代码未通过校验，其中至少有一位有误，请对照证照逐位核对。",
}
"""What is said of a number that cannot be right, here and by the script of the page."""

_SPACES = " \t\r\n\v\f\u00a0\u2002\u2003\u2009\u3000"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\ufeff"  # what pasting brings in
_FOLD = {
    **{code: chr(code - 0xFEE0).upper() for code in range(0xFF01, 0xFF5F)},
    **{code: chr(code).upper() for code in range(ord("a"), ord("z") + 1)},
    **dict.fromkeys(map(ord, _SPACES + _INVISIBLE)),
}


class IdentityError(ValueError):
    """A number that cannot be right; the message is for the person who typed it.

    It never repeats the number, so that it may be logged.
    """


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A sound resident id; `region` is the place of first registration, for information only."""

    number: str = field(repr=False)
    birth_date: date = field(repr=False)
    sex: Sex
    region: str

    def __str__(self) -> str:
        return mask_resident_id(self.number)


def check_resident_id(text: str) -> ResidentId:
    """The 18-character id in `text`, full-width characters, spaces and x allowed.

    The address code is not checked: valid ids carry codes that were abolished before or issued
    after the holder's birth (652101 of a 1970 birth, 659001 of any).
    """
    number = _folded(text)
    if not number:
        raise IdentityError(RESIDENT_ID_SAYS["blank"])
    if len(number) == OLD_ID_LENGTH and DIGITS.issuperset(number):
        raise IdentityError(RESIDENT_ID_SAYS["old"])
    if len(number) != ID_LENGTH:
        raise IdentityError(RESIDENT_ID_SAYS["length"].format(len(number)))
    for place, symbol in enumerate(number, start=1):
        if symbol not in DIGITS and not (symbol == "X" and place == ID_LENGTH):
            raise IdentityError(RESIDENT_ID_SAYS["symbol"].format(place))
    birth_date = _birth_date(number)
    if number[-1] != _id_check(number[:17]):
        raise IdentityError(RESIDENT_ID_SAYS["check"])
    return ResidentId(
        number=number,
        birth_date=birth_date,
        sex="male" if int(number[16]) % 2 else "female",
        region=number[:6],
    )


def disagreements(
    resident_id: ResidentId, birth_date: date | None, sex: str | None
) -> tuple[str, ...]:
    """Where what was typed differs from the id; None is not typed yet and differs from nothing."""
    found = []
    if birth_date is not None and birth_date != resident_id.birth_date:
        found.append(
            f"身份证号码中的出生日期为{in_words(resident_id.birth_date)}，"
            f"与填写的{in_words(birth_date)}不一致。"
        )
    if sex is not None and sex != resident_id.sex:
        found.append(
            f"身份证号码对应的性别为{SEX_WORDS[resident_id.sex]}，"
            f"与填写的{SEX_WORDS.get(sex, sex)}不一致。"
        )
    return tuple(found)


def check_credit_code(text: str) -> str:
    """The credit code in `text`, full-width characters, spaces and small letters allowed."""
    code = _folded(text)
    if not code:
        raise IdentityError(CREDIT_CODE_SAYS["blank"])
    if len(code) != CREDIT_LENGTH:
        raise IdentityError(CREDIT_CODE_SAYS["length"].format(len(code)))
    for place, symbol in enumerate(code, start=1):
        if symbol not in CREDIT_SYMBOLS:
            wrong = "lookalike" if symbol in CREDIT_LOOKALIKES else "symbol"
            raise IdentityError(CREDIT_CODE_SAYS[wrong].format(place))
    if code[-1] != _credit_check(code[:17]):
        raise IdentityError(CREDIT_CODE_SAYS["check"])
    return code


def mask_resident_id(number: str) -> str:
    """First four and last four shown."""
    if len(number) <= 2 * SHOWN:
        return "*" * len(number)
    return number[:SHOWN] + "*" * (len(number) - 2 * SHOWN) + number[-SHOWN:]


def _folded(text: str) -> str:
    return text.translate(_FOLD)


def _birth_date(number: str) -> date:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdentityError(RESIDENT_ID_SAYS["birth"]) from None


def _id_check(stem: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(stem, ID_WEIGHTS, strict=True))
    return ID_CHECKS[total % 11]


def _credit_check(stem: str) -> str:
    total = sum(
        CREDIT_SYMBOLS.index(symbol) * weight
        for symbol, weight in zip(stem, CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_SYMBOLS[-total % 31]
