"""The folders a site lives in, and the secrets it makes for itself when it is given none."""

import base64
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def home() -> Path:
    """The folder of all that this site writes itself: `JUXIAN_HOME`, or `var/` of the checkout."""
    return Path(os.environ.get("JUXIAN_HOME") or ROOT / "var").resolve()


def kept_secret(name: str, size: int) -> str:
    """Random bytes under this name, as base64; made at first use, readable by their owner only.

    For laptops and demonstrations. Written aside and linked into place: of two processes that
    start together, both read the secret of the first.
    """
    path = home() / "secrets" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(base64.b64encode(secrets.token_bytes(size)).decode(), encoding="ascii")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")
