"""Scans given as evidence, in tests of what is seen and read in them."""

from functools import cache
from io import BytesIO
from random import Random

from PIL import Image

from juxian.actions import evidence
from tests.rules import sample_scans as pages


def png(page):
    content = BytesIO()
    page.save(content, "PNG")
    return content.getvalue()


def pdf(*sheets):
    """A PDF as scanners make them: one JPEG to a page."""
    content = BytesIO()
    first, *more = (sheet.convert("RGB") for sheet in sheets)
    first.save(content, "PDF", save_all=True, append_images=more, resolution=150)
    return content.getvalue()


@cache
def certificate(seed=1, name="某某甲", number="SL-2016-0317", year=2016, take=pages.scanned):
    """The same picture, grain and all, for the same certificate."""
    dice = Random(seed)
    return take(pages.certificate(dice, name, number, year), dice)


def saved_again(page):
    """The same scan, smaller and in another coding."""
    small = page.resize((page.width * 7 // 10, page.height * 7 // 10), Image.Resampling.LANCZOS)
    return pages.compressed(small, 60)


def give(file, content, *, material="other", claim="", title=""):
    return evidence.attach(
        file.pk, by=file.applicant, material=material, title=title, content=content, claim=claim
    )
