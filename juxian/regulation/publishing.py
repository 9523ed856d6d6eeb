"""Who is not published (涉密人员), and what is done about who was objected to (R45)."""

from enum import StrEnum

CLASSIFIED: dict[str, str] = {
    "post": "在涉密岗位工作",
    "project": "承担涉密项目",
    "unit": "所在部门按规定不公开",
    "rule": "其他按规定不公开姓名的情形",
}
"""Why, in words that say nothing of the secret itself."""


class Remedy(StrEnum):
    """What is done about the person objected to (处理)."""

    KEEP = "keep"  # 维持
    CANCEL = "cancel"  # 取消推荐资格
    SUSPEND = "suspend"  # 暂缓，留在公示环节
    REPUBLISH = "republish"  # 更正以后重新公示


STAYING = (Remedy.SUSPEND, Remedy.REPUBLISH)
UNFOUNDED = ("untrue", "unclear")  # what was found that no cancelling rests on
