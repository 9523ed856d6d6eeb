"""A crash between any two writes of an act."""

import pytest

from juxian.actions import (
    decision,
    nomination,
    submission,
    verification,
)
from juxian.records.clock import day, now
from juxian.selectors.certification import to_certify
from tests.house.actions.refusing import open_list, returned, snapshot
from tests.house.world import give_reasons


@pytest.mark.parametrize(
    "act",
    ["endorse", "send_back", "conclude", "submit", "nominate"],
)
def test_a_crash_between_any_two_writes_leaves_nothing_half_done(world, monkeypatch, act):
    """Every statement of the act in turn fails; each time everything is as it was."""
    file, do = prepared(world, act)
    writes = count_writes(monkeypatch, do)
    assert writes > 3
    for failing in range(1, writes + 1):
        before = snapshot(file)
        with FailAt(failing), pytest.raises(Crash):
            do()
        assert snapshot(file) == before
    do()


class Crash(Exception):
    pass


def prepared(world, act):
    if act == "submit":
        file = world.professional_draft()
        return file, lambda: submission.submit(
            file.pk, by=world.applicant, signed_name=file.name, declared=True
        )
    file = world.submitted()
    certified = {condition.code: True for condition in to_certify(file)}
    if act == "endorse":
        return file, lambda: verification.endorse(
            file.pk, by=world.hospital_handler, certified=certified
        )
    if act == "send_back":
        return file, lambda: returned(world, file, "summary.deeds")
    if act == "conclude":
        listed, by = open_list(world, "nominator_decision", file)
        return file, lambda: decision.conclude(
            listed.pk, by=by, body="行署", held_on=day(now()), document_number="8号"
        )
    listed, by = open_list(world, "nomination", file)
    nomination.arrange(listed.pk, by=by, order=[file.pk])
    give_reasons(listed, file, by=by)
    return file, lambda: nomination.submit_list(listed.pk, by=by)


def count_writes(monkeypatch, do):
    from django.db import connection, transaction

    seen = []

    def watch(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch), transaction.atomic():
        do()
        transaction.set_rollback(True)
    return len(seen)


class FailAt:
    """Inside, the n-th write of the connection fails instead of being sent."""

    def __init__(self, number):
        self.number, self.seen = number, 0

    def __enter__(self):
        from django.db import connection

        self.wrapper = connection.execute_wrapper(self)
        return self.wrapper.__enter__()

    def __exit__(self, *raised):
        return self.wrapper.__exit__(*raised)

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            self.seen += 1
            if self.seen == self.number:
                raise Crash
        return execute(sql, params, many, context)
