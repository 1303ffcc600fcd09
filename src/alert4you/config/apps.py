"""The configuration as a Django app: its checks and its commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the checks that keep an unsafe installation from starting."""

    name = "alert4you.config"

    def ready(self) -> None:
        from alert4you.config import checks  # noqa: F401
