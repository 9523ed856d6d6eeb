"""Titles of official documents, in lines that break where the sense does (GB/T 9704 7.3.1)."""

import re

from juxian.papers.layout import width

MOST = 19.0  # characters of 22 points on a line
BEFORE = ("关于", "推荐", "享受", "人选", "的")  # a line may begin with these


def subject_of(programme: str) -> str:
    """2020年享受政府特殊津贴, of a programme that selects people for it."""
    return programme.removesuffix("选拔").removesuffix("评选").removesuffix("人员")


def title_of(organ: str, subject: str) -> str:
    """甲单位关于……的报告: the organ on a line of its own where all does not fit into one."""
    whole = organ + subject
    if width(whole) <= MOST:
        return whole
    if organ and width(organ + "关于") <= MOST and width(subject.removeprefix("关于")) <= MOST:
        return f"{organ}关于\n{subject.removeprefix('关于')}"
    return "\n".join((*(_broken(organ) if organ else ()), *_broken(subject)))


def _broken(text: str) -> tuple[str, ...]:
    """As few lines as will hold it, the first no shorter than needed."""
    if width(text) <= MOST:
        return (text,)
    places = [found.start() for found in re.finditer("|".join(BEFORE), text) if found.start()]
    fitting = [place for place in places if width(text[:place]) <= MOST]
    if not fitting:
        fitting = [n for n in range(1, len(text)) if width(text[:n]) <= MOST]
    middle = width(text) / 2
    place = min(fitting, key=lambda n: abs(width(text[:n]) - middle))
    return (text[:place], *_broken(text[place:]))
