"""What a clerk's pages show besides files: drafts typed for others, a roster, what is proposed."""

from juxian.actions import application
from juxian.actions.proxy import let_fill
from juxian.records.clock import now
from juxian.records.models import Proposal, RosterEntry, Signature
from juxian.regulation.words import Act, Role


def proposed(file, clerk):
    """Something is proposed for the file and waits for a signature."""
    proposal = Proposal.objects.create(
        application=file,
        turn=file.turn,
        step=file.step,
        office=file.holder,
        act=Act.ENDORSE,
        content={"certified": {}, "points": {}, "items": [], "due_on": None},
        awaits=Role.REVIEWER,
        proposed_at=now(),
    )
    Signature.objects.create(
        proposal=proposal, role=Role.HANDLER, by=clerk, agrees=True, signed_at=now()
    )


def typed_for(world, rows):
    """So many drafts whose applicants asked the hospital's clerk to type."""
    for n in range(rows):
        who = world.add_person(f"typed{n}", "热依木·艾山")
        begun = application.begin(
            world.cycle.pk, by=who, employer_id=world.hospital.pk, track="professional"
        )
        let_fill(begun.pk, by=who)


def on_roster(world, rows):
    RosterEntry.objects.bulk_create(
        RosterEntry(
            office=world.hospital,
            name=f"职工{n}",
            id_mark=str(n),
            facts={"department": "心内科"},
            imported_at=now(),
            imported_by=world.hospital_handler,
        )
        for n in range(rows)
    )
