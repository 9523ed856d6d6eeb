"""A file that somebody wants to take away: how it is named, how long it is, how it is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from juxian.actions.trace import Left
from juxian.papers.sheet import Reported


@dataclass(frozen=True, slots=True)
class Wanted:
    """One that `is_long` is for a worker. Its parts, `total` of them, are rows, people or pages.

    `write` says which traces are to be left of it.
    """

    name: str
    total: int
    is_long: bool
    write: Callable[[BinaryIO, Reported], Sequence[Left]]
