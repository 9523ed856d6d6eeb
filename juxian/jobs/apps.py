"""The jobs app: errands by name for the worker."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "juxian.jobs"
    label = "jobs"
