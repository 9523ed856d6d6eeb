"""Sealing a ballot paper: one phrase opens, nothing outside speaks, nothing changed passes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juxian.records import envelopes

ROOM = 96
KEYS = envelopes.new_keys()
OPENED = envelopes.unlock(KEYS.locked_key, KEYS.phrase)


def sealed(content: bytes = b"aye", purpose: str = "ballot 1 member 2") -> bytes:
    return envelopes.seal(KEYS.public_key, content, room=ROOM, purpose=purpose)


@given(st.binary(max_size=ROOM))
def test_what_is_sealed_comes_out_and_its_length_stays_inside(content):
    envelope = sealed(content)

    assert envelopes.unseal(OPENED, envelope, purpose="ballot 1 member 2") == content
    assert len(envelope) == len(sealed(b""))


def test_two_envelopes_of_one_content_have_nothing_in_common():
    first, second = sealed(), sealed()

    assert first[:32] != second[:32]
    assert first[32:] != second[32:]


def test_content_beyond_the_room_is_not_cut():
    with pytest.raises(ValueError, match="选票超出密封长度"):
        sealed(b"x" * (ROOM + 1))


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_breaks_the_seal(place, change):
    envelope = bytearray(sealed())
    envelope[place % len(envelope)] ^= change

    with pytest.raises(envelopes.BrokenSeal):
        envelopes.unseal(OPENED, bytes(envelope), purpose="ballot 1 member 2")


@pytest.mark.parametrize("length", [0, 31, 32, 40])
def test_a_cut_envelope_breaks_the_seal(length):
    with pytest.raises(envelopes.BrokenSeal):
        envelopes.unseal(OPENED, sealed()[:length], purpose="ballot 1 member 2")


def test_an_envelope_serves_its_own_member_and_ballot_alone():
    with pytest.raises(envelopes.BrokenSeal):
        envelopes.unseal(OPENED, sealed(), purpose="ballot 1 member 3")


def test_an_envelope_of_another_ballot_does_not_open():
    other = envelopes.new_keys()
    key = envelopes.unlock(other.locked_key, other.phrase)

    with pytest.raises(envelopes.BrokenSeal):
        envelopes.unseal(key, sealed(), purpose="ballot 1 member 2")


def test_the_phrase_is_twelve_plain_signs_in_three_groups_and_never_the_same():
    phrases = {KEYS.phrase, envelopes.new_keys().phrase, envelopes.new_keys().phrase}

    assert len(phrases) == 3
    for phrase in phrases:
        assert re.fullmatch(
            r"([2-9A-HJKMNP-Z]{4})-([2-9A-HJKMNP-Z]{4})-([2-9A-HJKMNP-Z]{4})", phrase
        )
    assert KEYS.phrase not in KEYS.locked_key + KEYS.public_key


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda phrase: phrase.replace("-", ""),
        lambda phrase: f"  {phrase.replace('-', '  ')} ",
        lambda phrase: phrase.replace("-", "－"),
        lambda phrase: "".join(
            chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in phrase
        ),
    ],
)
def test_the_phrase_opens_however_it_is_typed(typed):
    key = envelopes.unlock(KEYS.locked_key, typed(KEYS.phrase))

    assert key.public_key() == OPENED.public_key()


@settings(max_examples=5, deadline=None)
@given(st.text(alphabet=envelopes.ALPHABET, min_size=12, max_size=12))
def test_another_phrase_opens_nothing(phrase):
    with pytest.raises(envelopes.WrongPhrase):
        envelopes.unlock(KEYS.locked_key, phrase)


def test_a_phrase_with_one_sign_missing_opens_nothing():
    with pytest.raises(envelopes.WrongPhrase):
        envelopes.unlock(KEYS.locked_key, KEYS.phrase[:-1])
