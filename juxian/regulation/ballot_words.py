"""A ballot's figures in words, as the summary list and the record state them."""

from fractions import Fraction

from juxian.regulation.ballot import BallotRule, Base, Comparator, Counted, Outcome, Result

NUMERALS = "〇一二三四五六七八九"
TEN, HUNDRED = 10, 100

RESULT_WORDS = {Result.CARRIED: "通过", Result.LOST: "未通过"}


def explain(outcome: Outcome, candidate: int) -> str:
    """同意17票，应到25人的三分之二为17票，通过; with what became of a tie after that."""
    if not outcome.has_quorum:
        return explain_quorum(outcome)
    counted = outcome.of(candidate)
    later = [f"并列后再次表决，同意{tally.ayes}票" for tally in counted.revotes]
    later += [
        f"并列后由主持人排定，理由：{decision.reason}"
        for decision in outcome.decisions
        if candidate in decision.order
    ]
    later += ["与他人并列，按表决规则不列入"] if candidate in outcome.left_out else []
    return "；".join([_figure(outcome.rule, counted), *later])


def explain_quorum(outcome: Outcome) -> str:
    rule = outcome.rule
    needed = f"应到人数的{in_words(rule.quorum)}（{rule.quorum_of(outcome.members)}人）"
    verdict = f"达到{needed}" if outcome.has_quorum else f"未达到{needed}，表决无效"
    return f"应到{outcome.members}人，实到{outcome.present}人，{verdict}"


def in_words(share: Fraction) -> str:
    """三分之二; 全部 for the whole."""
    if share == 1:
        return "全部"
    return f"{_numeral(share.denominator)}分之{_numeral(share.numerator)}"


def _figure(rule: BallotRule, counted: Counted) -> str:
    ayes, verdict = f"同意{counted.tally.ayes}票", RESULT_WORDS[counted.result]
    if not counted.base:
        return f"{ayes}，没有可计入分母的票，{verdict}"
    share = f"{_base(rule.base, counted)}的{in_words(rule.threshold)}"
    if rule.comparator is Comparator.MORE_THAN:
        return f"{ayes}，超过{share}须{counted.needed}票，{verdict}"
    return f"{ayes}，{share}为{counted.needed}票，{verdict}"


def _base(base: Base, counted: Counted) -> str:
    recused = counted.tally.recused
    kept = f"（含回避{recused}人）" if recused else ""
    match base:
        case Base.MEMBERS:
            return f"应到{counted.base}人{kept}"
        case Base.PRESENT:
            return f"实到{counted.base}人{kept}"
        case Base.PRESENT_LESS_RECUSED:
            return f"实到{counted.present}人减回避{recused}人后{counted.base}人"
    return f"有效票{counted.base}张"


def _numeral(number: int) -> str:
    """Chinese numerals up to 100; digits above."""
    if number >= HUNDRED:
        return "百" if number == HUNDRED else str(number)
    tens, ones = divmod(number, TEN)
    if not tens:
        return NUMERALS[ones]
    head = "" if tens == 1 else NUMERALS[tens]
    return f"{head}十{NUMERALS[ones] if ones else ''}"
