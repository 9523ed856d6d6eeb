"""A ZIP file made while it is sent: never whole in memory or on disk."""

import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any


class _Pipe(RawIOBase):
    """What is written in at one end is taken out at the other."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = b""

    def writable(self) -> bool:
        return True

    def write(self, chunk: Any, /) -> int:
        self.waiting += bytes(chunk)
        return len(chunk)

    def take(self) -> bytes:
        taken, self.waiting = self.waiting, b""
        return taken


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The archive in pieces, one for each file and one for its table of contents."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
            yield pipe.take()
    yield pipe.take()
