"""Hostile and broken PDFs, made here from nothing."""

import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.house.hostile.words import (
    BOMB,
    BROKEN,
    CLEAN,
    EMPTY_PDF,
    FORM,
    LOCKED,
    MANY_PAGES,
    NOTES,
    ODD,
    PAGE,
    PORTFOLIO,
    PROGRAM,
    VIRUS,
    Case,
)

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = "app.alert('x');"
ACTIONS = {
    "script": lambda: Dictionary(S=Name.JavaScript, JS=String(SCRIPT)),
    "launch": lambda: Dictionary(S=Name.Launch, F=String("cmd.exe")),
    "submit": lambda: Dictionary(S=Name.SubmitForm, F=String("http://127.0.0.1:9/x")),
    "import": lambda: Dictionary(S=Name.ImportData, F=String("x.fdf")),
    "uri": lambda: Dictionary(S=Name.URI, URI=String("http://127.0.0.1:9/")),
    "remote": lambda: Dictionary(S=Name.GoToR, F=String("x.pdf"), D=Array([0, Name.Fit])),
    "embedded": lambda: Dictionary(S=Name.GoToE, T=Dictionary(R=Name.C)),
    "rendition": lambda: Dictionary(S=Name.Rendition, JS=String(SCRIPT)),
    "reset": lambda: Dictionary(S=Name.ResetForm),
    "rich": lambda: Dictionary(S=Name.RichMediaExecute, CMD=Dictionary(C=String("x"))),
    "chained": lambda: Dictionary(
        S=Name.GoTo, D=Array([0]), Next=Dictionary(S=Name.JavaScript, JS=String(SCRIPT))
    ),
}


def blank(pages: int = 1) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page(page_size=(200, 200))
    return pdf


def saved(pdf: pikepdf.Pdf, **how) -> bytes:
    content = BytesIO()
    pdf.save(content, **how)
    return content.getvalue()


def note(pdf, kind="/Link", **facts):
    box = Array([10, 10, 90, 90])
    made = Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=box, **facts)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(made)])
    return made


def looks(pdf):
    form = pdf.make_stream(b"0 0 80 80 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 80, 80])
    return Dictionary(N=form)


def at_open(pdf, action):
    pdf.Root.OpenAction = action


def at_close(pdf, action):
    pdf.Root.AA = Dictionary(WC=action)


def on_page(pdf, action):
    pdf.pages[0].obj.AA = Dictionary(O=action)


def on_link(pdf, action):
    note(pdf, A=action)


def on_stamp(pdf, action):
    note(pdf, "/Stamp", AA=Dictionary(E=action), AP=looks(pdf))


def on_field(pdf, action):
    field = note(pdf, "/Widget", FT=Name.Btn, T=String("b"), A=action, AP=looks(pdf))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]), CO=Array([]))
    assert field is not None


def on_outline(pdf, action):
    item = pdf.make_indirect(Dictionary(Title=String("x"), A=action))
    pdf.Root.Outlines = Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1)


def in_names(pdf, action):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), action])))


def in_resources(pdf, action):
    pdf.pages[0].obj.Resources = Dictionary(Properties=Dictionary(P=pdf.make_indirect(action)))


def in_piece_info(pdf, action):
    pdf.pages[0].obj.PieceInfo = Dictionary(X=Dictionary(Private=action))


PLACES = (at_open, at_close, on_page, on_link, on_stamp, on_field, on_outline, in_names)
PLACES += (in_resources, in_piece_info)


def active():
    for what, action in ACTIONS.items():
        for place in PLACES:
            pdf = blank()
            place(pdf, action())
            packed = pikepdf.ObjectStreamMode.generate
            how = {"object_stream_mode": packed} if len(what) % 2 else {}
            yield Case(f"{what}-{place.__name__}.pdf", saved(pdf, **how), CLEAN)


def attached(pdf, content=b"MZ evil", name="x.exe"):
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
    return pdf


def carrying():
    pdf = attached(blank())
    yield Case("attachment.pdf", saved(pdf), CLEAN)
    pdf = blank()
    pdf.pages[0].obj.AF = Array([pikepdf.AttachedFileSpec(pdf, b"x", filename="a").obj])
    yield Case("associated-page.pdf", saved(pdf), CLEAN)
    pdf = blank()
    pdf.Root.AF = Array([pikepdf.AttachedFileSpec(pdf, b"x", filename="a").obj])
    yield Case("associated.pdf", saved(pdf), CLEAN)
    pdf = blank()
    spec = pikepdf.AttachedFileSpec(pdf, b"x", filename="a").obj
    note(pdf, "/FileAttachment", FS=spec, AP=looks(pdf))
    yield Case("pinned.pdf", saved(pdf), CLEAN)
    pdf = blank()
    note(pdf, "/RichMedia", RichMediaContent=Dictionary(), AP=looks(pdf))
    yield Case("rich-media.pdf", saved(pdf), CLEAN)
    pdf = attached(blank())
    pdf.Root.Collection = Dictionary(View=Name.D)
    yield Case("portfolio.pdf", saved(pdf), PORTFOLIO)
    pdf = blank()
    pdf.Root.AcroForm = Dictionary(XFA=pdf.make_stream(b"<xdp/>"), Fields=Array([]))
    yield Case("xfa.pdf", saved(pdf), CLEAN)
    pdf.Root.NeedsRendering = True
    yield Case("xfa-dynamic.pdf", saved(pdf), FORM)
    pdf = blank()
    with pdf.open_metadata() as words:
        words["dc:creator"] = ["某人"]
    pdf.docinfo["/Author"] = "某人"
    yield Case("words.pdf", saved(pdf), CLEAN)


def infected():
    yield Case("eicar-attached.pdf", saved(attached(blank(), EICAR, "x.txt")), VIRUS)
    for name, how in (("raw", {"compress_streams": False}), ("packed", {})):
        pdf = blank()
        pdf.pages[0].Contents = pdf.make_stream(b"% " + EICAR)
        yield Case(f"eicar-{name}.pdf", saved(pdf, **how), VIRUS)


def odd_streams():
    for key, value in (
        ("F", String("http://127.0.0.1:9/x")),
        ("Ref", Dictionary(F=String("x.pdf"), Page=0)),
        ("OPI", Dictionary(V=Dictionary(F=String("x")))),
        ("Metadata", String("x")),
        ("AF", Array([])),
    ):
        pdf = blank()
        form = looks(pdf).N
        form[f"/{key}"] = value
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))
        if key == "F":
            continue  # such a stream cannot be written by this library
        yield Case(f"stream-{key}.pdf", saved(pdf), CLEAN)
    pdf = blank()
    form = pdf.make_stream(b"(x) run")
    form.Type, form.Subtype = Name.XObject, Name.PS
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))
    yield Case("postscript.pdf", saved(pdf), CLEAN)
    pdf = blank()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary({"/JS": font}))
    yield Case("font-called-js.pdf", saved(pdf), ODD)
    pdf = blank()
    pdf.pages[0].obj.Resources = Dictionary(Properties=Dictionary(P=Array([Name.JavaScript])))
    yield Case("name-in-array.pdf", saved(pdf), ODD)
    photo, exif, page = BytesIO(), Image.Exif(), BytesIO()
    exif[0x8825] = {1: "N", 2: (43.0, 47.0, 30.0)}
    Image.new("RGB", (64, 64), "red").save(photo, "JPEG", exif=exif, comment=b"<?php evil")
    Image.new("RGB", (64, 64)).save(page, "PDF")
    pdf = pikepdf.open(page)
    picture = next(iter(pdf.pages[0].get_images().values()))
    picture.write(photo.getvalue() + b"<script>trailing", filter=Name.DCTDecode)
    yield Case("photo-with-place.pdf", saved(pdf), CLEAN)


def notes():
    for kind in ("/Highlight", "/FreeText", "/Stamp", "/Ink", "/Square", "/Text"):
        pdf = blank()
        note(pdf, kind, Contents=String("x"))
        yield Case(f"bare{kind.replace('/', '-')}.pdf", saved(pdf), NOTES)
    pdf = blank()
    note(pdf, "/Widget", FT=Name.Tx, T=String("a"), V=String("张三"))
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots, NeedAppearances=True)
    yield Case("filled-without-looks.pdf", saved(pdf), NOTES)
    pdf = blank()
    note(pdf, "/Widget", FT=Name.Sig, T=String("s"), AP=looks(pdf))
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots, SigFlags=3)
    yield Case("signed.pdf", saved(pdf), CLEAN)


def locked():
    for revision in (2, 3, 4, 6):
        crypt = {"R": revision, "aes": revision >= 4, "metadata": revision >= 4}
        user = pikepdf.Encryption(owner="o", user="u", **crypt)
        yield Case(f"locked-r{revision}.pdf", saved(blank(), encryption=user), LOCKED)
        owner = pikepdf.Encryption(owner="o", user="", **crypt)
        yield Case(f"owner-r{revision}.pdf", saved(blank(), encryption=owner), CLEAN)


def broken():
    whole = saved(blank(3))
    for part in (0.1, 0.2):
        yield Case(f"cut-{part}.pdf", whole[: int(len(whole) * part)], BROKEN)
    yield Case("header-only.pdf", b"%PDF-1.7\n", BROKEN)
    yield Case("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40, BROKEN)
    yield Case("no-pages.pdf", saved(pikepdf.new()), EMPTY_PDF)
    yield Case("many-pages.pdf", saved(blank(301)), MANY_PAGES)
    yield Case("wrong-start.pdf", whole.replace(b"startxref\n", b"startxref\n9"), CLEAN, mild=True)
    yield Case("no-xref.pdf", whole[: whole.rindex(b"xref\n", 0, -30)], CLEAN, mild=True)
    yield Case(
        "loop.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n",
        BROKEN,
    )
    yield Case(
        "kids-are-numbers.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[1 2 3]/Count 3>>endobj\ntrailer<</Root 1 0 R>>\n",
        BROKEN,
    )


def bombs():
    def with_contents(raw, kind, **facts):
        pdf = blank()
        stream = pdf.make_stream(b"")
        stream.write(raw, filter=kind, **facts)
        pdf.pages[0].Contents = stream
        none = pikepdf.StreamDecodeLevel.none
        return saved(pdf, stream_decode_level=none, compress_streams=False)

    zeros = zlib.compress(bytes(200_000_000), 9)
    twice = Array([Name.FlateDecode, Name.FlateDecode])
    yield Case("content.pdf", with_contents(zeros, Name.FlateDecode), BOMB)
    yield Case("content-twice.pdf", with_contents(zlib.compress(zeros, 9), twice), BOMB)
    runs = b"\x81 " * 700_000 + b"\x80"
    yield Case("runs.pdf", with_contents(runs, Name.RunLengthDecode), BOMB)
    inline = b"q BI /W 60000 /H 60000 /BPC 1 /CS /G ID x EI Q"
    yield Case("inline.pdf", with_contents(zlib.compress(inline), Name.FlateDecode), BOMB)
    for kind in (Name.FlateDecode, Name.DCTDecode, Name.CCITTFaxDecode, Name.JBIG2Decode):
        pdf = blank()
        picture = pdf.make_stream(b"")
        picture.write(b"\x00" * 9, filter=kind)
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        picture.Width = picture.Height = 60_000
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=picture))
        yield Case(f"picture{str(kind).replace('/', '-')}.pdf", saved(pdf), BOMB)
    packed = zlib.compress(b"1 0 " + bytes(80_000_000), 9)
    yield Case(
        "objects.pdf",
        b"%%PDF-1.5\n9 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n"
        % len(packed)
        + packed
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n",
        BOMB,
    )


def polyglots():
    whole = saved(blank())
    script = b"<html><script>alert(1)</script></html>"
    zipped = b"PK\x03\x04" + bytes(60)
    yield Case("html-first.pdf", script + b"\n" + whole, PAGE)
    yield Case("html-last.pdf", whole + script, CLEAN)
    yield Case("zip-last.pdf", whole + zipped, CLEAN)
    yield Case("junk-first.pdf", b"junk \xff\xfe\n" + whole, CLEAN)
    yield Case("program-first.pdf", b"MZ" + bytes(100) + whole, PROGRAM)
    yield Case("html-inside.pdf", whole.replace(b"%\xbf", b"%" + script + b"\n%\xbf"), CLEAN)


def pdfs():
    for make in (active, carrying, infected, odd_streams, notes, locked, broken, bombs, polyglots):
        yield from make()
