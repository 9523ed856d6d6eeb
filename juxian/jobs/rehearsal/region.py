"""An invented region on the real map: its offices, their officers and its experts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from juxian.actions.office import create_office
from juxian.actions.person import appoint, register
from juxian.jobs.rehearsal.register_of_offices import (
    DEPARTMENTS,
    ENTERPRISES,
    SCHOOLS,
    SMALL_ENTERPRISES,
    SMALL_SCHOOLS,
    self_standing,
    with_units,
)
from juxian.records.models import Office, Person
from juxian.regulation.words import Holder, OfficeKind, Role

PREFECTURES = (
    ("650100", "乌鲁木齐市"),
    ("650200", "克拉玛依市"),
    ("650400", "吐鲁番市"),
    ("650500", "哈密市"),
    ("652300", "昌吉回族自治州"),
    ("652700", "博尔塔拉蒙古自治州"),
    ("652800", "巴音郭楞蒙古自治州"),
    ("652900", "阿克苏地区"),
    ("653000", "克孜勒苏柯尔克孜自治州"),
    ("653100", "喀什地区"),
    ("653200", "和田地区"),
    ("654000", "伊犁哈萨克自治州"),
    ("654200", "塔城地区"),
    ("654300", "阿勒泰地区"),
)
SEATS = {  # of prefectures: county, its name, postcode
    "650100": ("650102", "天山区", "830000"),
    "650200": ("650203", "克拉玛依区", "834000"),
    "650400": ("650402", "高昌区", "838000"),
    "650500": ("650502", "伊州区", "839000"),
    "652300": ("652301", "昌吉市", "831100"),
    "652700": ("652701", "博乐市", "833400"),
    "652800": ("652801", "库尔勒市", "841000"),
    "652900": ("652901", "阿克苏市", "843000"),
    "653000": ("653001", "阿图什市", "845350"),
    "653100": ("653101", "喀什市", "844000"),
    "653200": ("653201", "和田市", "848000"),
    "654000": ("654002", "伊宁市", "835000"),
    "654200": ("654201", "塔城市", "834700"),
    "654300": ("654301", "阿勒泰市", "836500"),
}
KINDS = {
    "人民医院": OfficeKind.HOSPITAL,
    "机械厂": OfficeKind.STATE_ENTERPRISE,
    "水利工程处": OfficeKind.STATE_ENTERPRISE,
}
EMPLOYERS = ("人民医院", "第一中学", "农业技术推广站", "机械厂", "职业高中", "水利工程处")
PRIVATE = "民营制造有限公司"
SAMPLE = "（示例）"
SINCE = date(2018, 1, 1)


@dataclass
class Region:
    organiser: Office
    secretary: Person
    employers: list[Office] = field(default_factory=list)
    officers: dict[tuple[int, Role], Person] = field(default_factory=dict)
    experts: list[Person] = field(default_factory=list)
    outsiders: list[Office] = field(default_factory=list)  # whose people are not in the scope
    is_whole: bool = False


@dataclass
class Builder:
    """Adds offices and one officer for every role at each; logins are code-role unless named."""

    logins: Mapping[tuple[str, Role], str] = field(default_factory=dict)
    officers: dict[tuple[int, Role], Person] = field(default_factory=dict)

    def office(self, code: str, name: str, *roles: Role, **facts: Any) -> Office:
        made = create_office(code, name, **facts)
        for role in roles:
            self.officer(made, role)
        return made

    def officer(self, office: Office, role: Role, track: str = "") -> Person:
        login = self.logins.get((office.code, role), f"{office.code}-{role}")
        person = register(login, None, name=_officer_name(office, role))
        appoint(person, office, role, by=None, track=track, starts_on=SINCE)
        self.officers[office.pk, role] = person
        return person


def _officer_name(office: Office, role: Role) -> str:
    """An invented name that stays the same for the office of this key."""
    surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
    given = "文明安宁志远思齐建新若水永康嘉木清和"
    place = (office.pk * 2 + len(role)) % 18
    return surnames[(office.pk + len(role)) % len(surnames)] + given[place : place + 2]


BOTH = (Role.HANDLER, Role.DISCIPLINE)
DIRECT: dict[str, Any] = {"region": "650100", "affiliation": "20"}


def build(
    *,
    receiving: tuple[tuple[str, str, str], ...],
    logins: Mapping[tuple[str, Role], str] | None = None,
    small: bool = False,
    whole: bool = False,
) -> Region:
    """The region; `receiving` are (office code, name, track) of the divisions that receive.

    `whole` has the real region's numbers: 110 departments, 40 enterprises and schools.
    """
    builder = Builder(logins or {})
    root = builder.office(
        "xj-hr",
        f"自治区人力资源和社会保障厅{SAMPLE}",
        Role.SECRETARY,
        Role.SUPERVISOR,
        Role.OPERATOR,
        kind=OfficeKind.HR_OFFICE,
        region="650000",
        is_province=True,
    )
    for code, name, track in receiving:
        division = builder.office(
            code, name, kind=OfficeKind.DIVISION, region="650000", parent=root
        )
        builder.officer(division, Role.HANDLER, track)
    region = Region(root, builder.officers[root.pk, Role.SECRETARY], officers=builder.officers)
    for number, (code, name) in enumerate(PREFECTURES):
        region.employers += _prefecture(builder, code, name, number, small=small)
    for code, name, units in DEPARTMENTS:
        region.employers += _department(builder, code, name, units)
    if whole:
        region.employers += _further(builder)
        region.outsiders = _outsiders(builder)
    region.is_whole = whole
    region.employers += _direct(builder, whole=whole)
    region.experts = [
        register(f"expert{number:02d}", None, name=f"专家{_number(number)}")
        for number in range(1, 32)
    ]
    return region


def _number(number: int) -> str:
    stems, branches = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
    return stems[(number - 1) % 10] + branches[(number - 1) % 12]


def _prefecture(
    builder: Builder, code: str, name: str, number: int, *, small: bool
) -> list[Office]:
    bureau = builder.office(
        f"p{code}",
        f"{name}人力资源和社会保障局{SAMPLE}",
        *BOTH,
        kind=OfficeKind.HR_OFFICE,
        region=code,
        holder=Holder.PREFECTURE,
    )
    names = EMPLOYERS[:2] if small else EMPLOYERS
    seat, city, postcode = SEATS[code]
    employers = [
        builder.office(
            f"p{code}-{place}",
            f"{name}{unit}{SAMPLE}",
            *BOTH,
            kind=KINDS.get(unit, OfficeKind.INSTITUTION),
            region=seat,
            files_to=bureau,
            affiliation="40",
            address=f"{city}示例路{place + 1}号",
            postcode=postcode,
        )
        for place, unit in enumerate(names)
    ]
    if number % 2 == 0:
        private = builder.office(
            f"p{code}-private",
            f"{name}{PRIVATE}{SAMPLE}",
            *BOTH,
            kind=OfficeKind.PRIVATE_ENTERPRISE,
            region=code,
            files_to=bureau,
            affiliation="90",
            is_nonpublic=True,
        )
        employers.append(private)
    return employers


def _department(builder: Builder, code: str, name: str, units: tuple[str, ...]) -> list[Office]:
    kind = OfficeKind.ORGAN if units else OfficeKind.UNIVERSITY
    department = _holder(builder, code, name, kind)
    below = [
        builder.office(
            f"{code}-{place}",
            f"{name.removeprefix('自治区')}{unit}{SAMPLE}",
            *BOTH,
            kind=OfficeKind.HOSPITAL if "医院" in unit else OfficeKind.INSTITUTION,
            files_to=department,
            **DIRECT,
        )
        for place, unit in enumerate(units)
    ]
    return below or [department]


def _holder(
    builder: Builder,
    code: str,
    name: str,
    kind: OfficeKind,
    holder: Holder = Holder.DEPARTMENT,
) -> Office:
    return builder.office(code, f"{name}{SAMPLE}", *BOTH, kind=kind, holder=holder, **DIRECT)


def _further(builder: Builder) -> list[Office]:
    """The departments beyond the first ten, with those that have no units below them."""
    made: list[Office] = []
    for place, (name, units) in enumerate(with_units()):
        made += _department(builder, f"xj-department-{place}", name, units)
    for place, (name, kind) in enumerate(self_standing()):
        made.append(_holder(builder, f"xj-direct-{place}", name, kind))
    return made


def _outsiders(builder: Builder) -> list[Office]:
    """Whose people a call may leave out: an organ itself, a central unit, one of the XPCC."""
    organ = _holder(builder, "xj-organ", "自治区示例机关", OfficeKind.ORGAN)
    facts = {"kind": OfficeKind.STATE_ENTERPRISE, "region": "650100", "files_to": organ}
    central = builder.office("xj-central", f"中央驻疆企业{SAMPLE}", affiliation="10", **facts)
    corps = builder.office("xj-corps", f"兵团所属企业{SAMPLE}", affiliation="91", **facts)
    return [organ, central, corps]


def _direct(builder: Builder, *, whole: bool) -> list[Office]:
    enterprises = ENTERPRISES if whole else ENTERPRISES[:SMALL_ENTERPRISES]
    schools = SCHOOLS if whole else SCHOOLS[:SMALL_SCHOOLS]
    kinds = (OfficeKind.STATE_ENTERPRISE, OfficeKind.TECHNICAL_SCHOOL)
    made = [
        _holder(builder, f"xj-enterprise-{place}", name, kinds[0], Holder.ENTERPRISE)
        for place, name in enumerate(enterprises)
    ]
    made += [
        _holder(builder, f"xj-school-{place}", name, kinds[1], Holder.SCHOOL)
        for place, name in enumerate(schools)
    ]
    return made
