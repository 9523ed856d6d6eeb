"""Evidence and photographs: what is kept, what is refused, and what a file really is."""

import hashlib
from io import BytesIO

import pikepdf
import pillow_heif
import pytest
from PIL import Image

from juxian.actions import evidence, intake
from juxian.actions.cleansing.images import LARGEST_PHOTO, PHOTO_SIZE
from juxian.records.models import Evidence, Section, StoredFile
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.selectors.evidence import path_of
from tests.house.actions.unchanged import everything, refuses
from tests.house.world import PDF, kept_of


def picture(width, height, form="JPEG", mode="RGB"):
    content = BytesIO()
    Image.new(mode, (width, height)).save(content, form)
    return content.getvalue()


def pdf(pages=1, **saving):
    content = BytesIO()
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page()
        made.save(content, **saving)
    return content.getvalue()


def attach(world, file, content=PDF, material="other", title="", **said):
    by = said.pop("by", world.applicant)
    return evidence.attach(file.pk, by=by, material=material, title=title, content=content, **said)


@pytest.fixture
def drafted(world):
    return world.professional_draft()


@pytest.mark.clause("R61")
def test_a_file_is_kept_by_its_content_with_what_it_proves(world, drafted):
    content = pdf(pages=3)

    given = attach(world, drafted, content, title="  任命文件 ", claim="career.records.1")

    kept = kept_of(content)
    digest = hashlib.sha256(kept).hexdigest()
    assert (given.title, given.claim, given.file_id) == ("任命文件", "career.records.1", digest)
    assert (given.file.media_type, given.file.pages) == ("application/pdf", 3)
    assert given.file.size == len(kept)
    assert path_of(digest).read_bytes() == kept


def test_files_follow_each_other_and_one_without_a_title_is_called_by_its_material(world, drafted):
    last = Evidence.objects.filter(application=drafted).order_by("-position")[0].position

    first, second = attach(world, drafted), attach(world, drafted, picture(9, 9, "PNG"))

    assert (first.title, first.position, second.position) == ("其他证明材料", last + 1, last + 2)
    assert (second.file.media_type, second.file.pages) == ("image/png", 1)


def test_the_same_content_given_twice_is_one_file_with_two_uses(world, drafted):
    first, second = attach(world, drafted), attach(world, drafted)

    assert first.file == second.file
    assert StoredFile.objects.filter(digest=first.file_id).count() == 1


def test_the_first_file_of_an_application_takes_the_first_place(world, drafted):
    Evidence.objects.filter(application=drafted).delete()

    assert attach(world, drafted).position == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "这个文件是空的，请重新选择"),
        (bytes(100), "只能上传PDF、JPG、PNG、HEIC、WebP、TIFF、BMP文件，且文件须能正常打开"),
        (picture(9, 9, "GIF"), "GIF图片不能上传，请另存为JPG后再上传"),
        (picture(9, 9)[:200], "这张图片打不开，可能已损坏，请重新拍照或扫描后上传"),
        (b"%PDF-1.7\nnothing of the kind", "这个PDF打不开，可能已损坏，请重新扫描后上传"),
        (pdf(pages=0), "这个PDF没有内容，请重新扫描后上传"),
        (
            pdf(encryption=pikepdf.Encryption(owner="owner", user="user")),
            "这个PDF有密码，请去掉密码后上传",
        ),
        (b"%PDF-" + b"0" * intake.LARGEST, "文件超过20MB，请降低扫描分辨率或分成几份上传"),
    ],
    ids=["empty", "no picture", "gif", "cut", "broken", "no page", "password", "large"],
)
@pytest.mark.clause("R61")
def test_what_cannot_be_opened_and_read_is_refused_with_what_to_do(world, drafted, content, said):
    refuses(NotReady, said, attach, world=world, file=drafted, content=content)


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(world, drafted):
    content = picture(10_000, 8_001, "PNG", mode="1")

    refuses(
        NotReady, "图片尺寸过大，请缩小后上传", attach, world=world, file=drafted, content=content
    )
    assert attach(world, drafted, picture(10_000, 8_000, "PNG", mode="1")).file.pages == 1


def test_a_material_that_the_call_does_not_know_is_refused(world, drafted):
    refuses(NotReady, "没有这类材料", attach, world=world, file=drafted, material="poems")


def test_the_hundred_and_fifty_first_file_is_refused_until_one_is_taken_back(world, drafted):
    given = Evidence.objects.filter(application=drafted)
    one = given.order_by("pk")[0]
    Evidence.objects.bulk_create(
        Evidence(
            application=drafted,
            material="other",
            title="附件",
            file=one.file,
            position=100 + number,
            added_by=one.added_by,
            added_at=one.added_at,
        )
        for number in range(evidence.MOST_PER_PERSON - given.count())
    )

    refuses(NotReady, "最多上传150份证明材料", attach, world=world, file=drafted)
    evidence.detach(one.pk, by=world.applicant)
    attach(world, drafted)

    assert given.filter(removed_at__isnull=True).count() == evidence.MOST_PER_PERSON


def test_taking_a_file_back_twice_takes_it_back_once(world, drafted):
    given = attach(world, drafted)
    evidence.detach(given.pk, by=world.applicant)
    before = everything()

    evidence.detach(given.pk, by=world.applicant)

    assert everything() == before
    assert Evidence.objects.get(pk=given.pk).removed_at is not None
    assert path_of(given.file_id).exists()


def test_only_the_applicant_gives_and_takes_back(world, drafted):
    said = "只有申报人本人或受其委托的单位经办人可以填写"
    given = attach(world, drafted)

    refuses(NotAllowed, said, attach, world=world, file=drafted, by=world.hospital_handler)
    refuses(NotAllowed, said, evidence.detach, evidence_id=given.pk, by=world.stranger)


def test_of_a_returned_form_only_the_materials_returned_can_be_changed(world, drafted):
    kept = Evidence.objects.get(application=drafted, material="id_card")
    world.submit(drafted)
    world.send_back(drafted, {"evidence.other": "其他材料"})
    said = "这类材料没有被退回，不能更换"

    refuses(NotPossible, said, attach, world=world, file=drafted, material="id_card")
    refuses(NotPossible, said, evidence.detach, evidence_id=kept.pk, by=world.applicant)
    assert attach(world, drafted).material == "other"


def set_photo(world, file, content):
    version = Section.objects.get(application=file, code="basic").version
    return evidence.set_photo(
        file.pk, "basic", "photo", by=world.applicant, version=version, content=content
    )


@pytest.mark.clause("R60")
def test_a_photograph_answers_its_field_by_its_digest(world, drafted):
    content = picture(413, 579)

    saved = set_photo(world, drafted, content)

    kept = kept_of(content, purpose="photo")
    digest = hashlib.sha256(kept).hexdigest()
    assert saved.section.values["photo"] == digest
    assert path_of(digest).read_bytes() == kept


@pytest.mark.clause("R60")
@pytest.mark.parametrize("size", [(412, 579), (413, 578)])
def test_a_photograph_that_is_too_small_either_way_is_refused(world, drafted, size):
    said = "照片尺寸不足，请上传不小于413×579像素的照片"

    faults = refuses(NotReady, said, set_photo, world=world, file=drafted, content=picture(*size))

    assert faults == (("photo", said),)


@pytest.mark.clause("R60")
@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIF"])
def test_a_photograph_of_many_bytes_is_made_lighter(world, drafted, form):
    pillow_heif.register_heif_opener()
    grain = Image.effect_noise((1800, 2520), 90).convert("RGB")
    content = BytesIO()
    grain.save(content, form, quality=95)
    assert content.tell() > LARGEST_PHOTO

    saved = set_photo(world, drafted, content.getvalue())

    kept = path_of(saved.section.values["photo"]).read_bytes()
    with Image.open(BytesIO(kept)) as shown:
        assert (len(kept) <= LARGEST_PHOTO, shown.format) == (True, "JPEG")
        assert shown.width >= PHOTO_SIZE[0]
        assert shown.height >= PHOTO_SIZE[1]
        assert round(shown.width / shown.height, 2) == round(1800 / 2520, 2)


@pytest.mark.clause("R60")
def test_a_photograph_that_is_no_picture_is_refused(world, drafted):
    said = "照片请上传JPG、PNG、HEIC图片"

    faults = refuses(NotReady, said, set_photo, world=world, file=drafted, content=PDF)

    assert faults == (("photo", said),)
