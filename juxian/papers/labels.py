"""Labels to cut out: for the post (邮寄标签), and for the backs of boxes (档案盒脊签)."""

from dataclasses import dataclass

from juxian.papers import render
from juxian.papers.sheet import Stamp, digest_of
from juxian.papers.titles import subject_of
from juxian.selectors.paper_inputs import PackingInput, Parcel

POSTAGE_TITLE, SPINE_TITLE = "邮寄标签", "档案盒脊签"


@dataclass(frozen=True, slots=True)
class Postage:
    """One parcel's label; the postcodes are printed digit by digit in their boxes."""

    number: str
    postcode: str
    address: str
    office: str
    phone: str
    contents: str
    sender: str
    sender_address: str
    sender_postcode: str
    sender_phone: str


@dataclass(frozen=True, slots=True)
class Spine:
    year: str
    programme: str
    track: str
    office: str
    people: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class LabelSheet:
    stamp: Stamp
    labels: tuple[Postage, ...] | tuple[Spine, ...]


def envelope_labels(given: PackingInput) -> bytes:
    """A label for each receiving office, two to a page (通知五（二）)."""
    labels = tuple(_postage(given, parcel) for parcel in given.parcels)
    return render.render("envelope_labels", LabelSheet(_stamp(POSTAGE_TITLE, given), labels))


def spines(given: PackingInput, year: int) -> bytes:
    """A label for each track's box, with the first number in it and the last."""
    labels = tuple(_spine(given, parcel, year) for parcel in given.parcels)
    return render.render("spines", LabelSheet(_stamp(SPINE_TITLE, given), labels))


def _stamp(title: str, given: PackingInput) -> Stamp:
    number = "、".join(parcel.number for parcel in given.parcels)
    digest = digest_of(number, ())
    return Stamp(title, number, 1, digest, 1, given.nominator, given.dated, has_turns=False)


def _postage(given: PackingInput, parcel: Parcel) -> Postage:
    return Postage(
        number=parcel.number,
        postcode=parcel.postcode,
        address=parcel.address,
        office=parcel.office,
        phone=parcel.phone,
        contents=f"{subject_of(given.programme)}推荐材料（{parcel.track}，{len(parcel.nominees)}人）",
        sender=given.nominator,
        sender_address=given.address,
        sender_postcode=given.postcode,
        sender_phone=given.phone,
    )


def _spine(given: PackingInput, parcel: Parcel, year: int) -> Spine:
    numbers = sorted(nominee.number for nominee in parcel.nominees)
    return Spine(
        year=str(year),
        programme=subject_of(given.programme),
        track=parcel.track,
        office=given.nominator,
        people=f"{len(numbers)}人",
        first=numbers[0],
        last=numbers[-1],
    )
