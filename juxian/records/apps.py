"""The one models app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "juxian.records"
    label = "records"
    verbose_name = "举贤"
    default_auto_field = "django.db.models.BigAutoField"
