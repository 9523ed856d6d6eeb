"""Giving and taking back evidence; files are kept by their content."""

from django.db import transaction
from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from juxian.access import scope
from juxian.actions.application import Saved, filled_by, paths_open, save_section
from juxian.actions.intake import LARGEST, Taken, store, take
from juxian.actions.trace import leave
from juxian.records.clock import Moment, now
from juxian.records.models import Application, Evidence, Person
from juxian.records.packs import pack_of
from juxian.regulation.pack import Material
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.selectors.application import lacking
from juxian.selectors.claims import claims_for, claims_in
from juxian.selectors.correction import opens_material
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import answers_of, reading_of

MOST_PER_PERSON = 150
MOST_BYTES = 300 * 1024 * 1024  # of one person, all files together


def attach(
    application_id: int,
    *,
    by: Person,
    material: str,
    title: str,
    content: bytes,
    claim: str = "",
) -> Evidence:
    """Keep one file for a material of the pack; what it is decides by parsing, not by its name.

    What its giver should hear about it stands in `caution` of the answer. KeptOut where it bears a
    mark of a state secret. The file is made anew before anything is locked.
    """
    taken = take(content, by=by, about=seen_by(application_id, by))
    return attach_taken(application_id, by=by, material=material, says=(title, claim), taken=taken)


def seen_by(application_id: int, by: Person) -> Application:
    """Seen before the file is looked at: nobody has one made anew for an application of others."""
    application = Application.objects.only("applicant_id").get(pk=application_id)
    if application.applicant_id != by.pk and not scope.typed(by).filter(pk=application_id).exists():
        raise NotAllowed(_("只有申报人本人或受其委托的单位经办人可以填写"))
    return application


@transaction.atomic
def attach_taken(
    application_id: int, *, by: Person, material: str, says: tuple[str, str], taken: Taken
) -> Evidence:
    """`says` are the file's title and what it proves."""
    title, claim = says
    application = filled_by(application_id, by)
    known = check_takes(application, material)
    check_slot(application, known, 1)
    last = check_room(application, 1, len(taken.content))
    evidence = Evidence.objects.create(
        application=application,
        material=material,
        claim=shown(claim),
        title=shown(title) or known.title,
        file=store(taken),
        position=last + 1,
        added_by=by,
        added_at=Moment(),
    )
    evidence.caution = taken.caution
    leave("attach", evidence, by=by, application=application.pk, file=evidence.file_id)
    app.configure_task("examine").defer(file=evidence.file_id)
    return evidence


def shown(text: str) -> str:
    """Without what turns a name around or hides in it."""
    return "".join(one for one in text if one.isprintable()).strip()[:200]


@transaction.atomic
def detach(evidence_id: int, *, by: Person) -> Evidence:
    evidence, application = _own_file(evidence_id, by)
    if evidence.removed_at is None:
        evidence.removed_at = now()
        evidence.save(update_fields=["removed_at"])
        leave("detach", evidence, by=by, application=application.pk)
    return evidence


@transaction.atomic
def restore(evidence_id: int, *, by: Person) -> Evidence:
    """Take the removal back (撤销移除): the file stands where it stood."""
    evidence, application = _own_file(evidence_id, by)
    if evidence.removed_at is not None:
        check_slot(application, check_takes(application, evidence.material), 1)
        check_room(application, 1, evidence.file.size)
        evidence.removed_at = None
        evidence.save(update_fields=["removed_at"])
        leave("restore", evidence, by=by, application=application.pk)
    return evidence


def replace(evidence_id: int, *, by: Person, content: bytes) -> Evidence:
    """Another file in the place of this one, under its name, for the same claim."""
    application = seen_by(_live(evidence_id).application_id, by)
    return replace_by(evidence_id, by=by, taken=take(content, by=by, about=application))


@transaction.atomic
def replace_by(evidence_id: int, *, by: Person, taken: Taken) -> Evidence:
    old = detach(_live(evidence_id).pk, by=by)
    says = (old.title, old.claim)
    new = attach_taken(old.application_id, by=by, material=old.material, says=says, taken=taken)
    new.position = old.position
    new.save(update_fields=["position"])
    return new


@transaction.atomic
def describe(evidence_id: int, *, by: Person, title: str, claim: str) -> Evidence:
    """What the file is called, and which row it proves (改为证明); "" for none in particular."""
    evidence, application = _own_file(_live(evidence_id).pk, by)
    title = shown(title)
    if not title:
        said = _("请填写名称")
        raise NotReady(said, (("title", said),))
    if claim and claim != evidence.claim:
        _check_claim(application, evidence.material, claim)
    is_renamed, is_linked = title != evidence.title, claim != evidence.claim
    evidence.title, evidence.claim = title, claim
    evidence.save(update_fields=["title", "claim"])
    if is_renamed:
        leave("rename", evidence, by=by, application=application.pk)
    if is_linked:
        leave("link", evidence, by=by, application=application.pk)
    return evidence


def amend(
    evidence_id: int, *, by: Person, title: str, claim: str, content: bytes | None = None
) -> Evidence:
    """What a page for one file asks for at once: described, and another in its place if given."""
    if content is None:
        return describe(evidence_id, by=by, title=title, claim=claim)
    application = seen_by(_live(evidence_id).application_id, by)
    try:
        taken = take(content, by=by, about=application)
        with transaction.atomic():
            described = describe(evidence_id, by=by, title=title, claim=claim)
            return replace_by(described.pk, by=by, taken=taken)
    except NotReady as refusal:
        places = refusal.faults or (("file", str(refusal)),)
        raise NotReady(str(refusal), places) from refusal


@transaction.atomic
def shift(evidence_id: int, *, by: Person, up: bool) -> Evidence:
    """Before or after its neighbour among the files of its material; the end stays the end."""
    evidence, application = _own_file(_live(evidence_id).pk, by)
    files = [one for one in evidence_of(application) if one.material == evidence.material]
    at = [one.pk for one in files].index(evidence.pk)
    beside = at - 1 if up else at + 1
    if 0 <= beside < len(files):
        first, second = files[at], files[beside]
        first.position, second.position = second.position, first.position
        Evidence.objects.bulk_update((first, second), ["position"])
        leave("shift", evidence, by=by, application=application.pk)
    return evidence


def set_photo(
    application_id: int, section: str, field: str, *, by: Person, version: int, content: bytes
) -> Saved:
    """Keep a photograph, made light enough, and answer the form's PHOTO field with its digest."""
    application = seen_by(application_id, by)
    try:
        taken = take(content, by=by, about=application, purpose="photo")
    except NotReady as refusal:
        raise type(refusal)(str(refusal), ((field, str(refusal)),)) from None
    with transaction.atomic():
        filled_by(application_id, by)
        file = store(taken)
        return save_section(application_id, section, {field: file.digest}, by=by, version=version)


def check_takes(application: Application, material: str) -> Material:
    """The material, when the form may take a file of it now."""
    _check_open(application, material)
    for entry in pack_of(application.cycle).materials:
        if entry.code == material:
            return entry
    raise NotReady(_("没有这类材料"))


def check_slot(application: Application, material: Material, files: int) -> None:
    """Whether so many more files of this material fit; the application is locked."""
    if material.most is None:
        return
    given = Evidence.objects.filter(
        application=application, material=material.code, removed_at__isnull=True
    )
    if given.count() + files > material.most:
        raise NotReady(
            _("“%(title)s”最多%(most)d个文件，请先移除不需要的，或点“更改”换成新的")
            % {"title": material.title, "most": material.most}
        )


def check_size(size: int) -> None:
    """Told before the first byte is sent; `intake` says the same of what has arrived."""
    if size <= 0:
        raise NotReady(_("这个文件是空的，请重新选择"))
    if size > LARGEST:
        raise NotReady(_("文件超过20MB，请降低扫描分辨率或分成几份上传"))


def check_room(
    application: Application, files: int, size: int, *, without: Evidence | None = None
) -> int:
    """Whether so many files of so many bytes fit in besides those there are; the last position.

    The application is locked, so that of two files for one place one comes later.
    """
    live = Q(removed_at__isnull=True) & ~Q(pk=without.pk if without else None)
    given = Evidence.objects.filter(application=application).aggregate(
        live=Count("pk", filter=live),
        size=Sum("file__size", filter=live),
        last=Max("position"),
    )
    if given["live"] + files > MOST_PER_PERSON:
        raise NotReady(_("最多上传%(most)d份证明材料") % {"most": MOST_PER_PERSON})
    if (given["size"] or 0) + size > MOST_BYTES:
        raise NotReady(
            _("证明材料合计不能超过%(most)dMB，请移除不需要的，或降低扫描分辨率后再传")
            % {"most": MOST_BYTES // 1024**2}
        )
    return given["last"] or 0


def _own_file(evidence_id: int, by: Person) -> tuple[Evidence, Application]:
    """The person's own file, in a slot that is open, with its application locked."""
    found = Evidence.objects.values_list("application", flat=True).get(pk=evidence_id)
    application = filled_by(found, by)
    evidence = Evidence.objects.select_related("file").get(pk=evidence_id)
    _check_open(application, evidence.material)
    return evidence, application


def _live(evidence_id: int) -> Evidence:
    evidence = Evidence.objects.filter(pk=evidence_id, removed_at__isnull=True).first()
    if evidence is None:
        raise NotPossible(_("这个文件已经移除，请刷新页面查看"))
    return evidence


def _check_claim(application: Application, material: str, claim: str) -> None:
    entry = check_takes(application, material)
    claims = claims_for(entry, claims_in(application, answers_of(application)))
    if claim not in dict(claims):
        said = _("这一条已不在表中，请重新选择")
        raise NotReady(said, (("claim", said),))


def _check_open(application: Application, material: str) -> None:
    paths = paths_open(application)
    if paths is None or opens_material(paths, material):
        return
    facts = reading_of(application, answers_of(application)).facts()
    if material not in lacking(application, facts, list(evidence_of(application))):
        raise NotPossible(_("这类材料没有被退回，不能更换"))
