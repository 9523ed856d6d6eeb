"""Proving that a refusal leaves every table as it was."""

import re

import pytest
from django.apps import apps
from django.db import connection


def everything():
    """Every row of every table of the records, and what is left to do later."""
    rows = {
        model._meta.label: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("records").get_models()
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        rows["jobs"] = cursor.fetchone()
    return rows


def refuses(kind, sentence, act, /, **said):
    """The act is refused with this very sentence, and not a row is different.

    `said` are keyword arguments of the act. Returns the places named: ((path, sentence), …).
    """
    before = everything()
    with pytest.raises(kind, match=f"^{re.escape(sentence)}$") as refusal:
        act(**said)
    assert everything() == before
    return getattr(refusal.value, "faults", ())
