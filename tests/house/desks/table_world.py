"""A section with a table to act on, and the buttons of its page."""

from django.urls import reverse

from juxian.actions import application as acts
from juxian.selectors.application import section_of
from juxian.selectors.facts import answers_of

YEARS = [{"id": f"y{year}", "year": year, "result": "excellent"} for year in (2017, 2019, 2018)]


def at(name, file, *args):
    return reverse(f"applicant:{name}", args=[file.number, *args])


def begun(world):
    """A draft with nothing filled."""
    return acts.begin(
        world.cycle.pk, by=world.applicant, employer_id=world.hospital.pk, track="professional"
    )


def version(file, section):
    saved = section_of(file, section)
    return saved.version if saved else 0


def rows(file, section, table):
    return answers_of(file)[section][table]


def order(file):
    return [row["id"] for row in rows(file, "assessment", "years")]


def keep(file, section, **values):
    return acts.save_section(
        file.pk, section, values, by=file.applicant, version=version(file, section)
    )


def press(me, file, go, section="assessment", *, follow=False, **typed):
    """A button of the section's page, with what else was typed on it."""
    given = {"version": version(file, section), "go": go, **typed}
    return me.post(at("section", file, section), given, follow=follow)
