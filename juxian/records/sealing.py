"""Sealing of resident ids and other facts that must not lie open in the database.

AES-256-GCM under a key ring (`settings.FIELD_KEYS`, the newest first); a mark is a keyed hash
by which an equal value is found without opening any.
"""

import base64
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PREFIX = "sealed:"


@lru_cache(maxsize=16)
def _cipher(key: str) -> AESGCM:
    return AESGCM(base64.b64decode(key))


def _key_id(key: str) -> str:
    return hmac.digest(base64.b64decode(key), b"key id", "sha256").hex()[:8]


def seal(text: str) -> str:
    key = settings.FIELD_KEYS[0]
    nonce = os.urandom(12)
    body = nonce + _cipher(key).encrypt(nonce, text.encode(), None)
    return f"{PREFIX}{_key_id(key)}:{base64.b64encode(body).decode()}"


def is_sealed(value: object) -> bool:
    return isinstance(value, str) and value.startswith(PREFIX)


def unseal(sealed: str) -> str:
    """The text; `KeyError` when the ring lacks its key, `InvalidTag` when it was tampered with."""
    _, key_id, body = sealed.split(":", 2)
    keys = {_key_id(key): key for key in settings.FIELD_KEYS}
    raw = base64.b64decode(body)
    return _cipher(keys[key_id]).decrypt(raw[:12], raw[12:], None).decode()


def mark(text: str) -> str:
    """The same for equal texts; derived from the oldest key, so that rotation keeps marks."""
    key = base64.b64decode(settings.FIELD_KEYS[-1])
    return hmac.digest(key, b"mark:" + text.encode(), "sha256").hex()
