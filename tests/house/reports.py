"""Help for tests of reports: documents of every sort, and handing one in."""

import zipfile
from datetime import datetime
from io import BytesIO

from juxian.actions import report
from juxian.actions.report import CONTENT_TYPES, MAIN_PART, Document
from juxian.records.packs import pack_named
from tests.house.world import BEIJING, PACK, PDF

CODE = "allowance_summary"
LAST_MOMENT = datetime(2020, 3, 25, 23, 59, 59, tzinfo=BEIJING)
TOO_LATE = datetime(2020, 3, 26, tzinfo=BEIJING)


def package(*content_types, packed=zipfile.ZIP_DEFLATED, listed_in=CONTENT_TYPES):
    """A package of Office with parts of these types."""
    parts = "".join(f'<Override PartName="/p" ContentType="{one}"/>' for one in content_types)
    return zipped(listed_in, f"<Types>{parts}</Types>", packed)


def zipped(name, text, packed=zipfile.ZIP_DEFLATED):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", packed) as archive:
        archive.writestr(name, text)
    return content.getvalue()


WORD = package(MAIN_PART)


def texts(**missing):
    """Every part written, apart from what is said of one by its place: part_0="" leaves it out."""
    asked = pack_named(PACK).reports[0]
    said = {part: f"{part}：见数据。" for part in asked.parts}
    return said | {asked.parts[int(key[-1])]: text for key, text in missing.items()}


def hand_in(world, *contents, by=None, office=None, said=None, code=CODE, title="总结.pdf"):
    """Of Kashgar by its handler, whole, with one PDF, if nothing else is said."""
    return report.hand_in(
        world.cycle.pk,
        (office or world.kashgar).pk,
        code,
        by=by or world.kashgar_handler,
        texts=texts() if said is None else said,
        documents=[Document(title, content) for content in contents or (PDF,)],
    )
