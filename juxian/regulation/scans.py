"""What may be doubtful about a scanned page; never a decision, always a look for a person."""

from dataclasses import dataclass
from enum import StrEnum


class DoubtKind(StrEnum):
    BLANK = "blank"  # 空白页
    BLURRED = "blurred"  # 模糊
    SIDEWAYS = "sideways"  # 方向不正
    SMALL = "small"  # 分辨率过低


@dataclass(frozen=True, slots=True)
class Doubt:
    """`page` counts from 1."""

    page: int
    kind: DoubtKind
