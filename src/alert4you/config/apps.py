"""The configuration as a Django app: its checks, its policies, and the wall after every migration."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models.signals import post_migrate, pre_migrate


class ConfigConfig(AppConfig):
    """Registers the checks that keep an unsafe installation from starting, the policies, and the wall."""

    name = "alert4you.config"

    def ready(self) -> None:
        from alert4you.config import checks  # noqa: F401
        from alert4you.config.wall import build_wall, take_down_wall
        from alert4you.kernel.migrating import wait_briefly

        for context in settings.CONTEXTS:
            if find_spec(f"alert4you.{context}.policy"):
                import_module(f"alert4you.{context}.policy")
        kernel = apps.get_app_config("kernel")
        pre_migrate.connect(wait_briefly, sender=kernel)
        pre_migrate.connect(take_down_wall, sender=kernel)
        post_migrate.connect(build_wall, sender=kernel)
