"""The application form at its thickest: three copies with a long list of evidence, typeset."""

import os
import time
from collections.abc import Sequence
from dataclasses import replace

from bench import processes
from bench.figures import Round
from juxian.papers.application_form import application_form
from juxian.records.models import Application
from juxian.selectors.paper_inputs import FormInput
from juxian.selectors.papers import application_form_input

COPIES = 3
EVIDENCE = 25  # rows


def thick_papers(applications: Sequence[Application]) -> Round:
    """Each person's form once, with the processor's time of it, the typesetter's included.

    The first opens the fonts and is not counted.
    """
    first, *others = [_thick(application) for application in applications]
    application_form(first)
    durations = []
    began_all, used = time.perf_counter(), processes.processor_seconds(os.getpid())
    for one in others:
        began = time.perf_counter()
        application_form(one)
        durations.append(time.perf_counter() - began)
    used = processes.processor_seconds(os.getpid()) - used
    return Round(tuple(durations), time.perf_counter() - began_all, used)


def _thick(application: Application) -> FormInput:
    given = application_form_input(application, application.submissions.latest("turn"))
    rows = [
        replace(row, title=f"{application.number} {row.title} {place}")
        for place, row in enumerate((given.evidence * EVIDENCE)[:EVIDENCE])
    ]
    return replace(given, copies=COPIES, evidence=tuple(rows))
