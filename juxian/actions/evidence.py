"""Giving and taking back evidence; files are kept by their content."""

from io import BytesIO

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from PIL import Image

from juxian.actions.application import Saved, own, paths_open, save_section
from juxian.actions.intake import image_type, store
from juxian.actions.trace import leave
from juxian.records.clock import Moment, now
from juxian.records.models import Application, Evidence, Person
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.selectors.application import lacking
from juxian.selectors.correction import opens_material
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import answers_of, reading_of

LARGEST_PHOTO = 500 * 1024
PHOTO_SIZE = (413, 579)  # 二寸，35×49毫米，300像素每英寸
MOST_PER_PERSON = 150


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
    _check_open(application, material)
    known = {entry.code: entry for entry in pack_of(application.cycle).materials}
    if material not in known:
        raise NotReady(_("没有这类材料"))
    given = Evidence.objects.filter(application=application).aggregate(
        live=Count("pk", filter=Q(removed_at__isnull=True)), last=Max("position")
    )
    if given["live"] >= MOST_PER_PERSON:
        raise NotReady(_("最多上传%(most)d份证明材料") % {"most": MOST_PER_PERSON})
    evidence = Evidence.objects.create(
        application=application,
        material=material,
        claim=claim,
        title=title.strip()[:200] or known[material].title,
        file=store(content),
        position=(given["last"] or 0) + 1,
        added_by=by,
        added_at=Moment(),
    )
    leave("attach", evidence, by=by, application=application.pk, file=evidence.file_id)
    return evidence


@transaction.atomic
def detach(evidence_id: int, *, by: Person) -> Evidence:
    evidence = Evidence.objects.select_related("application").get(pk=evidence_id)
    application = own(evidence.application_id, by)
    _check_open(application, evidence.material)
    if evidence.removed_at is None:
        evidence.removed_at = now()
        evidence.save(update_fields=["removed_at"])
        leave("detach", evidence, by=by, application=application.pk)
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


def _check_open(application: Application, material: str) -> None:
    paths = paths_open(application)
    if paths is None or opens_material(paths, material):
        return
    facts = reading_of(application, answers_of(application)).facts()
    if material not in lacking(application, facts, list(evidence_of(application))):
        raise NotPossible(_("这类材料没有被退回，不能更换"))
