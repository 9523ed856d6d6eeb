"""A prefecture's package as it reaches the receiving office: printed, and scanned askew."""

from io import BytesIO

import pypdfium2

from juxian.access.acts import step_of
from juxian.actions import application, verification
from juxian.actions.printing import print_form
from juxian.records.models import Seats
from juxian.regulation.words import Kind, Level
from juxian.selectors.certification import open_questions
from juxian.selectors.papers import application_form_input
from tests.house.world import vary_identity
from tests.rules.sample_answers import professional_sample, skilled_sample

DPI = 200
WHITE = 255


def nominees(world, professionals=3, skilled=3, *, mend=True):
    """People of one prefecture in both tracks, sent up; the first was returned and mended."""
    Seats.objects.filter(office=world.kashgar).update(granted=professionals + skilled)
    files = [world.professional_draft(number) for number in range(professionals)]
    files += [skilled_draft(world, number + 1) for number in range(skilled)]
    for file in files:
        world.submit(file)
    if mend:
        before = printed(files[0])
        world.send_back(files[0], {"summary.deeds": "主要事迹"})
        rewrite(files[0])
        world.submit(files[0])
    else:
        before = None
    while files[0].step != "formal_check":
        settle(world, files)
        world.pass_step(*files)
    return files, before


def settle(world, files):
    """What no rule can decide, at the nominating unit."""
    if step_of(files[0]).kind is Kind.VERIFY and step_of(files[0]).level is Level.NOMINATOR:
        for file in files:
            for condition in open_questions(file):
                verification.settle(
                    file.pk,
                    by=world.kashgar_handler,
                    condition=condition.code,
                    holds=True,
                    reason="已核实。",
                )


def rewrite(file):
    """Another sentence in the summary, which stays on its page."""
    section = file.sections.get(code="summary")
    values = {**professional_sample()["summary"]}
    values["deeds"] = "改过：" + values["deeds"]
    application.save_section(file.pk, "summary", values, by=file.applicant, version=section.version)


def skilled_draft(world, number):
    answers = skilled_sample()
    who = world.add_person(f"skilled{number}", answers["basic"]["name"])
    vary_identity(answers, number)
    return world.draft(who, world.hospital, "skilled", answers)


def printed(file):
    """The form's PDF, all copies, as an office prints it now."""
    submission = file.submissions.get(turn=file.turn)
    return print_form(application_form_input(file, submission), submission)[0]


def pages_of(pdf):
    """At 200 dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]


def askew(page, degrees=3):
    return page.rotate(degrees, fillcolor=WHITE)


def scanned(pages):
    """One PDF of pictures, as a scanner makes it."""
    kept = BytesIO()
    first, *rest = pages
    first.save(kept, "PDF", save_all=True, append_images=rest, resolution=DPI, quality=40)
    return kept.getvalue()
