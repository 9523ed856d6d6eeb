"""Sealing of ballot papers: nobody reads one before the count, and nothing outside betrays it.

An envelope is sealed to the ballot's X25519 key (ephemeral key, HKDF-SHA-256, AES-256-GCM). The
private half is stored only under scrypt of an opening phrase, which is shown once to whoever
opens the ballot and kept nowhere. All envelopes of a ballot are of one length.
"""

import base64
import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O 1 I L, which look alike
PHRASE_LENGTH = 12
GROUP = 4
SCRYPT_COST = 2**15  # 32 MiB and a tenth of a second a try, for 59 bits of phrase
KEY_BYTES = 32
NONCE_BYTES = 12
LENGTH_BYTES = 4


class WrongPhrase(Exception):
    """The phrase does not unlock this key."""


class BrokenSeal(Exception):
    """The envelope is not what was sealed for this key and purpose."""


@dataclass(frozen=True, slots=True)
class Keys:
    """A ballot's new keys: two texts to store, and the phrase to show once."""

    public_key: str
    locked_key: str
    phrase: str


def new_keys() -> Keys:
    private_key = X25519PrivateKey.generate()
    phrase = "".join(secrets.choice(ALPHABET) for _ in range(PHRASE_LENGTH))
    salt = secrets.token_bytes(16)
    nonce = secrets.token_bytes(NONCE_BYTES)
    locked = AESGCM(_stretched(phrase, salt)).encrypt(nonce, private_key.private_bytes_raw(), None)
    return Keys(
        public_key=_text(private_key.public_key().public_bytes_raw()),
        locked_key=_text(salt + nonce + locked),
        phrase="-".join(phrase[at : at + GROUP] for at in range(0, PHRASE_LENGTH, GROUP)),
    )


def unlock(locked_key: str, phrase: str) -> X25519PrivateKey:
    """The private key; `WrongPhrase` otherwise. Case, width, spaces and dashes do not matter."""
    body = base64.b64decode(locked_key)
    salt, nonce, locked = body[:16], body[16 : 16 + NONCE_BYTES], body[16 + NONCE_BYTES :]
    try:
        raw = AESGCM(_stretched(_plain(phrase), salt)).decrypt(nonce, locked, None)
    except InvalidTag as fault:
        raise WrongPhrase from fault
    return X25519PrivateKey.from_private_bytes(raw)


def seal(public_key: str, content: bytes, *, room: int, purpose: str) -> bytes:
    """An envelope of a length that `room` alone decides; `purpose` is bound to it."""
    if len(content) > room:
        raise ValueError("选票超出密封长度")
    recipient = X25519PublicKey.from_public_bytes(base64.b64decode(public_key))
    sender = X25519PrivateKey.generate()
    head = sender.public_key().public_bytes_raw()
    cipher = AESGCM(_envelope_key(sender.exchange(recipient), head, recipient, purpose))
    padded = len(content).to_bytes(LENGTH_BYTES, "big") + content.ljust(room, b"\0")
    return head + cipher.encrypt(bytes(NONCE_BYTES), padded, None)  # each key seals once


def unseal(private_key: X25519PrivateKey, sealed: bytes, *, purpose: str) -> bytes:
    """What was sealed; `BrokenSeal` for another key, another purpose, or a changed byte."""
    head, body = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    try:
        shared = private_key.exchange(X25519PublicKey.from_public_bytes(head))
        key = _envelope_key(shared, head, private_key.public_key(), purpose)
        padded = AESGCM(key).decrypt(bytes(NONCE_BYTES), body, None)
    except (InvalidTag, ValueError) as fault:
        raise BrokenSeal from fault
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    return padded[LENGTH_BYTES : LENGTH_BYTES + length]


def _envelope_key(shared: bytes, head: bytes, recipient: X25519PublicKey, purpose: str) -> bytes:
    info = b"juxian ballot envelope\0" + purpose.encode()
    salt = head + recipient.public_bytes_raw()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(shared)


def _stretched(phrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, n=SCRYPT_COST, r=8, p=1).derive(phrase.encode())


def _plain(phrase: str) -> str:
    folded = unicodedata.normalize("NFKC", phrase).upper()
    return "".join(character for character in folded if character in ALPHABET)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
