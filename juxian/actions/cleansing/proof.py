"""Proof that a PDF made anew is inert: every object is looked at again, from the outside."""

from io import BytesIO
from itertools import chain

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from juxian.actions.cleansing.unfit import Unfit

FORBIDDEN = frozenset(
    {"/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/EmbeddedFiles", "/EmbeddedFile"}
    | {"/XFA", "/AF", "/EF", "/RichMedia", "/SubmitForm", "/ResetForm", "/GoToR", "/GoToE"}
    | {"/ImportData", "/Rendition", "/AcroForm", "/URI", "/Filespec", "/RichMediaContent"}
)
OF_THE_ROOT = frozenset({"/Type", "/Pages"})
_LOOKS = frozenset({"/Transparency", "/Luminosity", "/Alpha"})  # an /S that is no action
_FOREIGN = frozenset(
    {"/Action", "/Annot", "/Catalog", "/Filespec", "/EmbeddedFile", "/Outlines", "/Sig", "/Page"}
    | {"/Pages"}
)


def is_active(value: object) -> bool:
    """Whether it is a forbidden name, or an action, an annotation or a file where none belongs."""
    if isinstance(value, Name):
        return str(value) in FORBIDDEN
    if not isinstance(value, (Dictionary, Stream)):
        return False
    kind, does = str(value.get("/Type", "")), value.get("/S")
    acts = isinstance(does, Name) and str(does) not in _LOOKS
    is_script = str(value.get("/Subtype", "")) == "/PS" or str(value.get("/Subtype2", "")) == "/PS"
    return kind in _FOREIGN or acts or is_script


def prove(content: bytes) -> None:
    """Unfit unless the document is pages alone: no action, no file, no form, no words about it."""
    with pikepdf.open(BytesIO(content)) as pdf:
        if faults_of(pdf):
            raise Unfit("pdf_odd")


def faults_of(pdf: pikepdf.Pdf) -> frozenset[str]:
    """Every forbidden name anywhere, and what else stands where only pages should."""
    strange = set(pdf.Root.keys()) - OF_THE_ROOT
    strange |= {key for key in ("/Info", "/Encrypt") if key in pdf.trailer}
    for one in chain([pdf.Root], pdf.objects):
        strange |= _names_in(one) & FORBIDDEN
        if "/Metadata" in _keys(one) or "/Annots" in _keys(one):
            strange.add("/Metadata")
    return frozenset(strange)


def _keys(one: Object) -> frozenset[str]:
    return frozenset(one.keys()) if isinstance(one, (Dictionary, Stream)) else frozenset()


def _names_in(one: Object) -> set[str]:
    """Keys and names of an object and of what stands directly in it."""
    names: set[str] = set()
    waiting: list[object] = [one]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            names.add(str(node))
        elif isinstance(node, Array):
            waiting += [item for item in node if _is_own(item)]
        elif isinstance(node, (Dictionary, Stream)):
            for key in node.keys():  # noqa: SIM118 - iterating a stream's dictionary
                names.add(key)
                if _is_own(node[key]):
                    waiting.append(node[key])
    return names


def _is_own(item: object) -> bool:
    return isinstance(item, Object) and not item.is_indirect
