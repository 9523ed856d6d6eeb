"""What must always hold in this database; each is a query that finds the rows that break it."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Invariant:
    code: str
    says: str
    query: str


@dataclass(frozen=True, slots=True)
class Broken:
    invariant: Invariant
    rows: tuple[str, ...]


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "seats",
        "任何单位任何指标上报人数不超过名额",
        """SELECT s.id, count(*) FROM records_seats s
           JOIN records_proceeding p ON p.cycle_id = s.cycle_id AND p.office_id = s.office_id
           JOIN records_proceedingitem i ON i.proceeding_id = p.id AND i.bucket = s.bucket
            AND i.act = 'recommend' AND i.void_at IS NULL
           WHERE s.granted IS NOT NULL GROUP BY s.id HAVING count(*) > s.granted""",
    ),
    Invariant(
        "one_bucket",
        "每名推荐人选只占一个指标",
        """SELECT application_id, count(*) FROM records_proceedingitem
           WHERE act = 'recommend' AND void_at IS NULL
           GROUP BY application_id HAVING count(*) > 1""",
    ),
    Invariant(
        "bucket_named",
        "上报的推荐人选都有指标",
        """SELECT id FROM records_proceedingitem
           WHERE act = 'recommend' AND void_at IS NULL AND bucket = ''""",
    ),
    Invariant(
        "one_live_application",
        "同一证件号码同一批次只有一份有效申报",
        """SELECT cycle_id, id_mark FROM records_application
           WHERE submitted_at IS NOT NULL AND standing <> 'withdrawn' AND id_mark <> ''
           GROUP BY 1, 2 HAVING count(*) > 1""",
    ),
    Invariant(
        "submission_of_every_turn",
        "已提交的申报每一轮都有冻结的提交",
        """SELECT a.id FROM records_application a
           LEFT JOIN records_submission s ON s.application_id = a.id
           WHERE a.submitted_at IS NOT NULL
           GROUP BY a.id, a.turn HAVING count(s.id) <> a.turn""",
    ),
    Invariant(
        "in_time",
        "首次提交都在截止之前",
        """SELECT a.id FROM records_application a JOIN records_cycle c ON c.id = a.cycle_id
           WHERE a.submitted_at >= c.closes_at OR a.submitted_at < c.opens_at""",
    ),
    Invariant(
        "nominated_in_time",
        "推荐上报都在截止之前，其后的都是补充推荐",
        """SELECT h.id FROM records_handling h
           JOIN records_application a ON a.id = h.application_id
           JOIN records_cycle c ON c.id = a.cycle_id
           WHERE h.act = 'recommend' AND h.done_at >= c.closes_at AND NOT EXISTS (
             SELECT 1 FROM records_proceedingitem i
             WHERE i.proceeding_id = h.proceeding_id AND i.application_id = h.application_id
               AND i.replaces_id IS NOT NULL)""",
    ),
    Invariant(
        "ranks",
        "每个单位每个类别的推荐名次从1起连续不重",
        """SELECT p.cycle_id, p.office_id, i.track FROM records_proceedingitem i
           JOIN records_proceeding p ON p.id = i.proceeding_id
           WHERE i.act = 'recommend' AND i.void_at IS NULL AND i.rank IS NOT NULL
           GROUP BY 1, 2, 3
           HAVING max(i.rank) <> count(*) OR count(DISTINCT i.rank) <> count(*)""",
    ),
    Invariant(
        "places_replaced",
        "补充推荐用的都是已失效推荐空出的同类指标",
        """SELECT i.id FROM records_proceedingitem i
           JOIN records_proceedingitem r ON r.id = i.replaces_id
           WHERE i.act = 'recommend' AND (r.void_at IS NULL OR r.bucket <> i.bucket)""",
    ),
    Invariant(
        "held_while_open",
        "在办的申报都有办理单位，已办结的没有",
        """SELECT id FROM records_application
           WHERE submitted_at IS NOT NULL
             AND (standing = 'open') <> (holder_id IS NOT NULL)""",
    ),
    Invariant(
        "holder_on_route",
        "办理单位都在申报路线上",
        """SELECT a.id FROM records_application a
           WHERE a.holder_id IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM records_stop s
             WHERE s.application_id = a.id AND s.office_id = a.holder_id
               AND s.reached_at IS NOT NULL)""",
    ),
    Invariant(
        "step_on_ladder",
        "申报所在环节都在它的程序里",
        """SELECT id FROM records_application
           WHERE cardinality(ladder) > 0 AND NOT step = ANY (ladder)""",
    ),
    Invariant(
        "last_handling",
        "有提交记录的申报最后办理不早于到达时间",
        """SELECT a.id FROM records_application a
           WHERE a.submitted_at IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM records_handling h
             WHERE h.application_id = a.id AND h.done_at = a.held_since)""",
    ),
    Invariant(
        "selected_by_all",
        "入选者每个环节都有通过的办理记录",
        """SELECT a.id, rung.code FROM records_application a, unnest(a.ladder) AS rung(code)
           WHERE a.standing = 'selected' AND NOT EXISTS (
             SELECT 1 FROM records_handling h WHERE h.application_id = a.id AND h.step = rung.code
               AND h.act NOT IN ('send_back', 'send_down', 'withdraw', 'take_back', 'reject',
                                 'dismiss', 'decline', 'dissent', 'uphold', 'pass_over', 'recall',
                                 'relist', 'reconsider'))""",
    ),
    Invariant(
        "reasons_given",
        "退回、不予通过和不推荐都写了理由",
        """SELECT id FROM records_handling
           WHERE act IN ('send_back', 'send_down', 'reject', 'uphold', 'dissent', 'decline',
                         'pass_over', 'recall', 'relist', 'reconsider')
             AND opinion = ''""",
    ),
    Invariant(
        "settled_against",
        "认定为不符合必须条件的申报都没有再往上报",
        """SELECT h.id FROM records_handling h
           JOIN records_certification c ON c.application_id = h.application_id
            AND c.turn = h.turn AND NOT c.holds AND c.reason <> '' AND c.done_at < h.done_at
           JOIN records_submission s ON s.application_id = h.application_id AND s.turn = h.turn
           JOIN jsonb_array_elements(s.findings) f ON f->>'code' = c.condition
            AND f->>'severity' = 'hard'
           WHERE h.act IN ('endorse', 'admit', 'clear', 'concur', 'approve', 'recommend')""",
    ),
    Invariant(
        "votes_add_up",
        "登记的票数与到会人数相符",
        """SELECT i.id FROM records_proceedingitem i
           JOIN records_proceeding p ON p.id = i.proceeding_id
           WHERE p.kind = 'review' AND p.present IS NOT NULL AND i.ayes IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM records_ballot b WHERE b.proceeding_id = p.id)
             AND i.ayes + i.nays + i.abstained + coalesce(i.void, 0) + coalesce(i.unreturned, 0)
               <> p.present - i.recused""",
    ),
    Invariant(
        "corrected_once",
        "经复议更正的评议都已办结并失效，重新评议的人都在原名单上",
        """SELECT i.id FROM records_proceeding c
           JOIN records_proceeding o ON o.id = c.corrects_id
           JOIN records_proceedingitem i ON i.proceeding_id IN (c.id, o.id)
           WHERE o.concluded_at IS NULL OR o.step <> c.step OR o.office_id <> c.office_id
              OR (i.proceeding_id = o.id AND i.void_at IS NULL)
              OR (i.proceeding_id = c.id AND NOT EXISTS (
                SELECT 1 FROM records_proceedingitem w
                WHERE w.proceeding_id = o.id AND w.application_id = i.application_id))""",
    ),
    Invariant(
        "publicity_over",
        "公示办结都在公示期满之后",
        """SELECT id FROM records_proceeding
           WHERE kind = 'publicize' AND concluded_at IS NOT NULL
             AND (concluded_at AT TIME ZONE 'Asia/Shanghai')::date <= ends_on""",
    ),
    Invariant(
        "objections_closed",
        "公示无异议的人没有未办结的异议",
        """SELECT o.id FROM records_objection o
           JOIN records_handling h ON h.proceeding_id = o.proceeding_id
            AND h.application_id = o.application_id AND h.act = 'clear'
           WHERE o.closed_at IS NULL OR o.upheld""",
    ),
    Invariant(
        "papers_not_envelopes",
        "已开票的选票封都已清空，私钥已销毁",
        """SELECT b.id FROM records_ballot b
           LEFT JOIN records_envelope e ON e.ballot_id = b.id
           WHERE b.closed_at IS NOT NULL AND (b.locked_key <> '' OR length(e.sealed) > 0)""",
    ),
    Invariant(
        "within_allotment",
        "拟入选人数不超过国家下达的名额",
        """SELECT l.id, count(*) FROM records_allotment l
           JOIN records_application a ON a.cycle_id = l.cycle_id AND a.track = l.track
            AND a.standing = 'selected'
           GROUP BY l.id HAVING count(*) > l.places""",
    ),
    Invariant(
        "no_hollow_list",
        "办结的名单上每个人都有结果",
        """SELECT i.id FROM records_proceedingitem i
           JOIN records_proceeding p ON p.id = i.proceeding_id
           WHERE p.concluded_at IS NOT NULL AND i.act = '' AND i.reserve IS NULL""",
    ),
)


def broken() -> tuple[Broken, ...]:
    """The invariants that do not hold, with up to ten rows that break each."""
    found = []
    with connection.cursor() as cursor:
        for invariant in INVARIANTS:
            cursor.execute(f"{invariant.query} LIMIT 10")
            rows = tuple(" · ".join(map(str, row)) for row in cursor.fetchall())
            if rows:
                found.append(Broken(invariant, rows))
    return tuple(found)
