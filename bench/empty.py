"""A page of nothing: what the web server alone can do on this machine."""

from collections.abc import Callable, Iterable
from typing import Any

HEADERS = [("Content-Type", "text/plain"), ("Content-Length", "2")]


def application(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", HEADERS)
    return [b"ok"]
