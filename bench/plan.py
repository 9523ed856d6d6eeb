"""What is visited: every operation with its targets, drawn from the world once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from time import time
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from bench.inside import Insider, queries_of, typed_in
from bench.visits import Target
from bench.world import World
from juxian.records.models import Application, Person
from juxian.records.packs import pack_of

CLIENTS = 8
SUBMISSIONS = 26  # a client and round
WARM_UPS = 1
ENDLESS = 1_000_000
SECONDS = 3.5
EDITORS = 50
THINK = 5.0  # seconds; a person's script saves half a minute after the last key: six times as busy
EDITING_SECONDS = 20.0
STEPS = (("open", "打开"), ("autosave", "自动保存"))


@dataclass(frozen=True, slots=True)
class Operation:
    """`targets` by client, visited over and over; submissions each once, `most` in a round.

    `peer` is what the best open peer does on such a machine; `limit` names what it is set against,
    which each visit needs `limit_times`.
    """

    code: str
    title: str
    visit: str
    targets: tuple[tuple[Target, ...], ...]
    peer: str = ""
    limit: str = "empty"
    limit_times: int = 1
    most: int = ENDLESS
    warm_up: int = ENDLESS
    seconds: float = SECONDS
    think: float = 0.0  # seconds between two visits of a client
    steps: tuple[tuple[str, str], ...] = ()  # of an `edit`: those told apart, and their titles
    queries: int | None = None

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The code and title of each step that is measured by itself."""
        return tuple((f"{self.code}.{step}", f"{self.title}：{said}") for step, said in self.steps)


def drafts_needed(rounds: int) -> int:
    return CLIENTS + CLIENTS * (SUBMISSIONS + WARM_UPS) * rounds + CLIENTS + EDITORS


class Planner:
    """Makes sessions and operations; asks some pages once for what a browser would fill in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.dice = Random(1)
        self._signed_in = {
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            "dated": int(time()),
        }

    def operations(self) -> list[Operation]:
        sections = self._sections(self.world.drafts[:CLIENTS])
        spare, *finishers = self._submits(self.world.drafts[CLIENTS:-EDITORS])
        found = [
            Operation("open", "打开登记表的一个部分", "read", sections, "190/秒，7.6 ms CPU"),
            Operation("save", "打开并保存一个部分", "save", sections, "47/秒，32 ms CPU", "commit"),
            Operation(
                code="submit",
                title="上传 1 MB 材料并提交",
                visit="submit",
                targets=dealt(finishers),
                peer="21/秒，72 ms CPU",
                limit="commit",
                limit_times=2,
                most=SUBMISSIONS,
                warm_up=WARM_UPS,
                queries=queries_of("submit", spare),
            ),
            Operation("inbox", "待办首页（一万份）", "read", self._inbox(), "1.5 s"),
            Operation("search", "按两个字查找", "read", self._searches()),
            Operation("file", "打开一份申报", "read", self._files(), "51 ms"),
            Operation("paper", "登记表 PDF（三份）", "read", self._papers(), limit="typst"),
        ]
        return [one if one.queries else _counted(one) for one in found] + self.editing()

    def editing(self) -> list[Operation]:
        """Fifty who fill their forms at once, as people do and as fast as it goes."""
        targets = self._sections(self.world.drafts[-EDITORS:])
        few = tuple(own[:1] for own in targets[:CLIENTS])
        crowd = Operation("crowd", "五十人不停填写", "edit", targets, steps=STEPS, queries=0)
        title = f"五十人填写（每{THINK:g}秒一步）"
        at_ease = replace(crowd, code="editing", title=title, think=THINK, seconds=EDITING_SECONDS)
        alone = Operation("autosave", "自动保存一个部分", "autosave", few, limit="commit")
        return [_counted(alone), at_ease, crowd]

    def _sections(self, drafts: Sequence[Application]) -> tuple[tuple[Target, ...], ...]:
        """Every section of a draft, for each client a draft of his own."""
        found = []
        insider = Insider()
        for draft, session in zip(drafts, self._sessions_of(drafts), strict=True):
            insider.enter(session)
            own = []
            for section in pack_of(draft.cycle).form.for_track(draft.track).sections:
                path = reverse("applicant:section", args=[draft.number, section.code])
                fields = typed_in(insider.get(path).body.decode())
                own.append({"session": session, "path": path, "fields": fields})
            found.append(tuple(own))
        return tuple(found)

    def _submits(self, drafts: Sequence[Application]) -> list[Target]:
        return [
            {
                "session": session,
                "evidence": reverse("applicant:evidence", args=[draft.number]),
                "path": reverse("applicant:submit", args=[draft.number]),
                "material": pack_of(draft.cycle).materials[0].code,
                "name": draft.name,
            }
            for draft, session in zip(drafts, self._sessions_of(drafts), strict=True)
        ]

    def _inbox(self) -> tuple[tuple[Target, ...], ...]:
        return self._officer([reverse("office:inbox")])

    def _searches(self) -> tuple[tuple[Target, ...], ...]:
        """The first two characters of people on the list."""
        words = sorted({one.name[:2] for one in self.world.waiting})
        asked = self.dice.sample(words, min(len(words), 200))
        return self._officer([f"{reverse('office:inbox')}?words={word}" for word in asked])

    def _files(self) -> tuple[tuple[Target, ...], ...]:
        numbers = [one.number for one in self._some(800)]
        return self._officer([reverse("office:file", args=[number]) for number in numbers])

    def _papers(self) -> tuple[tuple[Target, ...], ...]:
        numbers = [one.number for one in self._some(400)]
        return self._officer([reverse("office:form_paper", args=[number]) for number in numbers])

    def _some(self, count: int) -> list[Application]:
        return self.dice.sample(self.world.waiting, min(count, len(self.world.waiting)))

    def _officer(self, paths: Sequence[str]) -> tuple[tuple[Target, ...], ...]:
        """The paths dealt to eight sessions of the officer."""
        sessions = self._sessions([self.world.officer] * CLIENTS)
        shares = dealt(paths if len(paths) >= CLIENTS else list(paths) * CLIENTS)
        return tuple(
            tuple({"session": session, "path": quote(path, safe="/?=&")} for path in share)
            for session, share in zip(sessions, shares, strict=True)
        )

    def _sessions_of(self, drafts: Sequence[Application]) -> list[str]:
        return self._sessions([draft.applicant for draft in drafts])

    def _sessions(self, people: Sequence[Person]) -> list[str]:
        """Keys of fresh sessions, as the login leaves them."""
        store = SessionStore()
        expires = timezone.now() + timedelta(hours=1)
        rows = [
            Session(
                session_key=get_random_string(32, VALID_KEY_CHARS),
                session_data=store.encode(
                    self._signed_in
                    | {SESSION_KEY: str(one.pk), HASH_SESSION_KEY: one.get_session_auth_hash()}
                ),
                expire_date=expires,
            )
            for one in people
        ]
        Session.objects.bulk_create(rows)
        return [row.session_key for row in rows]


def dealt(things: Iterable[Any]) -> tuple[tuple[Any, ...], ...]:
    """The things to eight clients in turn."""
    given = tuple(things)
    return tuple(given[client::CLIENTS] for client in range(CLIENTS))


def _counted(operation: Operation) -> Operation:
    """With its queries counted: the most that any of a few targets takes."""
    few = operation.targets[0][:12]
    return replace(operation, queries=max(queries_of(operation.visit, dict(one)) for one in few))
