"""Single pages out of a printed form (替换页), in every copy."""

from collections.abc import Collection
from io import BytesIO

import pikepdf

PAGES_SAID = "{http://ns.adobe.com/xap/1.0/t/pg/}NPages"


def only(pdf: bytes, pages: Collection[int], *, copies: int, last: int) -> bytes:
    """These pages of each copy, from 1; PDF/A-2u, for the tags of a whole paper go with it.

    The whole paper when its copies do not have `last` pages: then every foot differs.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        of_a_copy = len(document.pages) // copies
        if of_a_copy != last:
            return pdf
        for place in reversed(range(len(document.pages))):
            if place % of_a_copy + 1 not in pages:
                del document.pages[place]
        for page in document.pages:
            _drop(page.obj, "/StructParents", "/Tabs")
        _drop(document.Root, "/StructTreeRoot", "/MarkInfo", "/Outlines")
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
            said["pdfaid:conformance"] = "U"
            said[PAGES_SAID] = str(len(document.pages))
            del said["pdfuaid:part"]
        saved = BytesIO()
        document.save(saved, deterministic_id=True)
    return saved.getvalue()


def _drop(of: pikepdf.Object, *keys: str) -> None:
    for key in keys:
        if key in of:
            del of[key]
