"""The files of an applicant's desk, one for each way in which it may stand."""

from datetime import datetime

from juxian.actions import application, portfolio, proxy, submission, verification
from juxian.actions.evidence import MOST_PER_PERSON
from juxian.actions.roster import import_roster
from juxian.jobs.scratch import shift_clock
from juxian.records.models import Application, Evidence, Person
from juxian.records.packs import pack_of
from juxian.regulation import roster
from juxian.regulation.clipboard import cells_of
from juxian.regulation.words import Standing
from juxian.selectors.facts import answers_of
from tests.house.earlier import earlier
from tests.house.world import BEIJING, FILING, World

ASKED = {"summary.deeds": "主要突出贡献事迹（简）", "evidence.title": "职称证书"}
STAFF = "姓名\t身份证号码\t部门\t行政职务\n示例甲\t{}\t心内科\t主任\n"
SUBMITTED = (
    "submitted",
    "printed",
    "opened",
    "returned",
    "answered",
    "again",
    "taken_back",
    "withdrawn",
)
DRAFTS = (
    "draft",
    "entrusted",
    "closing",
    "full",
    "given",
    "worn",
)  # the last is used up a little by each
GAPPED = [
    {"id": "a", "start": "2001-01", "end": "2005-01", "employer": "某医院", "duty": "医师"},
    {"id": "b", "start": "2004-01", "end": "2006-01", "employer": "另一医院", "duty": "医师"},
    {"id": "c", "start": "2012-01", "end": "", "employer": "现在的医院", "duty": "主任医师"},
]


def furnish_desk(world: World) -> dict[str, Application]:
    """The files by how they stand; each is of a person of its own. The time runs on."""
    earlier(world)
    at = {name: begun(world, name) for name in ("blank", "gapped", "late")}
    at["bringing"] = begin(world, "applicant")
    at["brought"] = brought(world)
    for number, name in enumerate((*DRAFTS, *SUBMITTED, "rejected", "selected"), start=2):
        at[name] = world.professional_draft(number=number)
    at["skilled"] = world.skilled_draft()
    fill_up(at["full"])
    Person.objects.filter(pk=at["given"].applicant_id).update(password_is_given=True)
    for name in (*SUBMITTED, "rejected", "selected"):
        world.submit(at[name])
    gapped = at["gapped"]
    save(gapped, "career", {"records": GAPPED})
    officer = world.hospital_handler
    for name in ("returned", "answered", "again"):
        world.send_back(at[name], ASKED, days=10)
    for name in ("answered", "again"):
        answer(at[name])
    world.submit(at["again"])
    verification.open_file(at["opened"].pk, by=officer)
    verification.reject(at["rejected"].pk, by=officer, opinion="不符合申报条件。")
    select(at["selected"])
    submission.take_back(at["taken_back"].pk, by=at["taken_back"].applicant)
    application.withdraw(at["withdrawn"].pk, by=at["withdrawn"].applicant)
    proxy.let_fill(at["entrusted"].pk, by=at["entrusted"].applicant)
    import_roster(world.enterprise.pk, staff(), by=world.enterprise_handler, whole=True)
    shift_clock(datetime.now(BEIJING) - FILING)
    return at


def fill_up(file: Application) -> None:
    """As many pieces of evidence as one person may give."""
    given = list(file.evidence.all())
    Evidence.objects.bulk_create(
        Evidence(
            application=file,
            material="other",
            title=f"其他材料{number}",
            file=given[0].file,
            position=100 + number,
            added_by=file.applicant,
            added_at=given[0].added_at,
        )
        for number in range(MOST_PER_PERSON - len(given))
    )


def select(file: Application) -> None:
    """Past every step to the ministry's answer, without those who take part in them."""
    last = pack_of(file.cycle).procedure.steps[-1].code
    ended = {"standing": Standing.SELECTED, "holder": None, "step": last}
    Application.objects.filter(pk=file.pk).update(**ended)


def begun(world: World, login: str) -> Application:
    """An application of somebody new, with nothing in it."""
    world.add_person(login, "热娜·买买提")
    return begin(world, login)


def begin(world: World, login: str) -> Application:
    by, employer = getattr(world, login), world.hospital.pk
    return application.begin(world.cycle.pk, by=by, employer_id=employer, track="professional")


def brought(world: World) -> Application:
    """What was submitted in a cycle before is in the draft of this one."""
    before = earlier(world, code="before", numbering="BB2020", number=1)
    file = begin(world, before.applicant.login)
    portfolio.bring(file.pk, before.number, by=file.applicant)
    return file


def save(file: Application, section: str, values: dict[str, object]) -> None:
    """Over whatever version there is."""
    kept = file.sections.filter(code=section).first()
    version = kept.version if kept is not None else 0
    application.save_section(file.pk, section, values, by=file.applicant, version=version)


def answer(file: Application) -> None:
    """Mend the one place that was asked for, and say why the other stays."""
    deeds = answers_of(file)["summary"]["deeds"]
    save(file, "summary", {"deeds": f"{deeds}带教三十二人。"})
    correction = file.corrections.latest("pk")
    for item in correction.items.all():
        if item.path == "evidence.title":
            application.answer_correction(item.pk, by=file.applicant, reply="证书无误，无需更换。")


def staff() -> tuple[roster.Line, ...]:
    return tuple(roster.read_people(cells_of(STAFF.format("653100197105080029"))).sound)
