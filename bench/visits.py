"""What a client does in one operation, as the pages lead a person."""

import json
import os
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from bench.browser import Browser

Target = MutableMapping[str, Any]
"""What one visit is paid to: a session, paths, and what is typed; an editor's page stays open."""

AUTOSAVES = 3  # of a section between its opening and the next one's
MEGABYTE = 1024 * 1024
PDF_HEAD = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
)
NOISE = os.urandom(MEGABYTE)


def scan() -> bytes:
    """A PDF of one megabyte that no other visit has given."""
    start = f"4 0 obj<</Length {MEGABYTE}>>stream\n".encode()
    content = os.urandom(64) + NOISE[64:]
    body = PDF_HEAD + start + content + b"\nendstream endobj\n"
    places = [body.index(f"{number} 0 obj".encode()) for number in range(1, 5)]
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )


def read(browser: Browser, target: Target) -> None:
    browser.enter(target.get("session", ""))
    browser.get(target["path"])


def save(browser: Browser, target: Target) -> None:
    """Open a section and save it as it is; where that leads is another opening."""
    browser.enter(target["session"])
    page = browser.get(target["path"])
    typed = [*map(tuple, target["fields"]), ("version", page.version), ("go", "next")]
    browser.post(target["path"], typed, page.token)


def submit(browser: Browser, target: Target) -> None:
    """Upload a file on the evidence page, then sign and submit: four requests."""
    browser.enter(target["session"])
    page = browser.get(target["evidence"])
    given = [("material", target["material"])]
    browser.post(target["evidence"], given, page.token, scan())
    page = browser.get(target["path"])
    signed = [("declared", "on"), ("signed_name", target["name"])]
    browser.post(target["path"], signed, page.token)


def autosave(browser: Browser, target: Target) -> None:
    """What the page's script sends by itself; the page is opened once, before the first time."""
    browser.enter(target["session"])
    if "version" not in target:
        _open(browser, target)
    typed = [*map(tuple, target["fields"]), ("version", target["version"]), ("go", "auto")]
    said = browser.post(target["path"], typed, target["token"], expects=200)
    target["version"] = str(json.loads(said.body)["version"])


def edit(browser: Browser, target: Target) -> str:
    """The next step of somebody who fills a section: it is opened, then saved by itself."""
    browser.enter(target["session"])
    step = target.get("step", 0)
    target["step"] = (step + 1) % (1 + AUTOSAVES)
    if step == 0:
        _open(browser, target)
        return "open"
    autosave(browser, target)
    return "autosave"


def _open(browser: Browser, target: Target) -> None:
    page = browser.get(target["path"])
    target["version"], target["token"] = page.version, page.token


def scan_page(browser: Browser, target: Target) -> None:
    """What a scanner's station sends of one page; the parcel's page is opened once, before."""
    browser.enter(target["session"])
    if "token" not in target:
        target["token"] = browser.get(target["page"]).token
    typed = [("code", target["code"]), ("way", "scanner")]
    browser.post(target["path"], typed, target["token"], expects=200)


VISITS: Mapping[str, Callable[[Browser, Target], str | None]] = {
    "read": read,
    "save": save,
    "autosave": autosave,
    "edit": edit,
    "submit": submit,
    "scan": scan_page,
}
