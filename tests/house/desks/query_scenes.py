"""Pages with as many rows as wanted, for counting what they ask of the database."""

from datetime import date

from django.urls import reverse

from juxian.actions import ballot, nomination, panel
from juxian.actions.evidence import attach
from juxian.actions.intake import Taken, store
from juxian.actions.office import create_office
from juxian.actions.person import appoint
from juxian.records.clock import now
from juxian.records.models import (
    Ballot,
    CorrectionItem,
    Evidence,
    Handling,
    Objection,
    Panel,
    Proceeding,
    ProceedingItem,
    Proposal,
    Report,
    ReportFile,
    Seats,
    Submission,
)
from juxian.records.packs import pack_of
from juxian.records.sealing import seal
from juxian.regulation.words import Act, Kind, Role
from tests.house.actions.ballot_world import candidate, committee
from tests.house.desks.board_scenes import outdoing
from tests.house.desks.clerk_scenes import on_roster, proposed, typed_for
from tests.house.desks.desk_scenes import desk_pages
from tests.house.desks.document_scenes import document_pages
from tests.house.desks.message_scenes import message_pages
from tests.house.desks.office_world import many, took_up
from tests.house.desks.parcel_scenes import parcel_pages
from tests.house.desks.reconsideration_scenes import reconsideration_pages
from tests.house.desks.supplement_scenes import give_back_page, region_pages, supplement_pages
from tests.house.world import PDF, build
from tests.rules.sample_answers import professional_sample


def office_pages(rows):
    """Every page of the office desk, with so many rows wherever it has any."""
    world = build()
    file = world.professional_draft()
    for n in range(rows):
        attach(file.pk, by=file.applicant, material="other", title=f"成果{n}", content=PDF)
    world.submit(file)
    returned(world, file, rows)
    handled_often(world, file, rows)
    many(file, rows - 1, series=8)
    clerk = world.hospital_handler
    yield "office:file first", clerk, reverse("office:file", args=[file.number])
    from_list = f"{reverse('office:file', args=[file.number])}?in=tab%3Dwaiting"
    yield "office:file from a list", clerk, from_list
    for name in ("file", "glance", "endorse", "send_back", "reject", "classify"):
        yield f"office:{name}", clerk, reverse(f"office:{name}", args=[file.number])
    condition = file.submissions.first().findings[0]["code"]
    yield "office:settle", clerk, reverse("office:settle", args=[file.number, condition])
    yield from desk_pages(clerk, rows)
    proposed(file, clerk)
    signs = world.add_officer("hospital_reviewer", "医院复核", "hospital", Role.REVIEWER)
    yield "office:sign", signs, reverse("office:sign", args=[file.number])
    yield "office:file proposed", clerk, reverse("office:file", args=[file.number])
    Proposal.objects.update(ended_at=now())
    typed_for(world, rows)
    on_roster(world, rows)
    yield "office:roster", clerk, reverse("office:roster", args=[world.hospital.pk])
    yield "office:proxies", clerk, reverse("office:proxies")
    yield "office:begin_for", clerk, reverse("office:begin_for", args=[world.cycle.code])
    yield from message_pages(world, file, rows)
    yield from list_pages(world, rows)


def list_pages(world, rows):
    """The pages about lists, and those with all of them."""
    clerk, officer = world.hospital_handler, world.kashgar_handler
    lists = listed_everywhere(world, rows)
    for name, (who, opened) in lists.items():
        yield f"office:{name}", who, reverse(f"office:{name}", args=[opened.pk])
    _clerk, published = lists["publicity"]
    objected = objected_to(published, rows)
    for name in ("objection", "attach_objection"):
        yield f"office:{name}", clerk, reverse(f"office:{name}", args=[objected.pk])
    for name in ("enter_objection", "period", "attach"):
        yield f"office:{name}", clerk, reverse(f"office:{name}", args=[published.pk])
    _officer, ranked = lists["nomination"]
    outdone = outdoing(ranked.items.order_by("pk").first())
    order = [item.application_id for item in ranked.items.order_by("pk")]
    nomination.arrange(ranked.pk, by=officer, order=order)
    yield "office:nomination ranked", officer, reverse("office:nomination", args=[ranked.pk])
    yield "office:submit_list", officer, reverse("office:submit_list", args=[ranked.pk])
    for name, key in (("reason", order[0]), ("preference", outdone.pk)):
        yield f"office:{name}", officer, reverse(f"office:{name}", args=[ranked.pk, key])
    who, opined = renewable(world, lists["decision"][1])
    yield "office:opinion concluded", who, reverse("office:opinion", args=[opined.pk])
    yield "office:renew_opinion", who, reverse("office:renew_opinion", args=[opined.pk])
    held_elsewhere(world, officer, rows)
    past_lists(world, rows)
    handed_in = reports(world, rows)
    yield give_back_page(world, officer)
    yield "office:tilt", officer, reverse("office:tilt", args=[world.cycle.code])
    for name in ("lists", "notices", "nominations", "papers", "reports"):
        yield f"office:{name}", officer, reverse(f"office:{name}")
    yield from document_pages(world, lists)
    yield from report_pages(world, handed_in)
    yield from parcel_pages(world, rows)
    yield from supplement_pages(world, rows)
    yield from reconsideration_pages(world, outdone, rows)


def report_pages(world, handed_in):
    """Where a report is written, and where those of all offices come in."""
    yield "office:hand_in", world.kashgar_handler, reverse("office:hand_in", args=handed_in)
    received = reverse("office:received_reports", args=[world.cycle.code, handed_in[2]])
    for who in (world.technical_handler, world.secretary):
        yield f"office:received_reports {who}", who, received
    yield "office:remind_reports", world.technical_handler, f"{received}remind/"
    version = Report.objects.filter(cycle=world.cycle).order_by("pk").last()
    yield "office:report", world.technical_handler, reverse("office:report", args=[version.pk])
    key = f"{world.cycle.pk}-{handed_in[2]}"
    letter = reverse("office:write_document", args=["report_letter", key])
    yield "office:write_document report_letter", world.technical_handler, letter
    yield "office:reports received", world.technical_handler, reverse("office:reports")


def returned(world, file, rows):
    """Sent back with so many things to mend, and mended."""
    world.send_back(file, {f"summary.deeds{n}": "事迹" for n in range(rows)})
    CorrectionItem.objects.filter(correction__application=file).update(reply="已改")
    world.submit(file)


def handled_often(world, file, rows):
    Handling.objects.bulk_create(
        Handling(
            application=file,
            turn=1,
            step=file.step,
            act=Act.SUBMIT,
            by=file.applicant,
            office=file.holder,
            done_at=now(),
        )
        for _n in range(rows)
    )


def listed_everywhere(world, rows):
    """A list of each kind with so many people, and who works on it."""
    steps = {
        "evaluation": "peer_review",
        "publicity": "employer_notice",
        "opinion": "discipline",
        "decision": "nominator_decision",
        "nomination": "nomination",
    }
    found = {}
    for number, (name, step) in enumerate(steps.items(), start=1):
        first = world.submitted(number=number)
        world.pass_until(step, first)
        opened = took_up(world, first, *many(first, rows - 1, series=number))
        found[name] = (opened.opened_by, opened)
    return found


def renewable(world, decided):
    """The concluded list of opinions on those who wait for the decision."""
    waiting = [item.application for item in decided.items.select_related("application")]
    opined = Proceeding.objects.get(step="discipline", items__application=waiting[0])
    ProceedingItem.objects.bulk_create(
        ProceedingItem(proceeding=opined, application=one, turn=1, act=Act.CONCUR)
        for one in waiting[1:]
    )
    return opined.opened_by, opined


def held_elsewhere(world, officer, rows):
    """The officer serves so many more holders of seats."""
    for n in range(rows):
        office = create_office(
            f"holder-{n}", f"推荐单位{n}", kind="hr_office", region="653100", holder="prefecture"
        )
        appoint(officer, office, Role.HANDLER, by=None, starts_on=date(2020, 1, 1))
        Seats.objects.create(cycle=world.cycle, office=office, bucket="professional", granted=1)


def reports(world, rows):
    """Of the officer's office: so many versions of its report, with so many documents each."""
    code = pack_of(world.cycle).reports[0].code
    stored = store(Taken(PDF, "application/pdf"))
    for number in range(1, rows + 1):
        row = Report.objects.create(
            cycle=world.cycle,
            office=world.kashgar,
            code=code,
            version=number,
            receiver=world.offices["xj-hr-professionals"],
            handed_in_by=world.kashgar_handler,
            handed_in_at=now(),
        )
        ReportFile.objects.bulk_create(
            ReportFile(report=row, title=f"总结{n}", file=stored, position=n) for n in range(rows)
        )
    return [world.cycle.pk, world.kashgar.pk, code]


def objected_to(published, rows):
    first = published.items.first()
    moment = now()
    published.starts_on, published.ends_on, published.place = moment.date(), moment.date(), "栏"
    published.save()
    made = Objection.objects.bulk_create(
        Objection(
            proceeding=published,
            application=first.application,
            receipt=f"YY{n:06}",
            sealed_objector=seal("路人\n13900000000\n"),
            category="ineligible",
            facts="请核实",
            received_at=moment,
        )
        for n in range(rows)
    )
    return made[0]


def past_lists(world, rows):
    """Concluded lists of every kind at the prefecture, with nominees sent up."""
    officer = world.kashgar_handler
    one = Proceeding.objects.filter(step="nomination").first().items.first().application
    steps = {Kind.REVIEW: "nominator_panel", Kind.PUBLICIZE: "employer_notice"}
    for kind in (Kind.REVIEW, Kind.PUBLICIZE, Kind.RECOMMEND):
        made = Proceeding.objects.bulk_create(
            Proceeding(
                cycle=world.cycle,
                office=world.kashgar,
                step=steps.get(kind, "nomination"),
                kind=kind,
                opened_by=officer,
                opened_at=now(),
                concluded_by=officer,
                concluded_at=now(),
            )
            for _n in range(rows)
        )
        ProceedingItem.objects.bulk_create(
            ProceedingItem(
                proceeding=listed,
                application=one,
                turn=1,
                act=Act.RECOMMEND if kind is Kind.RECOMMEND else Act.ADMIT,
                bucket="professional" if kind is Kind.RECOMMEND else "",
            )
            for listed in made
        )


def secretariat_pages(rows):
    """Every page of the secretariat, with so many people on a list and so many open lists."""
    world = build()
    sitting = committee(world, experts=3, candidates=rows, places=rows)
    who, code = world.secretary, world.cycle.code
    for _n in range(rows):
        Panel.objects.create(
            cycle=world.cycle, step="committee", title="评委会", convened_by=who, convened_at=now()
        )
    open_lists(world, rows)
    yield from region_pages(world, sitting.candidates[0], rows)
    for name in ("home", "cycle", "seats", "grant_seats", "convene", "export", "results"):
        args = [] if name == "home" else [code]
        yield f"secretariat:{name}", who, reverse(f"secretariat:{name}", args=args)
    yield "secretariat:open_cycle", who, reverse("secretariat:open_cycle", args=[world.cycle.pack])
    for name in ("allotment", "move_seats"):
        of_one = reverse(f"secretariat:{name}", args=[code, "professional"])
        yield f"secretariat:{name}", who, of_one
    seats = Seats.objects.filter(granted__isnull=False).first()
    yield "secretariat:change_seats", who, reverse("secretariat:change_seats", args=[seats.pk])
    yield "secretariat:panel", who, reverse("secretariat:panel", args=[sitting.panel.pk])
    review = reverse("secretariat:review", args=[sitting.listed.pk])
    yield "secretariat:review unvoted", who, review
    opened = sitting.opened()
    for name in ("ballot", "void_ballot"):
        yield (
            f"secretariat:{name}",
            who,
            reverse(f"secretariat:{name}", args=[opened.ballot.pk]),
        )
    yield "secretariat:review open", who, review
    sitting.cast(opened.ballot, ["a" * rows] * 3)
    ballot.close_ballot(opened.ballot.pk, by=who, phrase=opened.phrase)
    yield (
        "secretariat:ballot counted",
        who,
        reverse("secretariat:ballot", args=[opened.ballot.pk]),
    )
    yield "secretariat:review counted", who, review
    yield "secretariat:propose", who, reverse("secretariat:propose", args=[sitting.listed.pk])
    sitting.listed.concluded_by, sitting.listed.concluded_at = who, now()
    sitting.listed.save()
    yield "secretariat:review concluded", who, review
    for name in ("call_up", "release_reserve"):
        yield f"secretariat:{name}", who, reverse(f"secretariat:{name}", args=[sitting.listed.pk])
    yield "secretariat:cycle concluded", who, reverse("secretariat:cycle", args=[code])


def open_lists(world, rows):
    """Open lists of one person each, voted on once, and a second time just now."""
    panel_of = Panel.objects.first()
    for n in range(rows):
        one = candidate(world, n, "committee", track="skilled", at=world.enterprise)
        listed = Proceeding.objects.create(
            cycle=world.cycle,
            office=one.holder,
            step="committee",
            kind=Kind.REVIEW,
            opened_by=world.secretary,
            opened_at=now(),
        )
        ProceedingItem.objects.create(proceeding=listed, application=one, turn=1)
        for number, closed in ((1, now()), (2, None)):
            voted = Ballot.objects.create(
                panel=panel_of,
                proceeding=listed,
                round=number,
                public_key="-",
                opened_by=world.secretary,
                opened_at=now(),
                closed_at=closed,
            )
            voted.candidates.set([one])


def expert_pages(rows):
    """Every page of an expert, who sits on so many panels, with so many candidates."""
    world = build()
    sitting = committee(world, experts=3, candidates=rows)
    who, key = sitting.experts[0], sitting.panel.pk
    for n in range(rows):
        panel.convene(
            world.cycle.pk,
            by=world.secretary,
            step="committee",
            title=f"评委会{n}",
            track="professional",
            person_ids=[one.pk for one in sitting.experts],
            chair_id=who.pk,
            document_number="",
        )
    first = sitting.candidates[0]
    stored = store(Taken(PDF, "application/pdf"))
    proofs = Evidence.objects.bulk_create(
        Evidence(
            application=first,
            material="other",
            title=f"成果{n}",
            file=stored,
            position=n,
            added_by=first.applicant,
            added_at=now(),
        )
        for n in range(rows)
    )
    Submission.objects.create(
        application=first,
        turn=1,
        header={},
        answers=professional_sample(),
        evidence=[{"id": one.pk} for one in proofs],
        findings=[],
        pack_digest="",
        digest="",
        signed_name=first.name,
        by=first.applicant,
        submitted_at=now(),
    )
    yield "expert:pledge", who, reverse("expert:pledge", args=[key])
    yield "expert:recusal", who, reverse("expert:recusal", args=[key])
    opened = sitting.opened()
    yield "expert:home", who, reverse("expert:home")
    yield "expert:dossier", who, reverse("expert:dossier", args=[key, first.pk])
    yield "expert:evidence", who, reverse("expert:evidence", args=[key, first.pk, proofs[0].pk])
    page = reverse("expert:evidence_page", args=[key, first.pk, proofs[0].pk, 1])
    yield "expert:evidence_page", who, page
    yield "expert:ballot open", who, reverse("expert:ballot", args=[opened.ballot.pk])
    sitting.cast(opened.ballot, ["a" * rows] * 3)
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)
    yield "expert:ballot counted", who, reverse("expert:ballot", args=[opened.ballot.pk])
