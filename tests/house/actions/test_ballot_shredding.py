"""What a count leaves in the files of the database, and the errand that takes it out of them."""

import os
from time import monotonic, sleep

import psycopg
import pytest
from django.db import OperationalError, connection

from juxian.actions import ballot
from juxian.jobs.tasks import StillRead, shred_envelopes
from juxian.records.models import Ballot, Envelope
from juxian.regulation.refusal import NotReady
from tests.house.actions.ballot_world import committee, start_the_clock

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 240  # seconds: other tests write for long in databases beside this one


@pytest.fixture
def cast(world):
    """Three sealed votes, not yet counted."""
    sitting = committee(world, experts=3, candidates=2)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["aa", "an", "na"])
    yield sitting, opened
    start_the_clock()


@pytest.fixture
def server():
    """The server's superuser, who alone reads its files; elsewhere the tests' own user."""
    own = not os.environ.get("DATABASE_URL")
    parameters = connection.get_connection_params() | ({"user": "postgres"} if own else {})
    with psycopg.connect(autocommit=True, **plain(parameters)) as other:
        yield other


def plain(parameters):
    """What psycopg itself understands of Django's parameters."""
    known = ("host", "port", "user", "password", "dbname")
    return {key: value for key, value in parameters.items() if key in known}


def on_disk(server, table: str, secret: bytes) -> bool:
    server.execute("CHECKPOINT")
    file = "pg_read_binary_file(pg_relation_filepath(%s))"
    (place,) = server.execute(f"SELECT position(%s IN {file})", [secret, table]).fetchone()
    return place > 0


def secrets(opened) -> dict[str, list[bytes]]:
    sealed = Envelope.objects.filter(ballot=opened.ballot).values_list("sealed", flat=True)
    return {
        "records_envelope": [bytes(one) for one in sealed],
        "records_ballot": [Ballot.objects.get(pk=opened.ballot.pk).locked_key.encode()],
    }


def found(server, kept: dict[str, list[bytes]]) -> list[bool]:
    return [on_disk(server, table, one) for table, held in kept.items() for one in held]


def close(sitting, opened, phrase=None):
    return ballot.close_ballot(
        opened.ballot.pk, by=sitting.secretary, phrase=phrase or opened.phrase
    )


def shred() -> None:
    """As the worker does: again until nobody reads on from before the count."""
    until = monotonic() + PATIENCE
    while True:
        try:
            return shred_envelopes(0)
        except StillRead:
            assert monotonic() < until
            sleep(0.2)


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'shred_envelopes'"
        )
        return cursor.fetchone()[0]


@pytest.mark.clause("R51")
def test_sealed_votes_and_their_key_are_gone_from_the_files_after_the_errand(cast, server):
    sitting, opened = cast
    kept = secrets(opened)
    close(sitting, opened)

    before = found(server, kept)  # the control: rows are empty, and the files still hold all
    shred()
    after = found(server, kept)

    assert [bytes(one.sealed) for one in Envelope.objects.all()] == [b""] * 3
    assert (before, after) == ([True] * 4, [False] * 4)


def test_a_plain_vacuum_would_not_do(cast, server):
    sitting, opened = cast
    kept = secrets(opened)
    close(sitting, opened)

    server.execute("VACUUM records_envelope, records_ballot")

    assert any(found(server, kept))


def test_a_count_and_a_void_ballot_each_leave_the_errand_and_a_refused_count_does_not(cast):
    sitting, opened = cast

    before = waiting()
    with pytest.raises(NotReady):
        close(sitting, opened, "ABCD-EFGH-JKLM")
    refused = waiting()
    close(sitting, opened)
    counted = waiting()
    sitting.listed.ballots.update(is_void=True)
    again = sitting.opened()
    ballot.void_ballot(again.ballot.pk, by=sitting.secretary, reason="委员名单有误")

    assert [number - before for number in (refused, counted, waiting())] == [0, 1, 2]


def test_the_errand_gives_way_to_whoever_is_voting(cast, server, monkeypatch):
    monkeypatch.setattr(ballot, "PATIENCE", "50ms")
    with server.transaction():
        server.execute("LOCK TABLE records_envelope IN ROW EXCLUSIVE MODE")

        with pytest.raises(OperationalError, match="lock timeout"):
            shred()

    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_the_errand_waits_for_whoever_reads_on_from_before_the_count(cast, server):
    sitting, opened = cast
    kept = secrets(opened)
    with psycopg.connect(**plain(connection.get_connection_params())) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT FROM records_ballot")
        close(sitting, opened)

        with pytest.raises(StillRead):
            shred_envelopes(0)
        reader.rollback()

    shred()
    assert found(server, kept) == [False] * 4


def test_who_reads_in_another_database_keeps_nothing_of_this_one(cast, server):
    sitting, opened = cast
    kept = secrets(opened)
    elsewhere = plain(connection.get_connection_params()) | {"dbname": "postgres"}
    with psycopg.connect(**elsewhere) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT FROM pg_class")
        close(sitting, opened)

        shred()

        assert found(server, kept) == [False] * 4


def test_the_errand_waits_for_whoever_writes_on_in_another_database(cast, server):
    sitting, opened = cast
    kept = secrets(opened)
    elsewhere = plain(connection.get_connection_params()) | {"dbname": "postgres"}
    with psycopg.connect(**elsewhere) as writer:
        writer.execute("SELECT pg_current_xact_id()")
        close(sitting, opened)

        server.execute("VACUUM (FULL) records_envelope, records_ballot")
        anyway = found(server, kept)  # the control: done in spite of them, it leaves everything
        with pytest.raises(StillRead):
            shred_envelopes(0)
        writer.rollback()

    shred()
    assert (anyway, found(server, kept)) == ([True] * 4, [False] * 4)
