"""Handing something to a gateway by HTTP: only where it may go, and never on to elsewhere.

TLS and public addresses only, except for the origins that the operator names in `GATEWAYS`. The
address is looked up once and the connection made to what was found, so that a name that answers
differently the second time leads nowhere else.
"""

import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from juxian.jobs.carriers.answers import NotTaken, Unclear

PATIENCE = 10  # seconds for the connection, and for each piece of the answer
MOST_READ = 65536  # bytes of an answer
LATER = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


def post_json(url: str, said: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
    """What the gateway answers, {} where it is no JSON object; NotTaken or Unclear otherwise."""
    asked = urlsplit(url)
    connection = _connected(asked)
    path = (asked.path or "/") + (f"?{asked.query}" if asked.query else "")
    sent = {"Content-Type": "application/json; charset=utf-8", **headers}
    try:
        connection.request("POST", path, json.dumps(said, ensure_ascii=False).encode(), sent)
        answer = connection.getresponse()
        read = answer.read(MOST_READ)
    except (OSError, http.client.HTTPException):
        raise Unclear(_("发送后没有收到网关的答复")) from None
    finally:
        connection.close()
    _check(answer.status)
    return _object(read)


def _check(status: int) -> None:
    if status in LATER:
        raise NotTaken(_("网关繁忙（%(status)d）") % {"status": status}, again=True)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Unclear(_("网关出错（%(status)d）") % {"status": status})
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise NotTaken(_("网关拒收（%(status)d）") % {"status": status})


def _object(read: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(read)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _connected(asked: SplitResult) -> http.client.HTTPConnection:
    host, port, is_trusted = _checked(asked)
    address = _looked_up(host, port, is_trusted=is_trusted)
    connection: http.client.HTTPConnection
    if asked.scheme == "https":
        connection = http.client.HTTPSConnection(host, port, timeout=PATIENCE)
    else:
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        plain = socket.create_connection((address, port), timeout=PATIENCE)
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            if asked.scheme == "https"
            else plain
        )
    except OSError:
        raise NotTaken(_("连不上网关"), again=True) from None
    return connection


def _checked(asked: SplitResult) -> tuple[str, int, bool]:
    """Host and port of an address that may be written to, and whether the operator named it."""
    try:
        host, port = asked.hostname or "", asked.port
    except ValueError:
        host, port = "", None
    is_trusted = f"{asked.scheme}://{asked.netloc}" in settings.GATEWAYS
    is_safe = asked.scheme == "https" and asked.username is None
    if not host or asked.scheme not in ("http", "https") or not (is_safe or is_trusted):
        raise NotTaken(_("网关地址须以 https:// 开头"))
    return host, port or (443 if asked.scheme == "https" else 80), is_trusted


def _looked_up(host: str, port: int, *, is_trusted: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotTaken(_("查不到网关的地址"), again=True) from None
    addresses = [str(place[0]) for *_kind, place in found]
    if not is_trusted and any(not _is_public(one) for one in addresses):
        raise NotTaken(_("网关在内部网络，没有列入允许的地址"))
    return addresses[0]


def _is_public(address: str) -> bool:
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or found
    return bool(mapped.is_global and not mapped.is_multicast)
