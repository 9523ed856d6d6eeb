"""What must hold between the parts of a pack, beyond each part being well formed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from juxian.regulation import signing
from juxian.regulation.ballot import BallotRule
from juxian.regulation.check_arguments import argument_faults, facts_known, values_of
from juxian.regulation.clauses import BY_CODE, CALL_FILE, CLAUSE_FILE, FORM_FILE, cited
from juxian.regulation.eligibility import Condition, Severity
from juxian.regulation.fields import FieldKind
from juxian.regulation.material_checks import material_faults, number_faults
from juxian.regulation.pack import Channel, Pack
from juxian.regulation.problems import PackProblem
from juxian.regulation.procedure import Step
from juxian.regulation.seat_rule import SeatRule
from juxian.regulation.words import Holder, Kind, Level, Nature

Fault = tuple[str, str]
"""The key and the reason."""

# Attributes that only steps of one kind have, and what each is called.
ONLY_FOR: Mapping[str, tuple[Kind, str]] = {
    "ballot": (Kind.REVIEW, "表决规则"),
    "secret": (Kind.REVIEW, "无记名表决"),
    "publicity": (Kind.PUBLICIZE, "公示期"),
    "valid_months": (Kind.OPINE, "意见有效期"),
    "reason_limit": (Kind.RECOMMEND, "推荐理由"),
    "supplement_days": (Kind.RECOMMEND, "补充推荐"),
    "four_eyes": (Kind.VERIFY, "双人办理"),
    "signing": (Kind.VERIFY, "依次签署"),
    "returns_most": (Kind.VERIFY, "退回次数"),
    "processing_days": (Kind.VERIFY, "办理时限"),
}
AT_LEAST_ONE: Mapping[str, str] = {
    "valid_months": "有效期至少为1个月",
    "reason_limit": "推荐理由至少能写1字",
    "supplement_days": "补充推荐至少为1个工作日",
    "returns_most": "至少能退回1次",
    "processing_days": "办理时限至少为1个工作日",
}
WITH_A_BODY = (Kind.OPINE, Kind.DECIDE)


def faults_between(pack: Pack) -> list[PackProblem]:
    found = [PackProblem(CALL_FILE, *fault) for check in CHECKS for fault in check(pack)]
    found += [PackProblem(FORM_FILE, *fault) for fault in _form_tracks(pack)]
    found += [PackProblem(CLAUSE_FILE, *fault) for fault in _clause_list(pack)]
    return found + list(_unknown_clauses(pack))


def _repeated(pack: Pack) -> Iterator[Fault]:
    lists: Mapping[str, Iterable[str]] = {
        "track": (track.code for track in pack.tracks),
        "track.letter": (track.letter for track in pack.tracks),
        "channel": (channel.code for channel in pack.channels),
        "exclusion, condition": (condition.code for condition in pack.conditions),
        "mark": (mark.code for mark in pack.marks),
        "bucket": (rule.bucket.code for rule in pack.seats),
        "deadline": (deadline.step for deadline in pack.deadlines),
        "report": (report.code for report in pack.reports),
        "material": (material.code for material in pack.materials),
        "paper": (paper.code for paper in pack.papers),
        "return_reason": (reason.code for reason in pack.return_reasons),
        "checkpoint": (point.code for point in pack.checklist),
    }
    for key, codes in lists.items():
        yield from _twice(key, codes)


def _twice(key: str, codes: Iterable[str]) -> Iterator[Fault]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield f"{key}[{code}]", "代码重复"


def _core(pack: Pack) -> Iterator[Fault]:
    known = facts_known(pack.form)
    for name in ("name", "resident_id", "sex", "birth_date", "title", "speciality"):
        for path in getattr(pack.core, name):
            *parents, last = path.split(".")
            table = known.get(".".join(parents))
            columns = {column.code for column in table.columns} if table else set()
            field = known.get(path)
            is_answer = field is not None and field.kind is not FieldKind.ROWS
            if not is_answer and last not in columns:
                yield f"core.{name}", f"登记表没有 {path} 这一项"


def _window(pack: Pack) -> Iterator[Fault]:
    window = pack.window
    naive = [name for name in ("opens", "closes") if getattr(window, name).tzinfo is None]
    for name in naive:
        yield f"window.{name}", "时间须写明时区，如 +08:00"
    if not naive and window.opens >= window.closes:
        yield "window.closes", "截止时间须晚于开始时间"


def _steps(pack: Pack) -> Iterator[Fault]:
    channels = {channel.code for channel in pack.channels}
    for step in pack.procedure.steps:
        key = f"step[{step.code}]"
        for name, (kind, noun) in ONLY_FOR.items():
            if getattr(step, name) and step.kind is not kind:
                yield f"{key}.{name}", f"这一类环节没有{noun}"
        for channel in step.channels:
            if channel not in channels:
                yield f"{key}.channels", f"没有名为 {channel} 的渠道"
        for name, reason in _of_its_kind(step, pack.ballots):
            yield f"{key}.{name}", reason
    first = pack.procedure.first
    if first.channels or first.skipped_when_same_office:
        yield f"step[{first.code}]", "填报是所有人的第一个环节，不能按渠道省去"


def _of_its_kind(step: Step, ballots: Mapping[str, BallotRule]) -> Iterator[Fault]:
    if step.kind is Kind.REVIEW and step.ballot not in ballots:
        yield "ballot", f"没有名为“{step.ballot}”的表决规则"
    if step.kind is Kind.PUBLICIZE and step.publicity is None:
        yield "publicity", "公示环节须写明公示天数"
    if step.publicity is not None and step.publicity.days < 1:
        yield "publicity.days", "公示天数至少为1"
    for name, reason in AT_LEAST_ONE.items():
        value = getattr(step, name)
        if value is not None and value < 1:
            yield name, reason
    if reason := signing.faults_in(step.signing, step.role):
        yield "signing", reason
    if step.kind in WITH_A_BODY and not step.body:
        yield "body", "须写明由哪个机构出具意见或审定"


@dataclass(frozen=True, slots=True)
class _Way:
    """Whom a channel serves: a sort of holder, and employers of one ownership."""

    holder: Holder
    nonpublic: bool


def _channels(pack: Pack) -> Iterator[Fault]:
    served: set[_Way] = set()
    for channel in pack.channels:
        key = f"channel[{channel.code}]"
        kinds = _kinds_along(pack, channel)
        if len(kinds) < 2:  # noqa: PLR2004
            yield key, "这个渠道除填报外没有任何环节，申报无处可去"
        if pack.seats and Kind.RECOMMEND not in kinds:
            yield key, "设了名额，但这个渠道没有推荐上报环节"
        ways = set(_ways(channel))
        if ways <= served:
            yield f"{key}.holders", "没有单位会用到这个渠道：未写明单位类别，或已被前面的渠道占去"
        served |= ways


def _kinds_along(pack: Pack, channel: Channel) -> list[Kind]:
    ladder = pack.procedure.ladder(channel.code, tuple(Level), same_office=False)
    return [pack.procedure.step(code).kind for code in ladder]


def _ways(channel: Channel) -> Iterator[_Way]:
    for holder in channel.holders:
        for nonpublic in (True, False):
            if channel.nonpublic in (None, nonpublic):
                yield _Way(holder, nonpublic)


def _tracks_named(pack: Pack) -> Iterator[Fault]:
    tracks = {track.code for track in pack.tracks}
    named = [(f"{group_of(c)}[{c.code}].tracks", c.tracks) for c in pack.conditions]
    named += [(f"material[{m.code}].tracks", m.tracks) for m in pack.materials]
    named += [(f"bucket[{s.bucket.code}].track", (s.bucket.track,)) for s in pack.seats]
    for key, codes in named:
        for code in codes:
            if code not in tracks:
                yield key, f"没有名为 {code} 的类别"


def group_of(condition: Condition) -> str:
    return "exclusion" if condition.exclusion else "condition"


def _rules(pack: Pack) -> Iterator[Fault]:
    sections = {section.code for section in pack.form.sections}
    for condition in pack.conditions:
        key = f"{group_of(condition)}[{condition.code}]"
        yield from argument_faults(key, condition.check, condition.given, pack.form)
        yield from _condition(key, condition, pack)
        if condition.where not in sections:
            yield f"{key}.where", f"登记表没有“{condition.where}”这一部分"
    tests = [(f"mark[{mark.code}].test", mark.test) for mark in pack.marks]
    tests += [
        (f"bucket[{rule.bucket.code}].eligible", t) for rule in pack.seats for t in rule.tests
    ]
    for key, test in tests:
        yield from argument_faults(key, test.check, test.given, pack.form)


def _condition(key: str, condition: Condition, pack: Pack) -> Iterator[Fault]:
    known = facts_known(pack.form)
    soft = condition.severity is Severity.SOFT
    if condition.exclusion and not condition.question:
        yield f"{key}.question", "不在选拔范围的情形须写明怎样询问申报人"
    if condition.exclusion and condition.self_check:
        yield f"{key}.self_check", "不在选拔范围的情形按 question 自查，不另写"
    if condition.exclusion and condition.severity is not Severity.HARD:
        yield f"{key}.severity", "不在选拔范围的情形只能是 hard"
    if soft is not bool(condition.reason_field):
        yield f"{key}.reason_field", "soft 的条件须写明在哪一项说明理由，其他条件不写"
    if condition.mark and not soft:
        yield f"{key}.mark", "只有 soft 的条件有标记"
    if condition.reason_field and condition.reason_field not in known:
        yield f"{key}.reason_field", f"登记表没有 {condition.reason_field} 这一项"
    if condition.unless is not None:
        yield from values_of(
            f"{key}.unless", condition.unless.field, condition.unless.one_of, pack.form
        )


def _seats(pack: Pack) -> Iterator[Fault]:
    for rule in pack.seats:
        yield from _grants(f"bucket[{rule.bucket.code}]", rule)
    for step in pack.procedure.steps:
        if step.kind is Kind.RECOMMEND and step.level is not Level.NOMINATOR:
            yield f"step[{step.code}].level", "名额由推荐单位持有，推荐上报只能由推荐单位办理"


def _grants(key: str, rule: SeatRule) -> Iterator[Fault]:
    if not rule.grants:
        yield f"{key}.grant", "须写明名额给哪些单位"
    if rule.bucket.soft_min < 0:
        yield f"{key}.soft_min", "不能为负数"
    for number, grant in enumerate(rule.grants, start=1):
        if bool(grant.holders) is bool(grant.offices):
            yield f"{key}.grant[{number}]", "须写明持有单位的类别或单位代码，只写一样"
        if grant.cap is not None and grant.cap < max(rule.bucket.soft_min, 1):
            yield f"{key}.grant[{number}].cap", "名额上限不能小于下限，且至少为1"


def _dates_and_papers(pack: Pack) -> Iterator[Fault]:
    steps = {step.code for step in pack.procedure.steps}
    for deadline in pack.deadlines:
        if deadline.step not in steps:
            yield f"deadline[{deadline.step}]", "程序中没有这个环节"
        elif deadline.working_days_before < 0:
            yield f"deadline[{deadline.step}].working_days_before", "不能为负数"
    for paper in pack.papers:
        if paper.copies < 1:
            yield f"paper[{paper.code}].copies", "至少为1份"
    yield from _paper_channel(pack)
    yield from _reports(pack)


def _reports(pack: Pack) -> Iterator[Fault]:
    receiving = {"", *(track.receiving.office for track in pack.tracks)}
    for report in pack.reports:
        if report.receiving not in receiving:
            yield f"report[{report.code}].receiving", "须是某一类别的受理处室"
        if report.limit < 1:
            yield f"report[{report.code}].limit", "至少为1字"


def _paper_channel(pack: Pack) -> Iterator[Fault]:
    channel = pack.paper_channel
    if channel is None:
        return
    if channel.grace_days < 0:
        yield "paper_channel.grace_days", "不能为负数"
    own = {paper.code for paper in pack.papers if paper.per == "applicant"}
    for code in channel.seals:
        if code not in own:
            yield f"paper_channel.seals.{code}", "须是每人一份的纸件"


CHECKS: tuple[Callable[[Pack], Iterator[Fault]], ...] = (
    _repeated,
    _core,
    _window,
    _steps,
    _channels,
    _tracks_named,
    _rules,
    _seats,
    _dates_and_papers,
    material_faults,
    number_faults,
)


def _form_tracks(pack: Pack) -> Iterator[Fault]:
    if set(pack.form.tracks) != {track.code for track in pack.tracks}:
        yield "tracks", "登记表的类别须与 call.toml 的类别一致"


def _clause_list(pack: Pack) -> Iterator[Fault]:
    yield from _twice("clause", (clause.id for clause in pack.clauses))
    for clause in pack.clauses:
        key = f"clause[{clause.id}]"
        for name in clause.by_code:
            if name not in BY_CODE:
                yield f"{key}.by_code", f"程序没有名为 {name} 的机制"
        if clause.nature is Nature.INFORMATION and not clause.shown:
            yield f"{key}.shown", "告知性条款须写明在哪里显示"


def _unknown_clauses(pack: Pack) -> Iterator[PackProblem]:
    known = {clause.id for clause in pack.clauses}
    for citation in cited(pack):
        if not citation.ids:
            yield PackProblem(citation.file, f"{citation.key}.clause", "须注明依据的条款")
        for id_ in citation.ids:
            if id_ not in known:
                reason = f"clauses.toml 中没有条款 {id_}"
                yield PackProblem(citation.file, f"{citation.key}.clause", reason)
