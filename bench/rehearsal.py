"""The rehearsal and the errands: what the house does without a web server."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from bench import processes
from bench.figures import Round
from bench.world import PACK
from juxian.jobs.rehearsal.drive import rehearse
from juxian.jobs.scratch import follow_setting, scratch_database
from juxian.records.packs import pack_named

APPLICANTS = 40
SEED = 1


def rehearsed(postmaster: int | None) -> Round:
    """A whole cycle of synthetic people, in a database of its own; one duration for all."""
    with scratch_database(f"juxian_bench_rehearsal_{os.getpid()}"):
        follow_setting()
        before = _used(postmaster)
        report = rehearse(pack_named(PACK), applicants=APPLICANTS, seed=SEED)
        used = _used(postmaster)
    if report.broken:
        raise SystemExit(f"the rehearsal broke {len(report.broken)} invariants")
    share = report.seconds / APPLICANTS
    processor = None if before is None or used is None else used - before
    return Round((share,) * APPLICANTS, report.seconds, processor)


def errands(database: str, waiting: int, postmaster: int | None) -> Round:
    """A worker that does the errands left by the submissions, its own start included."""
    began, before = time.perf_counter(), _of_worker(postmaster)
    words = ("procrastinate", "worker", "--one-shot")
    subprocess.run(
        [Path(sys.executable).parent / "juxian", *words],
        check=True,
        env=os.environ | {"DATABASE_URL": database},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    seconds = time.perf_counter() - began
    used = _of_worker(postmaster)
    processor = None if before is None or used is None else used - before
    return Round((seconds / waiting,) * waiting, seconds, processor)


def _used(postmaster: int | None) -> float | None:
    if postmaster is None:
        return None
    return time.process_time() + processes.processor_seconds(postmaster)


def _of_worker(postmaster: int | None) -> float | None:
    if postmaster is None:
        return None
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime + processes.processor_seconds(postmaster)
