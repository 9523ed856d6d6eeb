"""Short messages (短信): to a gateway by HTTP, or as lines in a folder for demonstrations."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from juxian.jobs.carriers.answers import NotTaken
from juxian.jobs.carriers.http import post_json
from juxian.records.clock import now


def send(phone: str, text: str, key: str) -> None:
    """Hand it over; NotTaken or Unclear where that did not succeed."""
    if urlsplit(settings.SMS_URL).scheme == "file":
        _write(phone, text, key)
        return
    known = {"phone": phone, "text": text, "key": key}
    said = {name: _put_in(words, known) for name, words in settings.SMS_BODY.items()}
    answer = post_json(settings.SMS_URL, said, {"Idempotency-Key": key, **settings.SMS_HEADERS})
    name, _is, wanted = settings.SMS_ACCEPTED.partition("=")
    if name and str(answer.get(name)) != wanted:
        code = str(answer.get(name))[:40]
        raise NotTaken(_("网关没有接收，答复代码：%(code)s") % {"code": code})


def _put_in(words: str, known: dict[str, str]) -> str:
    """Each placeholder once: what is put in is not looked through again."""
    parts = words.split("{")
    put = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        put.append(known[name] + rest if closed and name in known else "{" + part)
    return "".join(put)


def _write(phone: str, text: str, key: str) -> None:
    moment = timezone.localtime(now())
    folder = Path(url2pathname(urlsplit(settings.SMS_URL).path))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = " ".join(text.split())
    with (folder / f"{moment:%Y-%m-%d}.txt").open("a", encoding="utf-8") as file:
        file.write(f"{moment:%H:%M:%S}\t{key}\t{phone}\t{line}\n")
