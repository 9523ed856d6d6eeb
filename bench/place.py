"""Where the benchmark works: a server's address, keys and folders of its own, set before Django."""

import base64
import os
import secrets
import shutil
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from juxian.site import embedded
from juxian.site.home import ROOT, home


def prepare(folder: Path) -> None:
    """The settings of a site behind a proxy that ends TLS, for this process and its children.

    The call is copied aside, so that nobody edits it while it is in use.
    """
    evidence, packs = folder / "evidence", folder / "packs"
    evidence.mkdir(exist_ok=True)
    shutil.copytree(ROOT / "packs", packs, dirs_exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juxian.site.settings")
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = embedded.start(home() / "postgres")
    os.environ |= {
        "JUXIAN_DEMO": "0",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "HTTPS": "1",
        "PROXIES": "1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "EVIDENCE_DIR": str(evidence),
        "PACKS_DIR": str(packs),
        "LOG_LEVEL": "ERROR",
    }


def address_of(database: str) -> str:
    """The DATABASE_URL of another database on the same server."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{quote(database)}"))
