"""When a panel member keeps out of a candidate's vote (回避)."""

import re
from dataclasses import dataclass

SELF = "self"
RIVAL = "rival"
EMPLOYER = "employer"

COMPUTED: dict[str, str] = {
    SELF: "本人",
    RIVAL: "本人也是本次人选",
    EMPLOYER: "同一工作单位",
}
DECLARED: dict[str, str] = {
    "kin": "近亲属",
    "teacher": "师生",
    "colleague": "近5年内曾在同一单位工作",
    "coauthor": "近5年内合作完成成果、项目或论文",
    "interest": "有利害关系或其他可能影响公正的情形",
}
OTHER = "interest"
RELATIONS: dict[str, str] = {**COMPUTED, **DECLARED}


@dataclass(frozen=True, slots=True)
class Tied:
    """Who somebody is and where they belong: person's key and that of the legal entity."""

    person: int
    employer: int | None
    credit_code: str = ""


def panel_relation(expert: tuple[str, str], candidate: tuple[str, str], *, colleagues: bool) -> str:
    """Of an expert known by name and employer alone, as papers have both; `colleagues` keep out."""
    if expert == candidate:
        return SELF
    return EMPLOYER if colleagues and expert[1] == candidate[1] else ""


def declared_in(text: str) -> tuple[tuple[str, str], ...]:
    """Whom an expert keeps out of, and the relation, as he wrote it: 李强（近亲属）、王伟."""
    found = []
    for part in re.split(r"[、，,；;\n]+", text):
        name, _bracket, said = part.strip().rstrip("）)").replace("(", "（").partition("（")
        relation = next((code for code, words in DECLARED.items() if words == said.strip()), OTHER)
        found += [(name.strip(), relation)] if name.strip() else []
    return tuple(found)


def found_relation(member: Tied, candidate: Tied, *, is_candidate: bool) -> str:
    """The relation that records alone prove, or "". `is_candidate`: the member is on the list too.

    A member who stands himself keeps out of the whole list: his rivals' votes are his own matter.
    """
    if member.person == candidate.person:
        return SELF
    if is_candidate:
        return RIVAL
    same_office = member.employer is not None and member.employer == candidate.employer
    same_code = bool(member.credit_code) and member.credit_code == candidate.credit_code
    return EMPLOYER if same_office or same_code else ""
