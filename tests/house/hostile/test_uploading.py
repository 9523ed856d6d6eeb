"""Hostile files and names through the page itself, and how what was kept is sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from juxian.records.models import Evidence, StoredFile
from juxian.selectors.evidence import path_of
from tests.house.desks.office_world import text
from tests.house.hostile.looking import faults
from tests.house.hostile.others import others
from tests.house.hostile.pdfs import pdfs
from tests.house.hostile.words import CLEAN
from tests.house.world import PDF

CORPUS = {case.name: case for case in (*pdfs(), *others())}
CHOSEN = (
    *("script-at_open.pdf", "launch-on_page.pdf", "submit-on_field.pdf", "uri-on_link.pdf"),
    *("script-in_names.pdf", "attachment.pdf", "eicar-attached.pdf", "locked-r6.pdf"),
    *("owner-r4.pdf", "content.pdf", "content-twice.pdf", "objects.pdf", "runs.pdf", "loop.pdf"),
    *("header-only.pdf", "html-first.pdf", "zip-last.pdf", "portfolio.pdf", "photo-with-place.pdf"),
    *("turned-6.jpg", "segment.jpg", "also-pdf.jpg", "php-after.png", "jar-after.jpg", "huge.png"),
    *("placed.heic", "pages.tif", "moving.gif", "cut.jpg", "macro.docm", "eicar.zip", "slip.zip"),
    *("program.jpg", "drawing.svg", "page.pdf", "large.pdf", "x.mp4", "x.rar"),
)
NAMES = (
    *("证书\u202efdp.exe", "长" * 80 + ".pdf", "CON.pdf", "a.pdf.exe", "../../etc/passwd.pdf"),
    *(
        "<script>alert(1)</script>.pdf",
        '"; filename=x.html',
        "a\r\nSet-Cookie: x.pdf",
        "NUL",
        ".pdf",
    ),
)


@pytest.fixture
def file(client, world):
    client.force_login(world.applicant)
    return world.professional_draft()


def given(client, file, name, content, media_type="application/pdf"):
    upload = SimpleUploadedFile(name, content, media_type)
    address = reverse("applicant:evidence", args=[file.number])
    return client.post(address, {"material": "other", "files": upload})


def last(file) -> Evidence:
    return Evidence.objects.filter(application=file).latest("pk")


def download(client, file, kept):
    return client.get(reverse("applicant:file", args=[file.number, kept.pk]))


def is_only_to_keep(answer) -> bool:
    return (
        answer["Content-Disposition"].startswith("attachment;")
        and answer["X-Content-Type-Options"] == "nosniff"
        and answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        and answer["Content-Type"] in ("application/pdf", "image/jpeg", "image/png")
    )


@pytest.mark.parametrize("name", CHOSEN)
def test_through_the_page_too_it_is_refused_in_words_or_kept_clean(client, file, name):
    case, before = CORPUS[name], StoredFile.objects.count()

    answer = given(client, file, name, case.content)

    if case.said != CLEAN:
        assert answer.status_code == 422
        assert case.said in text(answer)
        assert StoredFile.objects.count() == before
        return
    assert answer.status_code == 302
    kept = last(file)
    sent = download(client, file, kept)
    assert sent.content == path_of(kept.file_id).read_bytes()
    assert faults(sent.content, kept.file.media_type) == []
    assert is_only_to_keep(sent)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_neither_leaves_the_folder_nor_the_header(client, file, name):
    given(client, file, name, PDF)

    sent = download(client, file, last(file))
    assert is_only_to_keep(sent)
    assert "\u202e" not in last(file).title
    assert "Set-Cookie" not in sent.headers
    assert path_of(last(file).file_id).exists()


def test_the_photograph_of_the_form_is_sent_the_same_way(client, file):
    assert is_only_to_keep(client.get(reverse("applicant:photo", args=[file.number])))
