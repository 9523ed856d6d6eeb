"""Help for tests of offices' pages: signing in, reading a page, many files at once."""

from datetime import datetime

from django.db import connection
from django.urls import reverse

from juxian.access.acts import step_of
from juxian.actions import proceeding
from juxian.records.models import Application, Person, Stop
from juxian.records.search import Grams
from tests.house.world import BEIJING


def at(client, name, *args, desk="office", **query):
    """The answer to reading a page."""
    return client.get(reverse(f"{desk}:{name}", args=args), query)


def send(client, name, *args, desk="office", **data):
    """The answer to sending a form; names with a dash are written with two underscores."""
    clean = {key.replace("__", "-"): value for key, value in data.items()}
    return client.post(reverse(f"{desk}:{name}", args=args), clean)


def text(response):
    return response.content.decode()


def says(response):
    """The sentences shown on top of the next page."""
    return [str(message) for message in response.wsgi_request._messages]


def many(file, count, series=9):
    """So many more files at the same place, by colleagues of the applicant; a series once."""
    stops = list(Stop.objects.filter(application=file))
    people = Person.objects.bulk_create(
        Person(login=f"colleague{series}-{n}", name=f"同事{n}", password="!") for n in range(count)
    )
    made = []
    for n, applicant in enumerate(people):
        made.append(
            Application(
                cycle=file.cycle,
                applicant=applicant,
                employer=file.employer,
                holder=file.holder,
                track=file.track,
                number=f"XJ2020-A-{series}{n:04}",
                created_at=file.created_at,
                name=applicant.name,
                name_key=f"tong shi {n:04}",
                title=file.title,
                speciality=file.speciality,
                id_mark=f"mark{series}-{n}",
                search=Grams(["同", "事", "同事", str(n)]),
                step=file.step,
                channel=file.channel,
                ladder=file.ladder,
                marks=file.marks,
                fits=file.fits,
                held_since=file.held_since,
                due_at=file.due_at,
                submitted_at=file.submitted_at,
            )
        )
    Application.objects.bulk_create(made)
    Stop.objects.bulk_create(
        Stop(application=one, level=s.level, office=s.office, reached_at=s.reached_at)
        for one in made
        for s in stops
    )
    return made


def multitude(file, count):
    """The same in thousands, copied inside the database; colleague 7 has the number …-90007."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_person (password, is_superuser, login, name, phone, speciality,"
            " is_active, is_staff, password_is_given, joined_at)"
            " SELECT '!', false, 'colleague' || n, '同事', '', '', true, false, false,"
            " now() FROM generate_series(1, %s) n",
            [count],
        )
        changed = {
            "applicant_id": "p.id",
            "id_mark": "'mark' || p.id",
            "number": "'XJ2020-A-9' || lpad(substr(p.login, 10), 4, '0')",
            "search": "array_to_tsvector(ARRAY['同', '事', '同事'])",
        }
        columns = [f.column for f in Application._meta.concrete_fields if not f.primary_key]
        values = ", ".join(changed.get(column, f"a.{column}") for column in columns)
        cursor.execute(
            f"INSERT INTO records_application ({', '.join(columns)}) SELECT {values}"  # noqa: S608
            " FROM records_application a, records_person p"
            " WHERE a.id = %s AND p.login LIKE 'colleague%%'",
            [file.pk],
        )
        cursor.execute(
            "INSERT INTO records_stop (application_id, level, office_id, reached_at)"
            " SELECT a.id, s.level, s.office_id, s.reached_at FROM records_application a,"
            " records_stop s WHERE s.application_id = %s AND a.id <> %s",
            [file.pk, file.pk],
        )
        cursor.execute("ANALYZE records_application")
        cursor.execute("ANALYZE records_stop")


def listed(world, step, *files):
    """An open list at the step, by whoever may, of files that have come that far."""
    world.pass_until(step, *files)
    return took_up(world, *files)


def took_up(world, *files):
    return proceeding.open_proceeding(
        files[0].step, [file.pk for file in files], by=officer(world, files[0])
    )


def officer(world, file):
    """Whoever works on the file at its present step."""
    return world.officer_for(file, step_of(file).role)


def on(year, month, day, hour=10):
    return datetime(year, month, day, hour, tzinfo=BEIJING)
