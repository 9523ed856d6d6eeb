"""The letter that goes with the merged reports of all offices (总结材料报送函)."""

from collections.abc import Mapping
from datetime import date

from juxian.papers import official
from juxian.papers.official import Annex, Official
from juxian.papers.titles import title_of
from juxian.selectors.merged_report import LetterInput

NOBODY = "　　　　"


def prefilled(given: LetterInput) -> dict[str, str]:
    """Of whom it is sent to the records know nothing."""
    said = f"按照要求，我单位组织各推荐单位开展了{given.title}工作。"
    said += f"共收到{given.handed_in}个推荐单位的总结材料，现汇编报送。"
    if given.missing:
        said += f"\n没有报送的{len(given.missing)}个：{'、'.join(given.missing)}。"
    return {"body": said, "phone": given.phone}


def official_of(given: LetterInput, texts: Mapping[str, str]) -> Official:
    said = {**prefilled(given), **texts}
    dated = texts.get("dated", "")
    return official.document(
        Official(
            stamp=official.stamp_of("总结材料报送函", given.number, given.office, given.dated),
            head="letter",
            organ=given.office,
            number=said.get("number") or f"　　　〔{given.year}〕　　号",
            title=title_of(given.office, f"关于报送{given.title}的函"),
            addressee=said.get("addressee") or NOBODY,
            blocks=official.paragraphs(said["body"]),
            annexes=(Annex(f"{given.title}汇编", ()),),
            signed_by=given.office,
            signed_on=official.day_of(date.fromisoformat(dated) if dated else None),
            note=official.contact(said.get("contact", ""), said.get("phone", "")),
        )
    )
