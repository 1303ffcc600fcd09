"""The configuration as a Django app: its checks, its commands, and the wall after every migration."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


class ConfigConfig(AppConfig):
    """Registers the checks that keep an unsafe installation from starting, and builds the wall."""

    name = "alert4you.config"

    def ready(self) -> None:
        from alert4you.config import checks  # noqa: F401
        from alert4you.config.wall import build_wall, take_down_wall

        kernel = apps.get_app_config("kernel")
        pre_migrate.connect(take_down_wall, sender=kernel)
        post_migrate.connect(build_wall, sender=kernel)
