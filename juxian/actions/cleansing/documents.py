"""PDFs: built anew page by page; of the old document only what its pages show comes along."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from juxian.actions.cleansing.proof import FORBIDDEN, is_active, prove
from juxian.actions.cleansing.streams import (
    JPEG_FILTERS,
    check_packed_objects,
    check_streams,
    filters_of,
    only_picture,
    unpacked,
)
from juxian.actions.cleansing.unfit import Unfit

MOST_PAGES = 300
MOST_OBJECTS = 100_000
MOST_NOTES = 5000
MOST_PARENTS = 50
A4 = (0, 0, 595, 842)

OF_A_PAGE = frozenset(
    {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate"}
    | {"/UserUnit", "/Group"}
)
NAMED = frozenset(
    {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties"}
)
NEEDLESS = frozenset(
    {"/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/Thumb"}
    | {"/Alternates", "/OPI", "/Ref", "/Measure", "/PtData", "/Annots", "/Names", "/Private"}
)
ELSEWHERE = frozenset({"/F", "/FFilter", "/FDecodeParms"})  # a stream that lies in another file
WITHOUT_LOOKS = frozenset({"/Link", "/Popup"})
HIDDEN, NO_VIEW = 2, 32
BROKEN = (
    *(pikepdf.PdfError, ValueError, TypeError, RuntimeError, LookupError, AttributeError),
    *(OverflowError, ArithmeticError),
)


def clean_pdf(content: bytes) -> tuple[bytes, int, tuple[str, ...]]:
    """The document made anew, its pages, and the codes of what its giver should hear.

    One that only asks for a password to change it (所有者口令) is opened and comes out unlocked.
    """
    check_packed_objects(content)
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as given:
            pages, cautions = _looked_at(given), _cautions(given)
            made = _made_anew(given)
        prove(made)
    except pikepdf.PasswordError:
        raise Unfit("pdf_password") from None
    except BROKEN:
        raise Unfit("pdf_broken") from None
    return made, pages, cautions


def _looked_at(given: pikepdf.Pdf) -> int:
    """How many pages there are; Unfit where they cannot be taken over as they are shown."""
    if len(given.objects) > MOST_OBJECTS:
        raise Unfit("pdf_bomb")
    pages = len(given.pages)
    if not pages:
        raise Unfit("pdf_empty")
    if pages > MOST_PAGES:
        raise Unfit("pdf_pages")
    check_streams(given)
    if "/Collection" in given.Root:
        raise Unfit("pdf_portfolio")
    form = given.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        if "/XFA" in form and bool(given.Root.get("/NeedsRendering")):
            raise Unfit("pdf_form")
        form["/NeedAppearances"] = False
    return pages


def _cautions(given: pikepdf.Pdf) -> tuple[str, ...]:
    names = given.Root.get("/Names")
    return ("attachments",) if isinstance(names, Dictionary) and "/EmbeddedFiles" in names else ()


def _made_anew(given: pikepdf.Pdf) -> bytes:
    if _is_annotated(given):
        given.flatten_annotations("screen")
    made_anew = BytesIO()
    with pikepdf.new() as made:
        for page in given.pages:
            for key in [key for key in page.obj.keys() if key not in OF_A_PAGE]:  # noqa: SIM118
                del page[key]
            made.pages.append(page)
        for page in made.pages:
            if not _is_box(page.obj.get("/MediaBox")):
                page.obj["/MediaBox"] = Array(A4)
        _prune(made)
        made.save(
            made_anew,
            min_version="1.7",
            deterministic_id=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return made_anew.getvalue()


def _is_box(box: object) -> bool:
    return isinstance(box, Array) and len(box) == len(A4)


def _is_annotated(given: pikepdf.Pdf) -> bool:
    """Whether there are notes to fix upon the pages; Unfit where one has no looks to be fixed."""
    room = MOST_NOTES
    for page in given.pages:
        notes = page.obj.get("/Annots")
        if not isinstance(notes, Array):
            continue
        room -= len(notes)
        if room < 0:
            raise Unfit("pdf_bomb")
        if any(isinstance(note, Dictionary) and _has_no_looks(note) for note in notes):
            raise Unfit("pdf_notes")
    return room < MOST_NOTES


def _has_no_looks(note: Dictionary) -> bool:
    kind, flags = str(note.get("/Subtype", "")), note.get("/F", 0)
    if kind in WITHOUT_LOOKS or (isinstance(flags, int) and flags & (HIDDEN | NO_VIEW)):
        return False
    looks = note.get("/AP")
    if isinstance(looks, Dictionary) and "/N" in looks:
        return False
    return kind != "/Widget" or _says_something(note)


def _says_something(field: Object) -> bool:
    """Whether a form's field without looks was filled: its words would be lost."""
    for _step in range(MOST_PARENTS):
        value = field.get("/V")
        if value is not None:
            return bool(str(value).strip())
        field = field.get("/Parent")  # type: ignore[assignment]  # None ends it
        if not isinstance(field, Dictionary):
            break
    return False


def _prune(made: pikepdf.Pdf) -> None:
    """Take away whatever is active, names another file, or is no part of a page's looks."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Object] = [page.obj for page in made.pages]
    while waiting:
        node = waiting.pop()
        if node.objgen in seen:
            continue
        if node.is_indirect:
            seen.add(node.objgen)
        waiting += _within(node) if isinstance(node, Array) else _kept(node)
        if isinstance(node, Stream):
            _strip(node)


def _within(array: Array) -> Iterator[Object]:
    for item in array:
        if is_active(item):
            raise Unfit("pdf_odd")
        if isinstance(item, (Dictionary, Array, Stream)):
            yield item


def _kept(node: Object) -> Iterator[Object]:
    is_page = node.get("/Type") == Name.Page
    for key in list(node.keys()):
        if is_page and key == "/Parent":
            continue
        value = node[key]
        if key in NAMED and isinstance(value, Dictionary) and FORBIDDEN & set(value.keys()):
            raise Unfit("pdf_odd")  # a font or picture under such a name: its text would be lost
        if _is_needless(node, key) or is_active(value):
            del node[key]
        elif isinstance(value, (Dictionary, Array, Stream)):
            yield value


def _is_needless(node: Object, key: str) -> bool:
    return key in FORBIDDEN or key in NEEDLESS or (isinstance(node, Stream) and key in ELSEWHERE)


def _strip(stream: Stream) -> None:
    names = filters_of(stream)
    if names and names[-1] in JPEG_FILTERS:
        packed = unpacked(stream, 1 << 28)
        bare = only_picture(packed)
        if bare != packed or len(names) > 1:
            how = stream.get("/DecodeParms")
            stream.write(bare, filter=Name.DCTDecode)
            if isinstance(how, Dictionary) and "/ColorTransform" in how:
                stream["/DecodeParms"] = how
