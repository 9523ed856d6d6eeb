"""Resident ids and credit codes; every number here is invented or the standards' own example."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.identity import (
    CREDIT_SYMBOLS,
    IdentityError,
    check_credit_code,
    check_resident_id,
    disagreements,
    mask_resident_id,
)

SAMPLE = "11010519491231002X"


def completed(stem: str) -> str:
    """The stem with its check character, by the recursive form of ISO 7064 MOD 11-2."""
    product = 0
    for digit in stem:
        product = (product + int(digit)) * 2 % 11
    return stem + "0123456789X"[(12 - product) % 11]


def id_of(region: str, born: date, serial: int = 1) -> str:
    return completed(f"{region}{born:%Y%m%d}{serial:03d}")


def credit_code_of(stem: str) -> str:
    remainder = 0
    for place, symbol in enumerate(stem):
        remainder += CREDIT_SYMBOLS.index(symbol) * 3**place
    return stem + CREDIT_SYMBOLS[(31 - remainder % 31) % 31]


regions = st.from_regex(r"[1-9][0-9]{5}", fullmatch=True)
birthdays = st.dates(date(1880, 1, 1), date(2026, 12, 31))
serials = st.integers(0, 999)
ids = st.builds(id_of, regions, birthdays, serials)
credit_codes = st.text(CREDIT_SYMBOLS, min_size=17, max_size=17).map(credit_code_of)


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        (SAMPLE, date(1949, 12, 31), "female"),
        ("440524188001010014", date(1880, 1, 1), "male"),
        ("360426199101010071", date(1991, 1, 1), "male"),
    ],
)
def test_the_standard_examples_are_read(number, born, sex):
    resident = check_resident_id(number)

    assert (resident.number, resident.birth_date, resident.sex, resident.region) == (
        number,
        born,
        sex,
        number[:6],
    )


@pytest.mark.parametrize(
    ("region", "year"),
    [
        ("650102", 1970),
        ("652101", 1970),
        ("652201", 1972),
        ("652901", 1980),
        ("654101", 1968),
        ("654221", 1970),
        ("659001", 1970),
        ("659002", 1985),
        ("659004", 1994),
        ("659031", 2001),
        ("810000", 1990),
        ("931156", 1988),
    ],
)
def test_a_region_that_is_historic_or_newer_than_the_holder_is_information_only(region, year):
    resident = check_resident_id(id_of(region, date(year, 6, 1)))

    assert resident.region == region
    assert resident.birth_date == date(year, 6, 1)


@given(regions, birthdays, serials)
def test_a_sound_id_is_read_back(region, born, serial):
    number = id_of(region, born, serial)

    resident = check_resident_id(number)

    assert (resident.number, resident.region, resident.birth_date) == (number, region, born)
    assert resident.sex == ("male" if serial % 2 else "female")


@given(ids, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(number, place, shift):
    wrong = str((int(number[place]) + shift) % 10)

    with pytest.raises(IdentityError):
        check_resident_id(number[:place] + wrong + number[place + 1 :])


@given(ids, st.integers(0, 15))
def test_two_neighbours_swapped_are_always_caught(number, place):
    left, right = number[place], number[place + 1]
    swapped = number[:place] + right + left + number[place + 2 :]
    if left == right:
        assert check_resident_id(swapped).number == number
        return

    with pytest.raises(IdentityError):
        check_resident_id(swapped)


@given(ids)
def test_full_width_spaced_and_small_letters_read_the_same(number):
    full_width = "".join(chr(ord(symbol) + 0xFEE0) for symbol in number.lower())
    spaced = f"\ufeff {number[:6]}\u3000{number[6:14]} {number[14:].lower()}\u200b\n"

    assert check_resident_id(full_width).number == number
    assert check_resident_id(spaced).number == number


def answer(check, text: str) -> str:
    try:
        check(text)
    except IdentityError as error:
        return str(error)
    return "通过"


@given(st.text(min_size=6, max_size=30))
def test_whatever_is_typed_gets_an_answer_that_does_not_repeat_it(text):
    answers = [answer(check, text) for check in (check_resident_id, check_credit_code)]

    assert [text in said for said in answers] == [False, False]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请填写身份证号码。"),
        (" \u3000", "请填写身份证号码。"),
        ("110105194912310", "这是15位旧身份证号码，请填写现行的18位身份证号码。"),
        ("1101051949123100", "身份证号码应为18位，现填写了16位。"),
        ("1101051949123100X", "身份证号码应为18位，现填写了17位。"),
        (
            "11O10519491231002X",
            "身份证号码第3位有误：前17位应为数字，最后一位应为数字或X。",
        ),
        (
            "1101051949123100X2",
            "身份证号码第17位有误：前17位应为数字，最后一位应为数字或X。",
        ),
        (
            "11010519491231002٣",
            "身份证号码第18位有误：前17位应为数字，最后一位应为数字或X。",
        ),
        (
            completed("11010519490231002"),
            "身份证号码第7至14位应为出生日期，现填写的不是真实存在的日期。",
        ),
        (
            completed("11010500001231002"),
            "身份证号码第7至14位应为出生日期，现填写的不是真实存在的日期。",
        ),
        (
            "110105194912310021",
            "身份证号码未通过校验，其中至少有一位有误，请对照证件逐位核对。",
        ),
    ],
)
def test_a_wrong_id_is_refused_in_words_that_say_what_is_wrong(text, sentence):
    with pytest.raises(IdentityError) as refused:
        check_resident_id(text)

    assert str(refused.value) == sentence


def test_a_typed_birth_date_and_sex_that_differ_are_both_told():
    resident = check_resident_id(SAMPLE)

    assert disagreements(resident, date(1949, 12, 30), "male") == (
        "身份证号码中的出生日期为1949年12月31日，与填写的1949年12月30日不一致。",
        "身份证号码对应的性别为女，与填写的男不一致。",
    )
    assert disagreements(resident, date(1949, 12, 31), "other") == (
        "身份证号码对应的性别为女，与填写的other不一致。",
    )


def test_what_agrees_or_is_not_typed_yet_is_no_disagreement():
    resident = check_resident_id(SAMPLE)

    assert disagreements(resident, date(1949, 12, 31), "female") == ()
    assert disagreements(resident, None, None) == ()


def test_an_id_shows_itself_masked():
    resident = check_resident_id(SAMPLE)

    assert str(resident) == "1101**********002X"
    assert repr(resident) == "ResidentId(sex='female', region='110105')"


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",
        "91110000600037341L",
        *map(credit_code_of, ("11650000MB0000001", "52650000MJ0000001", "A1650000MB0000001")),
    ],
)
def test_known_credit_codes_of_every_sort_pass(code):
    assert check_credit_code(code) == code


@given(credit_codes)
def test_a_sound_credit_code_is_read_in_any_writing(code):
    full_width = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code.lower())

    assert check_credit_code(full_width) == code
    assert check_credit_code(f" {code[:9].lower()} {code[9:]}\t") == code


@given(credit_codes, st.integers(0, 17), st.sampled_from(CREDIT_SYMBOLS))
def test_one_wrong_symbol_of_a_credit_code_is_always_caught(code, place, symbol):
    changed = code[:place] + symbol + code[place + 1 :]
    if changed == code:
        assert check_credit_code(changed) == code
        return

    with pytest.raises(IdentityError):
        check_credit_code(changed)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请填写统一社会信用代码。"),
        ("91350100M000100Y4", "统一社会信用代码应为18位，现填写了17位。"),
        (
            "9135010OM000100Y43",
            "统一社会信用代码不使用字母I、O、S、V、Z，第8位有误，请对照证照核对。",
        ),
        (
            "91350100M000100Y4中",
            "统一社会信用代码只由数字和大写字母组成，第18位有误，请对照证照核对。",
        ),
        (
            "91350100M000100Y44",
            "统一社会信用代码未通过校验，其中至少有一位有误，请对照证照逐位核对。",
        ),
    ],
)
def test_a_wrong_credit_code_is_refused_in_words_that_say_what_is_wrong(text, sentence):
    with pytest.raises(IdentityError) as refused:
        check_credit_code(text)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        (SAMPLE, "1101**********002X"),
        ("110105491231002", "1101*******1002"),
        ("12345678", "********"),
        ("", ""),
    ],
)
def test_an_id_is_masked(number, masked):
    assert mask_resident_id(number) == masked


@given(st.text(string.printable))
def test_masking_keeps_the_length(text):
    assert len(mask_resident_id(text)) == len(text)
