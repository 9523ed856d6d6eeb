"""How common things are among those who apply: the shares by which synthetic lives are drawn."""

from collections.abc import Mapping
from random import Random

from juxian.regulation.words import OfficeKind

Weights = Mapping[str, float]

SKILLED = 0.17  # of all applicants; the others are professionals
SKILLED_DIRECT = 0.25  # of the skilled: at region-owned enterprises and schools
WOMEN: Weights = {"professional": 0.28, "skilled": 0.14}

SECTORS: Weights = {
    "engineering": 30,
    "health": 25,
    "natural_teaching": 9,
    "social_teaching": 9,
    "agriculture": 12,
    "natural_research": 5,
    "social_research": 2,
    "culture": 3,
    "press": 2,
    "natural_other": 1.5,
    "social_other": 1.5,
}
SKILLED_SECTORS: Weights = {"engineering": 82, "agriculture": 8, "culture": 4, "natural_other": 6}

CONDITIONS: Mapping[str, Weights] = {
    "engineering": {"A2": 27, "A8": 2, "A4": 1},
    "health": {"A3": 22, "A1": 1, "A8": 1, "A4": 1},
    "natural_teaching": {"A7": 7.5, "A1": 1.5},
    "social_teaching": {"A7": 7.5, "A5": 1, "A1": 0.5},
    "agriculture": {"A2": 11, "A1": 1},
    "natural_research": {"A1": 1},
    "social_research": {"A5": 1},
    "culture": {"A6": 2.5, "A8": 0.5},
    "press": {"A6": 1.5, "A8": 0.5},
    "natural_other": {"A8": 1},
    "social_other": {"A8": 1},
}
"""By sector, so that all together come to A2 38, A3 22, A7 15, A1 9, A8 7, A6 4, A5 3, A4 2 %."""
SKILLED_CONDITIONS: Weights = {
    "B2": 22,
    "B3": 20,
    "B6": 18,
    "B1": 15,
    "B8": 12,
    "B4": 7,
    "B5": 4,
    "B7": 2,
}
GRADES: Weights = {"正高": 74, "副高": 26}
LEVELS: Weights = {"1": 88, "2": 9, "T": 1.5, "S": 1.5}  # 二级的须破格

SERIES: Mapping[str, tuple[str, ...]] = {
    "engineering": ("05",),
    "health": ("04",),
    "natural_teaching": ("01", "22"),
    "social_teaching": ("01", "22"),
    "agriculture": ("06",),
    "natural_research": ("03",),
    "social_research": ("02",),
    "culture": ("23", "10"),
    "press": ("07", "08"),
}
"""Title series of a sector, by their code."""

PLACES: Mapping[str, tuple[OfficeKind, ...]] = {
    "engineering": (
        OfficeKind.STATE_ENTERPRISE,
        OfficeKind.PRIVATE_ENTERPRISE,
        OfficeKind.INSTITUTION,
    ),
    "health": (OfficeKind.HOSPITAL,),
    "natural_teaching": (OfficeKind.UNIVERSITY, OfficeKind.INSTITUTION),
    "social_teaching": (OfficeKind.UNIVERSITY, OfficeKind.INSTITUTION),
    "agriculture": (OfficeKind.INSTITUTION, OfficeKind.INSTITUTE),
    "natural_research": (OfficeKind.INSTITUTE, OfficeKind.UNIVERSITY),
    "social_research": (OfficeKind.INSTITUTE, OfficeKind.UNIVERSITY),
}
"""Where people of a sector work; others work at institutions."""

NONPUBLIC, NONPUBLIC_SECTORS = 0.09, ("engineering", "natural_other", "social_other")
POOR, SOUTHERN_OF_POOR = 0.12, 0.8
SOUTH = ("6529", "6530", "6531", "6532")
GRASSROOTS = 0.22
LEADERS = 0.18
TALENT = 0.25
TALENTS: Weights = {
    "tianshan": 60,
    "tianchi": 20,
    "outstanding_region": 12,
    "minority_science": 6,
    "special_support": 2,
}
SKILL_HONOURS: Weights = {
    "skill_national": 40,
    "may_first_national": 20,
    "labour_national": 20,
    "skill_region": 20,
}
EPIDEMIC = 0.14  # of those in health
EPIDEMIC_IN_POOL = 0.4  # of these: under the department that may nominate them beyond its seats
NATIONAL_TALENT = 0.006
EXCEPTION = SKILLED * LEVELS["2"] / sum(LEVELS.values())
FEW = 50  # from so many applicants on, what is rare occurs at least a few times

RETURNED = {"employer": 0.26, "nominator": 0.10, "province": 0.10}
RETURNED_AGAIN = 0.24
REFUSED_BY_EMPLOYER, REFUSED_LATER = 0.06, 0.01
SETTLED_AGAINST = 0.1
CARRIED_AT_ONCE = 0.45  # the others' votes fall as they will
CARRIED_IN_SMALL = 0.7  # a small region has few, and some must come through
WITHDRAWN = 0.02
LATE = 0.02
OBJECTED, FOUNDED = 0.012, 0.15
KEPT_OUT, ABSENT = 0.06, 0.07
PLANTED = 0.2  # how often an office first tries what must be refused

FILL: Mapping[str, Weights] = {
    "prefecture": {"professional": 0.93, "skilled": 0.40},
    "department": {"professional": 0.45, "skilled": 0.40},
}
"""Of an office's ordinary seats, how many it uses when it has people enough."""
FILL_OF_BUCKET: Weights = {
    "nonpublic_professional": 0.60,
    "nonpublic_skilled": 0.35,
    "epidemic_health": 0.90,
}


def drawn(dice: Random, weights: Weights) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]
