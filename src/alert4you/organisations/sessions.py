"""Where sessions are kept (``SESSION_ENGINE``): in the database as Django does, each with its person."""

from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DjangosStore


class SessionStore(DjangosStore):
    @classmethod
    def get_model_class(cls) -> Any:
        return apps.get_model("organisations", "Session")

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.person_id = data.get(SESSION_KEY)
        return row
