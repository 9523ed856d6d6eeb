"""The package that goes up to the ministry: roster, one record and one set of papers a person."""

import hashlib
import json
from collections.abc import Iterator

from juxian.papers.application_form import application_form
from juxian.papers.nomination_form import nomination_form
from juxian.papers.summary_list import summary_list
from juxian.records.models import Cycle
from juxian.selectors.ministry import dossiers, roster

MANIFEST = "清单.json"


def package(cycle: Cycle) -> Iterator[tuple[str, bytes]]:
    """Names and contents, one after another; the manifest with every SHA-256 comes last."""
    digests: dict[str, str] = {}
    for name, content in _parts(cycle):
        digests[name] = hashlib.sha256(content).hexdigest()
        yield name, content
    whole = {"cycle": cycle.code, "pack_digest": cycle.pack_digest, "sha256": digests}
    yield MANIFEST, json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True).encode()


def _parts(cycle: Cycle) -> Iterator[tuple[str, bytes]]:
    yield "人选一览表.xlsx", summary_list(roster(cycle))
    for person in dossiers(cycle):
        text = json.dumps(person.record, ensure_ascii=False, indent=2, sort_keys=True)
        yield f"数据/{person.place}.json", text.encode()
        yield f"登记表/{person.place}.pdf", application_form(person.form)
        if person.nomination is not None:
            yield f"推荐表/{person.place}.pdf", nomination_form(person.nomination)
