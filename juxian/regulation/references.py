"""Papers, books and patents as reference lists tell of them: BibTeX, RIS, EndNote, RefWorks, DOIs.

Nothing is looked up anywhere: what the text does not say stays blank.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from urllib.parse import quote

import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from pypinyin import lazy_pinyin

from juxian.regulation.clipboard import Cells
from juxian.regulation.fields import EntryKind, Field, FieldKind, Form

DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
DOI_BEFORE = re.compile(r"^(https?://(dx\.)?doi\.org/|doi\s*[:：]?\s*)", re.IGNORECASE)
TAGGED = re.compile(r"^(%[0-9A-Z@]|[A-Z][A-Z0-9](?=\s|$))\s*(.*)$")
MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"  # three letters each
HAN = re.compile(r"[一-鿿]")

BIBTEX_KINDS = {
    "article": EntryKind.PAPER,
    "inproceedings": EntryKind.PAPER,
    "conference": EntryKind.PAPER,
    "book": EntryKind.WORK,
    "patent": EntryKind.PATENT,
}
KINDS: Mapping[str, EntryKind] = {
    **dict.fromkeys(("JOUR", "JFULL", "MGZN", "CONF", "CPAPER"), EntryKind.PAPER),
    **dict.fromkeys(("Journal Article", "Conference Paper", "Journal"), EntryKind.PAPER),
    **dict.fromkeys(("Conference Proceedings", "Conference Proceeding"), EntryKind.PAPER),
    **dict.fromkeys(("BOOK", "Book", "Book, Whole"), EntryKind.WORK),
    **dict.fromkeys(("PAT", "Patent"), EntryKind.PATENT),
}
RIS_NAMES = {
    "title": ("title", "primary_title"),
    "journal": ("journal_name", "secondary_title", "alternate_title3", "alternate_title1"),
    "year": ("year", "publication_year", "date"),
    "date": ("date", "access_date"),
    "volume": ("volume",),
    "issue": ("number",),
    "doi": ("doi",),
    "publisher": ("publisher",),
    "number": ("number",),
}
TAGS = {  # of EndNote (%T) and RefWorks (T1)
    **dict.fromkeys(("%T", "T1"), "title"),
    **dict.fromkeys(("%J", "JF", "JO"), "journal"),
    **dict.fromkeys(("%D", "YR"), "year"),
    **dict.fromkeys(("%8", "FD"), "date"),
    **dict.fromkeys(("%V", "VO"), "volume"),
    **dict.fromkeys(("%N", "IS"), "issue"),
    **dict.fromkeys(("%P", "OP"), "pages"),
    **dict.fromkeys(("%R", "DO"), "doi"),
    **dict.fromkeys(("%I", "PB"), "publisher"),
    **dict.fromkeys(("%@", "SN"), "isbn"),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a list; `line` is where it begins, from 1."""

    line: int
    kind: EntryKind | None
    said: Mapping[str, str]
    authors: tuple[str, ...] = ()

    @property
    def doi(self) -> str:
        return normalised_doi(self.said.get("doi", ""))


@dataclass(slots=True)
class References:
    """A list as it was read; `rejected` are lines with the reason, in the list's order."""

    found: list[Reference] = made(default_factory=list)
    rejected: list[tuple[int, str]] = made(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listed:
    """The entries for one table, as cells under its headings."""

    cells: Cells
    rejected: tuple[tuple[int, str], ...]
    unknown: int  # entries among whose authors the applicant was not found


def is_list(text: str) -> bool:
    """Whether it is a list of references, and not cells of a sheet."""
    return _reader(text) is not None


def read_references(text: str) -> References:
    """What can be read of it; nothing for a text that is no such list."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    reader = _reader(text)
    read = References()
    if reader is not None:
        reader(text, read)
    return read


def doi_address(doi: str) -> str:
    """Where a DOI leads to; "" for what is no DOI."""
    found = normalised_doi(doi)
    return f"https://doi.org/{quote(found, safe='/')}" if found else ""


def normalised_doi(text: str) -> str:
    """Without its address, in lower case; "" for what is no DOI."""
    found = DOI.fullmatch(DOI_BEFORE.sub("", text.strip()).rstrip(".,;。；，"))
    return found[0].lower() if found else ""


def listed_for(form: Form, table: Field, read: References, name: str) -> Listed:
    """As the table's rows; which author the applicant is, is a guess by the name."""
    rejected = list(read.rejected)
    rows: list[tuple[str, ...]] = []
    seen: dict[str, int] = {}
    unknown = 0
    for one in read.found:
        why = _why_not(one, table, seen)
        if why:
            rejected.append((one.line, why))
            continue
        if one.doi:
            seen[one.doi] = one.line
        rank = rank_of(name, one.authors)
        unknown += not rank
        said = _row(one, rank)
        rows.append(tuple(_cell(form, column, said) for column in table.columns))
    heads = tuple(column.label for column in table.columns)
    return Listed((heads, *rows) if rows else (), tuple(sorted(rejected)), unknown)


def rank_of(name: str, authors: tuple[str, ...]) -> int:
    """Which of the authors bears the name, in Chinese or pinyin, from 1; 0 for none or several."""
    forms = _forms(name)
    ranks = [rank for rank, author in enumerate(authors, 1) if _spelt(author) & forms]
    return ranks[0] if len(ranks) == 1 else 0


def _why_not(one: Reference, table: Field, seen: Mapping[str, int]) -> str:
    if one.kind is not None and one.kind != table.fact:
        return "不是这一类，请在相应的表格中导入"
    if one.said.get("doi") and not one.doi:
        return f"DOI“{one.said['doi']}”写法不对，应以10.开头，如10.1000/abc"
    if one.doi in seen:
        return f"与第{seen[one.doi]}行的DOI相同"
    if not (one.said.get("title") or one.doi):
        return "没有题名，也没有DOI"
    return ""


def _row(one: Reference, rank: int) -> dict[str, str]:
    """By what a column is known as."""
    said = one.said
    issue = ""
    if said.get("year"):
        number = f"({said['issue']})" if said.get("issue") else ""
        pages = f":{said['pages']}" if said.get("pages") else ""
        volume = f"{said.get('volume', '')}{number}{pages}"
        issue = f"{said['year']},{volume}" if volume else ""
    return {
        "title": said.get("title", ""),
        "name": said.get("title", ""),
        "journal": said.get("journal", ""),
        "issue": issue if said.get("journal") else "",
        "doi": one.doi,
        "date": _month(said),
        "publisher": said.get("publisher", ""),
        "isbn": said.get("isbn", ""),
        "number": said.get("number", ""),
        "rank": str(rank or ""),
        "people": str(len(one.authors) or ""),
        "author": "first" if rank == 1 else "",
    }


def _cell(form: Form, column: Field, said: Mapping[str, str]) -> str:
    text = said.get(column.known_as, "")
    if column.kind in (FieldKind.CHOICE, FieldKind.CODE) and text:
        options = {one.value: one.label for one in form.options(column)}
        return options.get(text, "")
    return text


def _month(said: Mapping[str, str]) -> str:
    """2019-03, where a month is told."""
    date = re.match(r"(\d{4})[-/.年](\d{1,2})", said.get("date", ""))
    if date:
        return f"{date[1]}-{int(date[2]):02d}"
    month = said.get("month", "").strip().lower()
    number = int(month) if month.isdecimal() else MONTHS.find(month[:3] or "-") // 3 + 1
    return f"{said['year']}-{number:02d}" if said.get("year") and number else ""


def _reader(text: str) -> Callable[[str, References], None] | None:
    if re.search(r"^\s*@\w+\s*[{(]", text, re.MULTILINE):
        return _bibtex
    if re.search(r"^TY {1,2}- ", text, re.MULTILINE):
        return _ris
    if re.search(r"^(%0|RT) ", text, re.MULTILINE):
        return _tagged
    lines = [line for line in text.splitlines() if line.strip()]
    dois = [line for line in lines if "\t" not in line and _is_doi_like(line)]
    return _dois if dois and len(dois) * 2 >= len(lines) else None


def _is_doi_like(line: str) -> bool:
    return bool(normalised_doi(line)) or bool(DOI_BEFORE.match(line.strip()))


def _bibtex(text: str, read: References) -> None:
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware(), SeparateCoAuthors()])
    for block in library.failed_blocks:
        read.rejected.append(
            ((block.start_line or 0) + 1, "这一条的BibTeX写法有误，请检查括号和逗号")
        )
    for entry in library.entries:
        values = {key.lower(): one.value for key, one in entry.fields_dict.items()}
        authors = values.pop("author", ())
        said = {key: str(value).replace("–", "-") for key, value in values.items()}
        said["journal"] = said.get("journal") or said.get("booktitle", "")
        kind = BIBTEX_KINDS.get(entry.entry_type.lower())
        if kind is not EntryKind.PATENT:
            said["issue"] = said.pop("number", "")
        names = tuple(map(str, authors)) if isinstance(authors, list) else ()
        _keep(read, Reference((entry.start_line or 0) + 1, kind, said, names), entry.entry_type)


def _ris(text: str, read: References) -> None:
    starts = [n for n, line in enumerate(text.splitlines(), 1) if re.match(r"TY {1,2}- ", line)]
    text = re.sub(r"^([A-Z][A-Z0-9]) -", r"\1  -", text, flags=re.MULTILINE)
    try:
        entries = rispy.loads(text)
    except (OSError, ValueError, LookupError):
        read.rejected.append((1, "RIS内容无法读取，请重新导出"))
        return
    for line, entry in zip(starts, entries, strict=False):
        said = {name: _first(entry, keys) for name, keys in RIS_NAMES.items()}
        first, last = str(entry.get("start_page", "")), str(entry.get("end_page", ""))
        said["pages"] = f"{first}-{last}" if first and last and last != first else first
        said["year"] = said["year"][:4]
        said["isbn"] = str(entry.get("issn") or entry.get("isbn") or "")
        names = [*entry.get("first_authors", ()), *entry.get("authors", ())]
        sort = str(entry.get("type_of_reference", ""))
        _keep(read, Reference(line, KINDS.get(sort), said, tuple(names)), sort)


def _first(entry: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((str(entry[name]) for name in names if entry.get(name)), "")


def _tagged(text: str, read: References) -> None:
    """EndNote and RefWorks, as CNKI and others write them."""
    for line, entry in _entries(text):
        sort = "".join(entry.get("%0", entry.get("RT", [])))
        names = [*entry.get("%A", ()), *entry.get("A1", ())]
        authors = [one.strip() for name in names for one in re.split(r"[;；]", name)]
        said = {TAGS[tag]: " ".join(values) for tag, values in entry.items() if tag in TAGS}
        said["year"] = said.get("year", "")[:4]
        said["number"] = said.get("isbn", "")
        reference = Reference(line, KINDS.get(sort.strip()), said, tuple(filter(None, authors)))
        _keep(read, reference, sort)


def _entries(text: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    begun, entry = 0, dict[str, list[str]]()
    for number, line in enumerate(text.splitlines(), 1):
        tagged = TAGGED.match(line)
        if tagged is None:
            continue
        if tagged[1] in ("%0", "RT"):
            if entry:
                yield begun, entry
            begun, entry = number, {}
        entry.setdefault(tagged[1], []).append(tagged[2].strip())
    if entry:
        yield begun, entry


def _dois(text: str, read: References) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            read.found.append(Reference(number, None, {"doi": line.strip()}))


def _keep(read: References, one: Reference, sort: str) -> None:
    if one.kind is None:
        read.rejected.append((one.line, f"“{sort}”不是论文、著作或专利，没有读入"))
    else:
        read.found.append(one)


def _forms(name: str) -> set[str]:
    """How the name may be spelt, without spaces and dots, surname first or last."""
    plain = re.sub(r"[\s·•.]", "", name)
    parts = re.split(r"[·•.]", name) if re.search(r"[·•.]", name) else [name[:1], name[1:]]
    spelt = ["".join(lazy_pinyin(part)).lower() for part in parts if part]
    forms = {plain, "".join(spelt), "".join(reversed(spelt))}
    if len(parts) == 2 and not re.search(r"[·•.]", name):  # noqa: PLR2004 - surname, given name
        short = "".join(one[0] for one in lazy_pinyin(parts[1]))
        forms |= {spelt[0] + short, short + spelt[0]}
    return forms


def _spelt(author: str) -> set[str]:
    if HAN.search(author):
        return {re.sub(r"[\s·•.,，]", "", author)}
    return {re.sub(r"[^a-z]", "", author.lower())}
