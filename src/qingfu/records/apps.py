"""The one Django app of the register."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """All tables live under the one label `records`, so that moving a model between rooms is a file move."""

    name = "qingfu.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
