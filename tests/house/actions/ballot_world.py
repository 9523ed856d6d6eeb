"""A committee for tests: candidates that wait at the last review, a panel, and who votes how."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from juxian.actions import ballot, cycle, panel, proceeding
from juxian.records.clock import now
from juxian.records.models import (
    Application,
    Ballot,
    Office,
    Panel,
    Person,
    Proceeding,
    Stop,
)
from juxian.records.packs import pack_named, pack_of
from juxian.regulation.ballot import Outcome
from juxian.regulation.procedure import Step
from juxian.regulation.words import Kind, Level
from tests.house.world import World

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
PACKS = Path(__file__).parents[3] / "packs"


@dataclass
class Committee:
    world: World
    panel: Panel
    listed: Proceeding
    experts: list[Person]
    candidates: list[Application]

    @property
    def secretary(self) -> Person:
        return self.world.secretary

    def opened(self, **wanted: int) -> ballot.Opened:
        return ballot.open_ballot(self.panel.pk, self.listed.pk, by=self.secretary, **wanted)

    def cast(self, on: Ballot, votes: Sequence[str]) -> None:
        """`votes` is a string of a n - for each expert: one sign a candidate of the ballot."""
        candidates = list(on.candidates.order_by("number"))
        for expert, signs in zip(self.experts, votes, strict=False):
            ballot.cast(on.pk, by=expert, choices=choices(candidates, signs))

    def vote(self, votes: Sequence[str], **wanted: int) -> Outcome:
        """A whole round: opened, cast and counted."""
        opened = self.opened(**wanted)
        self.cast(opened.ballot, votes)
        return ballot.close_ballot(opened.ballot.pk, by=self.secretary, phrase=opened.phrase)

    def named(self, keys: Iterable[int]) -> list[str]:
        """Candidates by surname, to read results by."""
        names = {candidate.pk: candidate.name[0] for candidate in self.candidates}
        return [names[key] for key in keys]

    def fresh(self) -> list[Application]:
        rows = Application.objects.filter(pk__in=[one.pk for one in self.candidates])
        return list(rows.order_by("pk"))


WORDS = {"a": "aye", "n": "nay", "-": "abstain"}


def choices(candidates: Sequence[Application], signs: str) -> Mapping[int, str]:
    """ "an-" is aye, nay, abstain; a space is no choice at all."""
    return {
        candidate.pk: WORDS[sign]
        for candidate, sign in zip(candidates, signs, strict=True)
        if sign != " "
    }


def last_review(world: World) -> Step:
    steps = pack_of(world.cycle).procedure.steps
    return [step for step in steps if step.kind is Kind.REVIEW][-1]


def committee(
    world: World, *, experts: int = 5, candidates: int = 3, places: int | None = None
) -> Committee:
    """Everybody has pledged; the list is open; the allotment is set when `places` is given."""
    step = last_review(world)
    people = [
        Person.objects.create(login=f"judge{number}", name=f"评委{number}")
        for number in range(1, experts + 1)
    ]
    files = [candidate(world, number, step.code) for number in range(candidates)]
    convened = panel.convene(
        world.cycle.pk,
        by=world.secretary,
        step=step.code,
        title="自治区评审委员会",
        track="professional",
        person_ids=[one.pk for one in people],
        chair_id=people[0].pk,
        document_number="新人社函〔2020〕21号",
    )
    for one in people:
        panel.pledge(convened.pk, by=one)
    listed = proceeding.open_proceeding(step.code, [one.pk for one in files], by=world.secretary)
    if places is not None:
        allot(world, places)
    return Committee(world, convened, listed, people, files)


def allot(world: World, places: int) -> None:
    cycle.set_allotment(
        world.cycle.pk,
        "professional",
        by=world.secretary,
        places=places,
        document_number="人社厅函〔2020〕44号",
    )


def candidate(
    world: World, number: int, step: str, *, track: str = "professional", at: Office | None = None
) -> Application:
    """A file that has come as far as the committee; 赵 is the first, 钱 the second, and so on."""
    pack = pack_of(world.cycle)
    applicant = Person.objects.create(login=f"nominee{track}{number}", name=SURNAMES[number] + "某")
    employer = at or world.hospital
    offices = {
        Level.EMPLOYER: employer,
        Level.NOMINATOR: world.kashgar,
        Level.PROVINCE: Office.objects.get(code=pack.track(track).receiving.office),
    }
    channel = pack.channel_for(holder="prefecture", nonpublic=False).code
    moment = now()
    made = Application.objects.create(
        cycle=world.cycle,
        applicant=applicant,
        employer=employer,
        track=track,
        number=f"{track[0].upper()}-{number:05d}",
        created_at=moment,
        name=applicant.name,
        title="主任医师",
        speciality="心血管内科",
        step=step,
        channel=channel,
        ladder=list(pack.procedure.ladder(channel, offices.keys(), same_office=False)),
        holder=offices[Level.PROVINCE],
        held_since=moment,
        submitted_at=moment,
    )
    Stop.objects.bulk_create(
        Stop(application=made, level=level, office=office, reached_at=moment)
        for level, office in offices.items()
    )
    return made


def vary_pack(world: World, settings, folder: Path, **changed: str) -> None:
    """Let the cycle run on a pack whose ballots say otherwise: tie, reserve, threshold, quorum."""
    code = "-".join(["varied", *(f"{key}{value}" for key, value in changed.items())])
    code = "".join(sign if sign.isalnum() else "-" for sign in code)
    shutil.copytree(PACKS, folder / "packs", dirs_exist_ok=True)
    target = folder / "packs" / code
    shutil.copytree(PACKS / world.cycle.pack, target, dirs_exist_ok=True)
    call = target / "call.toml"
    lines = call.read_text(encoding="utf-8").splitlines()
    inside, written = False, []
    for line in lines:
        if line.startswith("["):
            inside = line.strip() == "[[ballot]]"
        if inside and line.split("=")[0].strip() in changed:
            continue
        written.append(line)
        if line.strip() == "[[ballot]]":
            written += [f"{key} = {value}" for key, value in changed.items()]
    call.write_text(_without_unused("\n".join(written)), encoding="utf-8")
    settings.PACKS_DIR = folder / "packs"
    world.cycle.pack, world.cycle.pack_digest = code, pack_named(code).digest
    world.cycle.save()


def _without_unused(call: str) -> str:
    """Without settings that nothing takes its value from any more: a pack has none."""
    blocks = call.split("\n[[")
    kept = [
        block
        for block in blocks
        if not block.startswith("setting]]") or f'"@{block.split(chr(34))[1]}"' in call
    ]
    return "\n[[".join(kept)


def start_the_clock() -> None:
    """Undo `set_clock` where no rollback will: after a test that really commits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION juxian_now() RETURNS timestamptz LANGUAGE sql VOLATILE "
            "AS 'SELECT clock_timestamp()'"
        )
