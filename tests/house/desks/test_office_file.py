"""Reading one file with its evidence."""

from io import BytesIO

import pytest
from PIL import Image

from juxian.actions import evidence
from juxian.records.models import Section, Trace
from tests.house.desks.office_world import at, many, text
from tests.house.world import PDF, kept_of, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    drafted = world.professional_draft()
    evidence.attach(
        drafted.pk,
        by=drafted.applicant,
        material=drafted.evidence.first().material,
        title="获奖证书",
        content=photograph(),
    )
    world.submit(drafted)
    return drafted


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


def last(file):
    return file.evidence.order_by("-position").first()


def test_the_file_shows_form_evidence_findings_and_timeline(clerk, file):
    page = text(at(clerk, "file", file.number))

    for said in ("一、基本信息", "证明材料", "条件核对", "办理记录", "所在单位审核", "审核通过"):
        assert said in page


def test_the_doi_of_a_paper_leads_to_it_for_whoever_reads_the_form(client, world):
    drafted = world.professional_draft()
    section = Section.objects.get(application=drafted, code="achievements")
    section.values["papers"][0]["doi"] = "10.1000/XYZ.12"
    section.save()
    led = (
        '<a href="https://doi.org/10.1000/xyz.12" rel="noopener noreferrer external">'
        "10.1000/XYZ.12</a>"
    )
    client.force_login(drafted.applicant)
    assert led in text(at(client, "submit", drafted.number, desk="applicant"))

    world.submit(drafted)

    assert led in text(at(client, "form", drafted.number, desk="applicant"))
    client.force_login(world.hospital_handler)
    assert led in text(at(client, "file", drafted.number))


def test_the_resident_id_is_never_written_out(clerk, file):
    page = text(at(clerk, "file", file.number))

    assert "6531**********" in page
    assert "653100197105080029" not in page


def test_reading_leaves_a_trace_and_marks_the_first_opening(clerk, world, file):
    at(clerk, "file", file.number)
    file.refresh_from_db()

    traces = Trace.objects.filter(
        act="open_file", subject_id=str(file.pk), by=world.hospital_handler
    )

    assert file.opened_at is not None
    assert traces.count() == 1


def test_turning_to_the_next_proof_is_not_another_reading(clerk, file):
    at(clerk, "file", file.number)
    before = Trace.objects.count()

    page = text(at(clerk, "file", file.number, proof=2))

    assert Trace.objects.count() == before
    assert "第 2 份 /" in page


@pytest.mark.parametrize("name", ["hotan_handler", "kashgar_handler", "stranger", "welder"])
def test_whoever_the_file_has_not_reached_finds_nothing(client, world, file, name):
    client.force_login(getattr(world, name))
    kept = last(file)

    assert at(client, "file", file.number).status_code == 404
    assert at(client, "proof", file.number, kept.pk).status_code == 404
    assert at(client, "proof_page", file.number, kept.pk, 1).status_code == 404
    assert at(client, "photo", file.number, "basic.photo").status_code == 404


def test_a_proof_is_shown_as_a_picture_made_here(clerk, file):
    answer = at(clerk, "proof_page", file.number, last(file).pk, 1)

    with Image.open(BytesIO(answer.content)) as picture:
        assert (answer["Content-Type"], picture.format, picture.size) == (
            "image/png",
            "PNG",
            (420, 590),
        )


def test_a_turned_proof_lies_on_its_side(clerk, file):
    answer = at(clerk, "proof_page", file.number, last(file).pk, 1, turned=90)

    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.size == (590, 420)


def test_a_page_that_a_proof_does_not_have_is_not_found(clerk, file):
    assert at(clerk, "proof_page", file.number, last(file).pk, 2).status_code == 404


def test_the_original_is_only_ever_a_download(clerk, file):
    answer = at(clerk, "proof", file.number, file.evidence.first().pk)

    assert answer.content == kept_of(PDF)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_evidence_of_another_file_is_not_had_by_this_ones_number(clerk, world, file):
    other = world.submitted(number=1)

    assert at(clerk, "proof", file.number, last(other).pk).status_code == 404


def test_the_photograph_comes_as_a_picture(clerk, file):
    answer = at(clerk, "photo", file.number, "basic.photo")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert at(clerk, "photo", file.number, "basic.name").status_code == 404


def test_the_holder_alone_has_buttons(client, world, file):
    world.pass_until("nominator_check", file)
    client.force_login(world.hospital_handler)
    looking = text(at(client, "file", file.number))
    client.force_login(world.kashgar_handler)
    holding = text(at(client, "file", file.number))

    assert ("不予通过" in looking, "不予通过" in holding) == (False, True)


def test_the_files_before_and_after_are_a_key_away(clerk, file):
    (other,) = many(file, 1)

    assert f'href="/office/files/{other.number}/" data-key="j"' in text(
        at(clerk, "file", file.number)
    )


def test_a_listed_file_leads_to_its_list(client, world, file):
    world.pass_until("peer_review", file)
    client.force_login(world.hospital_handler)

    assert "去建立名单" in text(at(client, "file", file.number))
