"""The tilt of nominations (倾斜情况表) as a workbook, a line an office."""

from collections.abc import Iterator, Sequence

from juxian.papers.work_list import Copy, short_list
from juxian.selectors.tilt import Share, Tilt

TITLE = "倾斜情况"
OF_EACH = ("申报", "通过评审", "推荐")


def tilt_sheet(tilts: Sequence[Tilt], mark: str) -> bytes:
    """XLSX; `mark` says whose copy it is. At least one office."""
    headings = [("推荐单位", 30.0), *((f"{said}人数", 10.0) for said in OF_EACH)]
    for favoured, _share, _of in tilts[0].shares:
        headings += [(f"{favoured.title}·{said}", 14.0) for said in OF_EACH]
        headings.append((f"{favoured.title}·占推荐", 14.0))
    return short_list(Copy(TITLE, mark, headings), (list(_line(tilt)) for tilt in tilts))


def _line(tilt: Tilt) -> Iterator[str]:
    yield tilt.office.name if tilt.office else "合计"
    yield from _figures(tilt.whole)
    for _mark, share, of in tilt.shares:
        yield from _figures(share)
        yield of


def _figures(share: Share) -> Iterator[str]:
    yield from (str(share.filed), str(share.passed), str(share.nominated))
