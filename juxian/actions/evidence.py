"""Giving and taking back evidence; files are kept by their content."""

from io import BytesIO

from django.db import transaction
from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext as _
from PIL import Image
from procrastinate.contrib.django import app

from juxian.actions.application import Saved, own, paths_open, save_section
from juxian.actions.intake import LARGEST, image_type, store
from juxian.actions.trace import leave
from juxian.records.clock import Moment, now
from juxian.records.models import Application, Evidence, Person
from juxian.records.packs import pack_of
from juxian.regulation.pack import Material
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.selectors.application import lacking
from juxian.selectors.claims import claims_for, claims_in
from juxian.selectors.correction import opens_material
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import answers_of, reading_of

LARGEST_PHOTO = 500 * 1024
PHOTO_SIZE = (413, 579)  # 二寸，35×49毫米，300像素每英寸
MOST_PER_PERSON = 150
MOST_BYTES = 300 * 1024 * 1024  # of one person, all files together


@transaction.atomic
def attach(
    application_id: int,
    *,
    by: Person,
    material: str,
    title: str,
    content: bytes,
    claim: str = "",
) -> Evidence:
    """Keep one file for a material of the pack; what it is decides by parsing, not by its name."""
    application = own(application_id, by)
    known = check_takes(application, material)
    last = check_room(application, 1, len(content))
    evidence = Evidence.objects.create(
        application=application,
        material=material,
        claim=claim,
        title=title.strip()[:200] or known.title,
        file=store(content),
        position=last + 1,
        added_by=by,
        added_at=Moment(),
    )
    leave("attach", evidence, by=by, application=application.pk, file=evidence.file_id)
    app.configure_task("examine").defer(file=evidence.file_id)
    return evidence


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
        check_room(application, 1, evidence.file.size)
        evidence.removed_at = None
        evidence.save(update_fields=["removed_at"])
        leave("restore", evidence, by=by, application=application.pk)
    return evidence


@transaction.atomic
def replace(evidence_id: int, *, by: Person, content: bytes) -> Evidence:
    """Another file in the place of this one, under its name, for the same claim."""
    old = detach(_live(evidence_id).pk, by=by)
    new = attach(
        old.application_id,
        by=by,
        material=old.material,
        title=old.title,
        content=content,
        claim=old.claim,
    )
    new.position = old.position
    new.save(update_fields=["position"])
    return new


@transaction.atomic
def describe(evidence_id: int, *, by: Person, title: str, claim: str) -> Evidence:
    """What the file is called, and which row it proves (改为证明); "" for none in particular."""
    evidence, application = _own_file(_live(evidence_id).pk, by)
    title = title.strip()[:200]
    if not title:
        said = _("请填写名称")
        raise NotReady(said, (("title", said),))
    if claim and claim != evidence.claim:
        _check_claim(application, evidence.material, claim)
    for act, field, value in (("rename", "title", title), ("link", "claim", claim)):
        if getattr(evidence, field) != value:
            setattr(evidence, field, value)
            evidence.save(update_fields=[field])
            leave(act, evidence, by=by, application=application.pk)
    return evidence


@transaction.atomic
def amend(
    evidence_id: int, *, by: Person, title: str, claim: str, content: bytes | None = None
) -> Evidence:
    """What a page for one file asks for at once: described, and another in its place if given."""
    described = describe(evidence_id, by=by, title=title, claim=claim)
    if content is None:
        return described
    try:
        return replace(described.pk, by=by, content=content)
    except NotReady as refusal:
        raise NotReady(str(refusal), (("file", str(refusal)),)) from refusal


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


@transaction.atomic
def set_photo(
    application_id: int, section: str, field: str, *, by: Person, version: int, content: bytes
) -> Saved:
    """Keep a photograph and answer the form's PHOTO field with the digest of its content."""
    application = own(application_id, by)
    if len(content) > LARGEST_PHOTO:
        raise NotReady(_("照片超过500KB，请缩小后上传"), ((field, _("照片不超过500KB")),))
    media_type = image_type(content)
    with Image.open(BytesIO(content)) as image:
        if image.width < PHOTO_SIZE[0] or image.height < PHOTO_SIZE[1]:
            said = _("照片尺寸不足，请上传不小于413×579像素的照片")
            raise NotReady(said, ((field, said),))
    file = store(content, media_type=media_type)
    return save_section(application.pk, section, {field: file.digest}, by=by, version=version)


def check_takes(application: Application, material: str) -> Material:
    """The material, when the form may take a file of it now."""
    _check_open(application, material)
    for entry in pack_of(application.cycle).materials:
        if entry.code == material:
            return entry
    raise NotReady(_("没有这类材料"))


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
    application = own(found, by)
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
