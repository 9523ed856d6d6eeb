"""Inputs for the papers' builders, all invented, and ways to look into what was made."""

from datetime import date, datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image

from juxian.regulation.fields import load_form
from juxian.regulation.tally import Tally
from juxian.regulation.words import Kind
from juxian.selectors.paper_inputs import (
    CandidateFact,
    EvaluationInput,
    EvidenceFact,
    ExpertFact,
    FormInput,
    NomineeFact,
    OpinionFact,
    PackingInput,
    Parcel,
)
from juxian.selectors.windows import CountedSince
from tests.rules.sample_answers import professional_sample

PACK = Path(__file__).parents[2] / "packs" / "2020-special-allowance"
DATED = datetime(2020, 4, 8, 10, tzinfo=timezone(timedelta(hours=8)))
DIGEST = "7f3a91c2d04e" + "0123456789abcdef" * 3 + "0123"
ACHIEVEMENTS = ("awards", "projects", "papers", "works", "patents", "mentoring", "specials")
FOOT = 85  # points at the bottom of a page that its footer takes


@cache
def form(track="professional"):
    return load_form(PACK).for_track(track)


def photo(colour=(214, 226, 238)):
    file = BytesIO()
    Image.new("RGB", (413, 579), colour).save(file, "JPEG")
    return file.getvalue()


def form_input(**changed):
    facts = {
        "title": "专家情况登记表",
        "programme": "2020年享受政府特殊津贴人员选拔",
        "issuer": "自治区人力资源和社会保障厅（示例）",
        "form": form(),
        "answers": professional_sample(),
        "number": "XJ2020-A-00317",
        "turn": 2,
        "digest": DIGEST,
        "copies": 3,
        "dated": DATED,
        "name": "阿依努尔·买买提",
        "employer": "喀什地区第一人民医院（示例）",
        "nominator": "喀什地区人力资源和社会保障局（示例）",
        "track": "专业技术人才",
        "photo": photo(),
        "counted": (
            CountedSince(
                tuple(f"achievements.{table}" for table in ACHIEVEMENTS),
                "date",
                date(2015, 1, 1),
                date(2020, 5, 6),
            ),
        ),
        "opinions": OPINIONS,
        "evidence": (
            EvidenceFact("获奖证书", "自治区科技进步奖二等奖证书", "", 2),
            EvidenceFact("职称证书", "主任医师职称证书", "", 1),
        ),
    }
    return FormInput(**{**facts, **changed})


OPINIONS = (
    OpinionFact(
        "所在单位审核",
        Kind.VERIFY,
        ("同意推荐。",),
        "喀什地区第一人民医院（示例）",
        "医院经办",
        date(2020, 4, 10),
    ),
    OpinionFact(
        "纪检监察部门意见",
        Kind.OPINE,
        ("未收到反映，未发现影响推荐的问题。",),
        "喀什地区人力资源和社会保障局（示例）",
        "",
        date(2020, 4, 20),
        confidential=True,
    ),
    OpinionFact("推荐单位审定", Kind.DECIDE),
)


def nominee(**changed):
    facts = {
        "number": "XJ2020-A-00317",
        "turn": 2,
        "track": "专业技术人才",
        "nominator": "喀什地区人力资源和社会保障局（示例）",
        "form": form(),
        "answers": professional_sample(),
        "name": "阿依努尔·买买提",
        "sex": "女",
        "birth_date": date(1971, 5, 8),
        "employer": "喀什地区第一人民医院（示例）",
        "is_nonpublic": False,
        "title": "主任医师",
        "speciality": "心血管内科",
        "digest": DIGEST,
        "marks": ("抗疫一线",),
        "bucket": "专业技术人才指标",
        "rank": 1,
        "tally": Tally(7, 0),
        "present": 7,
        "publicity": "2020年4月12日至2020年4月18日，无异议",
        "evidence": 5,
    }
    return NomineeFact(**{**facts, **changed})


def evaluation(**changed):
    candidates = (
        ("王伟", Tally(5, 1, 0, 1), 2, True),
        ("阿依努尔·买买提", Tally(6, 0, 1, 0), 1, True),
        ("李某", Tally(3, 4, 0, 0), 3, False),
    )
    facts = {
        "number": "PY-12",
        "programme": "2020年享受政府特殊津贴人员选拔",
        "issuer": "自治区人力资源和社会保障厅（示例）",
        "office": "喀什地区人力资源和社会保障局（示例）",
        "step": "推荐单位评审",
        "track": "专业技术人才",
        "held_on": date(2020, 4, 11),
        "place": "三楼会议室",
        "method": "会议评议",
        "chair": "专家甲",
        "members": 8,
        "present": 7,
        "dated": DATED,
        "candidates": tuple(
            CandidateFact(
                name,
                "喀什地区第一人民医院（示例）",
                "主任医师",
                "心血管内科",
                tally,
                rank=rank,
                opinion="业绩突出",
                admitted=admitted,
            )
            for name, tally, rank, admitted in candidates
        ),
        "experts": tuple(
            ExpertFact(f"专家{mark}", "某医科大学", "教授", "内科学", mark != "辛")
            for mark in "甲乙丙丁戊己庚辛"
        ),
    }
    return EvaluationInput(**{**facts, **changed})


def parcel(track, letter, office, phone, *nominees):
    return Parcel(
        number=f"ZX-1-7-{letter}",
        track=track,
        office=office,
        address="乌鲁木齐市示例路1号",
        postcode="830011",
        phone=phone,
        nominees=nominees,
        per_nominee=(("专家情况登记表", 3), ("2020年度享受政府特殊津贴人员推荐表", 1)),
        per_nominator=(("单位推荐报告", 1), ("专家评议结果汇总表", 1)),
    )


def packing():
    skilled = nominee(
        number="XJ2020-B-00018", track="高技能人才", name="周焊", turn=1, bucket="高技能人才指标"
    )
    technical = parcel("专业技术人才", "A", "专业技术人员管理处", "0991-1000001", nominee())
    vocational = parcel("高技能人才", "B", "职业能力建设处", "0991-1000002", skilled)
    return PackingInput(
        programme="2020年享受政府特殊津贴人员选拔",
        issuer="自治区人力资源和社会保障厅（示例）",
        nominator="喀什地区人力资源和社会保障局（示例）",
        phone="0998-1234567",
        address="喀什市示例路1号",
        postcode="844000",
        dated=DATED,
        parcels=(technical, vocational),
    )


def text_of(pdf, *, feet=True):
    """All text of a PDF without white space; without footers, the pages' bodies alone."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [
            page.get_textpage().get_text_bounded(bottom=0 if feet else FOOT) for page in document
        ]
    return tight("".join(texts))


def pages_of(pdf):
    """The text of each page, without white space."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [tight(page.get_textpage().get_text_bounded()) for page in document]


def tight(text):
    return "".join(symbol for symbol in text if not symbol.isspace() and symbol.isprintable())
