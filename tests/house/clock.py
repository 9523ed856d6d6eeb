"""Moving the database's clock inside a test."""

from datetime import datetime

from django.db import connection


def set_clock(moment: datetime) -> None:
    """`juxian_now()` stands still at the moment until it is set again; a rollback undoes it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION juxian_now() RETURNS timestamptz LANGUAGE sql VOLATILE "
            f"AS 'SELECT timestamptz ''{moment.isoformat()}'''"
        )
