"""A region in which every post is filled, and a procedure in which every post has a step.

The 2020 pack has no county check and no review or signature within an office; three steps are
put in, so that the matrix meets every level and every role.
"""

import shutil
from datetime import date
from pathlib import Path

from juxian.actions import person
from juxian.records.models import Application, Appointment, Handling, Person, Trace
from juxian.records.packs import pack_named
from juxian.regulation.words import OfficeKind, Role
from tests.house.world import World, build
from tests.rules.sample_answers import professional_sample

PACKS = Path(__file__).parents[3] / "packs"
ANSWERS = professional_sample()
COUNTY_CHECK = """
[[step]]
code = "county_check"
kind = "verify"
level = "county"
title = "县级审核"
withdrawable = true
clause = "R47"
"""
WITHIN_THE_OFFICE = """
[[step]]
code = "nominator_recheck"
kind = "verify"
level = "nominator"
role = "reviewer"
title = "推荐单位复核"
four_eyes = true
withdrawable = true
clause = "R47"

[[step]]
code = "nominator_sign"
kind = "verify"
level = "nominator"
role = "signatory"
title = "推荐单位审签"
four_eyes = true
withdrawable = true
clause = "R47"
"""

# login, office, role, track; all from 1 January 2020 on
POSTS = """
hospital_reviewer      hospital             reviewer
hospital_signatory     hospital             signatory
hospital_secretary     hospital             secretary
hospital_supervisor    hospital             supervisor
hospital_operator      hospital             operator
hospital_for_titles    hospital             handler     professional
hospital_for_skills    hospital             handler     skilled
hospital_past          hospital             handler
hospital_future        hospital             handler
hospital_suspended     hospital             handler
ward_handler           ward                 handler
bureau_handler         health_bureau        handler
county_handler         county               handler
county_discipline      county               discipline
kashgar_reviewer       kashgar              reviewer
kashgar_signatory      kashgar              signatory
kashgar_secretary      kashgar              secretary
kashgar_supervisor     kashgar              supervisor
kashgar_operator       kashgar              operator
kashgar_for_skills     kashgar              handler     skilled
kashgar_section        kashgar_division     handler
county_of_hotan        hotan_county         handler
enterprise_reviewer    enterprise           reviewer
enterprise_signatory   enterprise           signatory
hr_handler             hr                   handler
hr_for_skills          hr                   handler     skilled
hr_discipline          hr                   discipline
skills_secretary       hr                   secretary   skilled
technical_secretary    xj-hr-professionals  secretary
supervisor             hr                   supervisor
operator               hr                   operator
"""


def matrix_world(settings, folder: Path, *, changes: tuple[tuple[str, str], ...] = ()) -> World:
    """The small region with every post filled; `changes` are made to the text of the call."""
    world = build()
    _put_in_steps(world, settings, folder, changes)
    _add_offices(world)
    for line in POSTS.strip().splitlines():
        login, at, role, *track = line.split()
        world.add_officer(login, "示例人员", at, Role(role), *track)
    # Whoever has all three posts, and endorses at the first of them.
    everything = world.add_officer("kashgar_all", "示例人员", "kashgar", Role.HANDLER)
    for role in (Role.REVIEWER, Role.SIGNATORY):
        person.appoint(everything, world.kashgar, role, by=None, starts_on=date(2020, 1, 1))
    # The applicant serves in the office that handles the application first.
    world.add_officer("candidate", ANSWERS["basic"]["name"], "hospital", Role.HANDLER)
    serves("hospital_past", ends_on=date(2020, 3, 15))
    serves("hospital_future", starts_on=date(2021, 1, 1))
    Person.objects.filter(login="hospital_suspended").update(is_active=False)
    return world


def draft(world: World) -> Application:
    """The application that the matrix is about: of a professional of the hospital."""
    return world.draft(world.candidate, world.hospital, "professional", professional_sample())


def submitted(world: World) -> Application:
    file = draft(world)
    world.submit(file)
    return file


def serves(login: str, **dates: date) -> None:
    Appointment.objects.filter(person__login=login).update(**dates)


def _put_in_steps(
    world: World, settings, folder: Path, changes: tuple[tuple[str, str], ...]
) -> None:
    shutil.copytree(PACKS, folder / "packs")
    code = f"matrix-{folder.name}".replace("_", "-")
    shutil.copytree(PACKS / world.cycle.pack, folder / "packs" / code)
    call = folder / "packs" / code / "call.toml"
    text = call.read_text(encoding="utf-8")
    for old, new in (
        ('[[step]]\ncode = "discipline"', f'{COUNTY_CHECK}\n[[step]]\ncode = "discipline"'),
        (
            '[[step]]\ncode = "nominator_panel"',
            f'{WITHIN_THE_OFFICE}\n[[step]]\ncode = "nominator_panel"',
        ),
        *changes,
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    call.write_text(text, encoding="utf-8")
    settings.PACKS_DIR = folder / "packs"
    world.cycle.pack, world.cycle.pack_digest = code, pack_named(code).digest
    world.cycle.save()


def _add_offices(world: World) -> None:
    add, division = world.add_office, OfficeKind.DIVISION
    for key, name, over in (("county", "疏附县", "kashgar"), ("hotan_county", "和田县", "hotan")):
        add(
            key,
            f"{name}人力资源和社会保障局（示例）",
            kind=OfficeKind.HR_OFFICE,
            region=world.offices[over].region,
            files_to=world.offices[over],
            is_county=True,
        )
    # Above the hospital in administration, beside the route that its files take.
    bureau = add("health_bureau", "卫生健康委（示例）", kind=OfficeKind.ORGAN, region="653100")
    hospital = world.hospital
    hospital.files_to, hospital.parent = world.county, bureau
    hospital.save()
    add("ward", "人事科", kind=division, region="653100", parent=hospital)
    add("kashgar_division", "人才科", kind=division, region="653100", parent=world.kashgar)


def person_named(login: str) -> Person:
    """The person as a new request would load them."""
    return Person.objects.get(login=login)


def file_as_it_is(file: Application) -> Application:
    return Application.objects.select_related("cycle", "holder", "applicant").get(pk=file.pk)


def written() -> tuple[object, ...]:
    """Everything that an act on a file would change."""
    places = Application.objects.order_by("pk").values_list(
        "pk", "step", "standing", "turn", "resumes_at", "holder", "held_since", "due_at"
    )
    return list(places), Handling.objects.count(), Trace.objects.count()


def table(text: str) -> dict[str, dict[str, str]]:
    """Rows by their first word, each a dictionary by the heads of its columns."""
    (_corner, *heads), *rows = (line.split() for line in text.strip().splitlines())
    return {name: dict(zip(heads, cells, strict=True)) for name, *cells in rows}
