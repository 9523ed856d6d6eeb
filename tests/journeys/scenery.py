"""A region at work, for pages to show: files at every step, lists half done, an open ballot."""

from datetime import date, datetime

from juxian.actions import (
    ballot,
    cycle,
    evaluation,
    message,
    nomination,
    panel,
    proceeding,
    publicity,
    selection,
)
from juxian.jobs.scratch import shift_clock
from juxian.records.clock import now
from juxian.records.models import Application, Panel, Proceeding
from juxian.records.packs import calendar, pack_of
from juxian.regulation.public_notice import period_end
from juxian.regulation.words import Role
from tests.house.desks.board_scenes import outdoing
from tests.house.reports import hand_in
from tests.house.world import BEIJING, World, give_reasons

EXPERTS = 3
RETURNED = {"summary.deeds": "主要突出贡献事迹（简）", "evidence.title": "职称证书"}


def furnish(world: World) -> dict[str, Application]:
    """The files by where they stand; the time runs on from the last of it."""
    hand_in(world, office=world.hotan, by=world.hotan_handler)
    names = ("first", "second", "nomination", "nominator_decision", "nominator_panel", "returned")
    at = {name: world.submitted(number=number) for number, name in enumerate(names, start=1)}
    world.pass_until("nominator_check", *at.values())
    world.pass_until("committee", at["first"], at["second"])
    for name in ("nomination", "nominator_decision", "nominator_panel"):
        world.pass_until(name, at[name])
    at["welder"] = world.skilled_draft()
    world.submit(at["welder"])
    world.pass_until("committee", at["welder"])
    world.send_back(at["returned"], RETURNED, days=10)
    message.tell_of(at["returned"].handlings.latest("pk").pk)
    vote_on(world, at["first"], at["second"], at["welder"])
    rank(world, at["nomination"])
    take_up(world, at["nominator_decision"])
    recent = ("employer_check", "peer_review", "employer_notice", "discipline")
    for number, name in enumerate(recent, start=len(names) + 1):
        at[name] = world.submitted(number=number)
        world.pass_until(name, at[name])
    publish(world, at["first"])
    publish(world, at["employer_notice"])
    evaluate(world, at["peer_review"])
    take_up(world, at["discipline"])
    at["draft"] = world.professional_draft()
    world.add_officer("supervisor", "监督人员", "hr", Role.SUPERVISOR)
    world.add_officer("operator", "系统管理员", "hr", Role.OPERATOR)
    shift_clock(datetime.now(BEIJING) - now())
    return at


def take_up(world: World, *files: Application) -> Proceeding:
    for file in files:
        file.refresh_from_db()
    step = pack_of(world.cycle).procedure.step(files[0].step)
    officer = world.officer_for(files[0], step.role)
    return proceeding.open_proceeding(step.code, [file.pk for file in files], by=officer)


def today() -> date:
    return now().astimezone(BEIJING).date()


def rank(world: World, file: Application) -> None:
    """Before a colleague with more votes, and for a reason."""
    listed = take_up(world, file)
    outdoing(listed.items.get())
    order = list(listed.items.order_by("pk").values_list("application", flat=True))
    officer = world.kashgar_handler
    nomination.arrange(listed.pk, by=officer, order=order)
    nomination.prefer(listed.pk, file.pk, by=officer, preference="other", reason="集体研究")
    for item in listed.items.select_related("application"):
        give_reasons(listed, item.application, by=officer)


def evaluate(world: World, file: Application) -> None:
    """Recorded, not yet concluded."""
    experts = tuple(
        evaluation.ExpertEntry(f"专家{mark}", "某大学", "教授", "内科学") for mark in "子丑寅卯辰"
    )
    sitting = evaluation.Sitting(today(), "会议室", "会议评议", "专家子", experts)
    evaluation.record(
        take_up(world, file).pk,
        by=world.hospital_handler,
        sitting=sitting,
        tallies={file.pk: evaluation.CandidateTally(5, 0, opinion="业绩突出")},
    )


def publish(world: World, file: Application) -> None:
    """Its days have begun, and somebody has objected."""
    listed = take_up(world, file)
    step = pack_of(world.cycle).procedure.step(listed.step)
    assert step.publicity is not None
    publicity.publish(
        listed.pk,
        by=world.officer_for(file, step.role),
        starts_on=today(),
        ends_on=period_end(today(), step.publicity, calendar()),
        place="公告栏",
    )
    publicity.object_to(
        listed.pk,
        file.pk,
        objector=publicity.Objector("路人乙", "13900000000", ""),
        category="ineligible",
        facts="请核实任职年限。",
    )


def vote_on(world: World, first: Application, second: Application, welder: Application) -> None:
    """Two doctors for one place: a list with a reserve. The welder's ballot is open."""
    convened = convene(world)
    for track in ("professional", "skilled"):
        cycle.set_allotment(
            world.cycle.pk, track, by=world.secretary, places=1, document_number="示例〔2020〕1号"
        )
    listed = take_up(world, first, second)
    opened = ballot.open_ballot(convened.pk, listed.pk, by=world.secretary)
    for number in range(1, EXPERTS + 1):
        expert = getattr(world, f"expert{number}")
        panel.pledge(convened.pk, by=expert)
        choices = {first.pk: "aye", second.pk: "aye" if number > 1 else "nay"}
        ballot.cast(opened.ballot.pk, by=expert, choices=choices)
    ballot.close_ballot(opened.ballot.pk, by=world.secretary, phrase=opened.phrase)
    selection.propose(listed.pk, by=world.secretary)
    ballot.open_ballot(convened.pk, take_up(world, welder).pk, by=world.secretary)


def convene(world: World) -> Panel:
    """A panel that the last of its members has yet to promise anything to."""
    people = [getattr(world, f"expert{number}") for number in range(1, EXPERTS + 2)]
    return panel.convene(
        world.cycle.pk,
        by=world.secretary,
        step="committee",
        title="特殊津贴评审委员会",
        track="",
        person_ids=[person.pk for person in people],
        chair_id=people[0].pk,
        document_number="人社函〔2020〕21号",
    )
