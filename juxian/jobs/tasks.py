"""Errands, by name: what actions leave for later in their own transaction."""

from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from juxian.actions import (
    ballot,
    examination,
    made_file,
    parcel_scan,
    printing,
    reminding,
    uploading,
)
from juxian.actions.copying import copy_to_offices
from juxian.actions.cycle import latch
from juxian.actions.message import tell_of
from juxian.actions.office_change import carry_out_due
from juxian.actions.register import expire_sheets as remove_sheets
from juxian.jobs import delivery
from juxian.records.models import Cycle

EXAMINED_AGAIN = 3  # times, before it is recorded that a file cannot be examined


class StillRead(Exception):
    """A transaction as old as the count, such as a backup, keeps what the envelopes held."""


@app.task(name="tell", queue="default")
def tell(handling: int) -> None:
    """Write the inbox lines and copies an act calls for; doing it twice writes them once."""
    tell_of(handling)
    copy_to_offices(handling)


@app.periodic(cron="30 3 * * *")
@app.task(name="shred_envelopes", queue="default", retry=RetryStrategy(linear_wait=60))
def shred_envelopes(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate passes the tick
    """Leave nothing of emptied envelopes in the files: after each count, and again each night.

    Fails, to be tried again, while somebody reads on from before the count.
    """
    if not ballot.shred_envelopes():
        raise StillRead


@app.periodic(cron="* * * * *")
@app.task(name="latch_cycles", queue="default", queueing_lock="latch_cycles")
def latch_cycles(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the tick
    """Close the cycles whose time has come; `timestamp` is the tick it runs for."""
    for pk in Cycle.objects.filter(closed_at__isnull=True).values_list("pk", flat=True):
        latch(pk)


@app.periodic(cron="10 * * * *")
@app.task(name="expire_uploads", queue="default", queueing_lock="expire_uploads")
def expire_uploads(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate passes the tick
    """Remove the files that nobody went on sending for a day."""
    uploading.expire()


@app.task(
    name="examine",
    queue="scans",
    priority=-1,
    pass_context=True,
    retry=RetryStrategy(max_attempts=EXAMINED_AGAIN, linear_wait=60),
)
def examine(context: JobContext, file: str) -> None:
    """Look at a file's pages and read its words; messages and closing go before it."""
    examination.examine(file, last_try=context.job.attempts >= EXAMINED_AGAIN)


@app.periodic(cron="17 * * * *")
@app.task(name="examine_waiting", queue="scans", queueing_lock="examine_waiting")
def examine_waiting(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the tick
    """Examine what was given before there was a worker for it, or one that reads words."""
    examination.examine_waiting()


@app.task(name="read_pages", queue="default", priority=-1)
def read_pages(submission: int) -> None:
    """Set a form submitted again, so that its applicant learns which pages to print again."""
    printing.read_pages(submission)


@app.task(name="make_file", queue="exports", retry=RetryStrategy(max_attempts=3, linear_wait=30))
def make_file(file: str) -> None:
    """Write a workbook or a document of many pages; a person waits for it."""
    made_file.make(UUID(file))


@app.periodic(cron="40 * * * *")
@app.task(name="expire_files", queue="exports", queueing_lock="expire_files")
def expire_files(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate passes the tick
    """Remove the files that nobody may fetch any longer."""
    made_file.expire()


@app.periodic(cron="5 * * * *")
@app.task(name="change_offices", queue="default", queueing_lock="change_offices")
def change_offices(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate passes the tick
    """Rename, move and merge the offices whose day has come."""
    carry_out_due()


@app.periodic(cron="45 * * * *")
@app.task(name="expire_sheets", queue="default", queueing_lock="expire_sheets")
def expire_sheets(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate passes the tick
    """Remove the sheets of offices and posts that nobody confirmed within a day."""
    remove_sheets()


@app.task(name="read_pile", queue="scans", retry=RetryStrategy(max_attempts=3, linear_wait=30))
def read_pile(scan: int) -> None:
    """Read a scanned pile of a parcel's pages; an officer waits for it."""
    parcel_scan.read_pile(scan)


@app.periodic(cron="5 * * * *")
@app.task(name="remind_all", queue="default", priority=-1, queueing_lock="remind_all")
def remind_all(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate passes the tick
    """Tell people of what the time has come for, each once, from nine in the morning."""
    reminding.remind_all()


@app.periodic(cron="* * * * *")
@app.task(name="send_due", queue="default", priority=-1)
def send_due(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate passes the tick
    """Send the messages that are released and due; closing goes before it."""
    delivery.send_due()
