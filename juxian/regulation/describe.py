"""A pack in words (Markdown): what an official reads, and signs, before a cycle opens."""

from collections.abc import Iterator, Sequence

from juxian.regulation.calendar import WorkingCalendar, in_words
from juxian.regulation.clauses import ledger
from juxian.regulation.describe_procedure import (
    procedure_in_words,
    rule_in_words,
    ties_in_words,
)
from juxian.regulation.eligibility import Condition
from juxian.regulation.form import Form
from juxian.regulation.markdown import Row, table
from juxian.regulation.pack import Material, Pack
from juxian.regulation.seat_rule import Grant, SeatRule
from juxian.regulation.vocabulary import (
    HOLDERS,
    NATURES,
    SEVERITIES,
    close_in_words,
    moment_in_words,
    value_in_words,
)

PLACES_SHOWN = 4


def describe(pack: Pack, calendar: WorkingCalendar) -> str:
    """Deadlines are computed where the calendar knows the year, and said to be unknown if not."""
    parts = (
        _overview(pack),
        procedure_in_words(pack, calendar),
        _people(pack),
        _seats(pack),
        _ballots(pack),
        _papers(pack),
        _settings(pack),
        _advice(pack),
        _clauses(pack),
    )
    lines = [f"# {pack.programme.title}", ""]
    for number, part in enumerate(parts, start=1):
        title, *body = part
        lines += [f"## {number} {title}", "", *body]
    return "\n".join(lines).rstrip() + "\n"


def _overview(pack: Pack) -> Iterator[str]:
    programme, window = pack.programme, pack.window
    mode = "从头逐级办理" if pack.procedure.resubmission_restarts else "回到退回的环节"
    yield "概况"
    yield from table(
        ("事项", "内容", "依据"),
        (
            ("主办单位", programme.issuer, programme.clause),
            ("通知", programme.number, programme.clause),
            ("登记表", f"《{programme.form_title}》", programme.clause),
            ("推荐表", f"《{programme.nomination_form_title}》", programme.clause),
            ("申报开始", moment_in_words(window.opens), window.clause),
            ("申报截止", close_in_words(window.closes), window.clause),
            ("退回后重新提交", mode, pack.resubmission_clause),
        ),
    )
    yield from table(
        ("类别", "编号", "受理处室", "地址", "邮编", "电话", "依据"),
        (
            (
                track.title,
                pack.form_number(track.code, 1),
                track.receiving.name,
                track.receiving.address,
                track.receiving.postcode,
                track.receiving.phone,
                track.clause,
            )
            for track in pack.tracks
        ),
    )


def _people(pack: Pack) -> Iterator[str]:
    exclusions = [condition for condition in pack.conditions if condition.exclusion]
    others = [condition for condition in pack.conditions if not condition.exclusion]
    yield "谁可以申报"
    yield from ("### 不在范围的情形", "")
    yield from table(
        ("情形", "怎样询问", "例外", "单位核实", "依据"),
        (
            (c.says, c.question, _exception(c, pack), "是" if c.certified else "否", c.clause)
            for c in exclusions
        ),
    )
    yield from ("### 条件", "")
    yield from table(
        ("条件", "类别", "程度", "标记", "自查怎样问", "单位核实", "依据"),
        (
            (
                condition.says,
                _tracks(condition.tracks, pack),
                SEVERITIES[condition.severity],
                condition.mark or "—",
                condition.self_check or "—",
                "是" if condition.certified else "否",
                condition.clause,
            )
            for condition in others
        ),
    )
    yield from ("### 优先和倾斜", "", "只作标记、统计和同等条件下的先后，不折算分数。", "")
    yield from table(
        ("标记", "同等条件下优先", "依据"),
        ((mark.title, "是" if mark.breaks_ties else "否", mark.clause) for mark in pack.marks),
    )


def _exception(condition: Condition, pack: Pack) -> str:
    unless = condition.unless
    if unless is None or not unless.one_of:
        return "无"
    section, _, code = unless.field.partition(".")
    field = pack.form.section(section).field(code)
    values = "、".join(pack.form.label_of(field, value) for value in unless.one_of)
    return f"{field.label}：{values}"


def _tracks(codes: Sequence[str], pack: Pack) -> str:
    return "、".join(pack.track(code).title for code in codes) or "各类"


def _seats(pack: Pack) -> Iterator[str]:
    yield "名额"
    yield from table(
        ("指标", "类别", "给谁", "每个单位", "单位数", "合计", "一般不少于", "依据"),
        (row for rule in pack.seats for row in _grants(rule, pack)),
    )
    for rule in pack.seats:
        if rule.places:
            yield f"- {rule.bucket.title}：{_sum(rule)}"
    yield from ("",) if any(rule.places for rule in pack.seats) else ()


def _grants(rule: SeatRule, pack: Pack) -> Iterator[Row]:
    bucket = rule.bucket
    for grant in rule.grants:
        cap, count = grant.cap, grant.count
        yield (
            bucket.title,
            pack.track(bucket.track).title,
            _whom(grant, pack),
            "不限" if cap is None else cap,
            "按机构名录" if count is None else count,
            "—" if cap is None or count is None else cap * count,
            bucket.soft_min or "—",
            bucket.clause,
        )


def _whom(grant: Grant, pack: Pack) -> str:
    if grant.offices:
        return "、".join(f"`{office}`" for office in grant.offices)
    holders = "、".join(HOLDERS[holder] for holder in grant.holders)
    regions = "、".join(_region(prefix, pack) for prefix in grant.regions)
    return f"{holders}：{regions}" if regions else holders


def _region(prefix: str, pack: Pack) -> str:
    code = pack.form.codes["regions"].get(f"{prefix:0<6}")
    return code.label if code is not None else prefix


def _sum(rule: SeatRule) -> str:
    known = [grant for grant in rule.grants if grant.cap is not None and grant.count is not None]
    terms = "＋".join(f"{grant.count}×{grant.cap}" for grant in known)
    others = "，其余按机构名录" if len(known) < len(rule.grants) else ""
    return f"{terms}＝{rule.places}名{others}"


def _ballots(pack: Pack) -> Iterator[str]:
    yield "表决"
    yield from table(
        ("用于", "到会", "通过", "轮次", "并列", "备选", "依据"),
        (
            (
                "、".join(s.title for s in pack.procedure.steps if s.ballot == code) or "—",
                f"不少于应到的{rule.quorum}",
                rule_in_words(rule),
                rule.rounds,
                ties_in_words(rule),
                rule.reserve or "—",
                pack.ballot_clauses[code],
            )
            for code, rule in pack.ballots.items()
        ),
    )


def _papers(pack: Pack) -> Iterator[str]:
    titles = {section.code: section.title for section in pack.form.sections}
    yield "材料、纸件和报告"
    yield from table(
        ("证明材料", "类别", "必传", "最多", "证明登记表的", "依据"),
        (
            (
                material.title,
                _tracks(material.tracks, pack),
                _due(material, pack.form),
                f"{material.most}个文件" if material.most else "不限",
                "、".join(titles[code] for code in material.proves) or "—",
                material.clause,
            )
            for material in pack.materials
        ),
    )
    yield from table(
        ("纸件", "份数", "每", "依据"),
        (
            (p.title, p.copies, "人" if p.per == "applicant" else "推荐单位", p.clause)
            for p in pack.papers
        ),
        otherwise="",
    )
    yield from _paper_channel(pack)
    yield from table(
        ("报告", "报送日期", "内容", "每部分字数", "依据"),
        ((r.title, in_words(r.due), "、".join(r.parts), r.limit, r.clause) for r in pack.reports),
        otherwise="",
    )
    yield from table(
        ("联系", "电话", "依据"),
        ((c.title, "、".join(c.phones), c.clause) for c in pack.contacts),
        otherwise="",
    )


def _paper_channel(pack: Pack) -> Iterator[str]:
    channel = pack.paper_channel
    if channel is None:
        return
    titles = {paper.code: paper.title for paper in pack.papers}
    rows = [
        ("报送截止", in_words(channel.due)),
        ("以哪一天为准", "邮戳日期" if channel.by_postmark else "收到日期"),
        ("宽限", f"{channel.grace_days}个自然日" if channel.grace_days else "无"),
    ]
    rows += [
        (f"《{titles[code]}》每份核对", "、".join(seals)) for code, seals in channel.seals.items()
    ]
    lines = ((name, said, channel.clause) for name, said in rows)
    yield from table(("纸质材料的报送", "规定", "依据"), lines)


def _settings(pack: Pack) -> Iterator[str]:
    yield "通知没有写明、本次这样办理的"
    yield from table(
        ("事项", "取值", "说明", "依据"),
        (
            (setting.title, value_in_words(setting.value), setting.says, setting.clause)
            for setting in pack.settings.values()
        ),
    )


def _due(material: Material, form: Form) -> str:
    """Whether it must be given: 是, 否, or the answers that make it so."""
    return "是" if material.required else "；".join(_asked(form, material)) or "否"


def _asked(form: Form, material: Material) -> Iterator[str]:
    for when in material.required_when:
        section, _dot, code = when.field.partition(".")
        field = form.section(section).field(code)
        values = when.one_of if when.equals is None else (when.equals,)
        said = "、".join(form.label_of(field, value) for value in values) or "已填写"
        yield f"“{field.label}”为{said}时"


def _advice(pack: Pack) -> Iterator[str]:
    yield "办事指南中的说明"
    yield from table(
        ("事项", "说明", "依据"),
        ((advice.title, advice.says, advice.clause) for advice in pack.advice),
    )


def _clauses(pack: Pack) -> Iterator[str]:
    yield "条款"
    yield from table(
        ("编号", "出处", "要点", "性质", "落实在"),
        (
            (
                entry.clause.id,
                entry.clause.cite,
                entry.clause.says,
                NATURES[entry.clause.nature],
                _places([c.words for c in entry.pack], [m.words for m in entry.code])
                or entry.clause.shown,
            )
            for entry in ledger(pack)
        ),
    )


def _places(pack: Sequence[str], code: Sequence[str]) -> str:
    shown = list(pack[:PLACES_SHOWN])
    if len(pack) > PLACES_SHOWN:
        shown.append(f"等{len(pack)}处")
    return "；".join([*shown, *(f"程序：{words}" for words in code)])
