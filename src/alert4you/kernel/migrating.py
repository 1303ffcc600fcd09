"""What migrations are made of, besides what Django has."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres import operations
from django.db import connections
from django.db.migrations.operations import AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


def wait_briefly(using: str, **_signal: Any) -> None:
    """For a lock, as long as it changes tables: who wants to write waits behind it. Then try again."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")


class CreateModels(Operation):
    """Tables made together: Django renders every model it knows once, not once for each of them."""

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: Any) -> None:
        vars(state).pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, *where: Any) -> None:
        for model in self.models:
            model.database_forwards(*where)

    def database_backwards(self, *where: Any) -> None:
        for model in reversed(self.models):
            model.database_backwards(*where)


class AddIndexConcurrently(operations.AddIndexConcurrently):
    """While others write, on PostgreSQL; SQLite, where one writes at a time, knows only the other way."""

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        self._of(schema_editor).database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        self._of(schema_editor).database_backwards(self, app_label, schema_editor, *states)

    def _ensure_not_in_transaction(self, schema_editor: Any) -> None:
        """What is only written down (`sqlmigrate`) may be written anywhere."""
        if not schema_editor.collect_sql:
            super()._ensure_not_in_transaction(schema_editor)

    def _of(self, schema_editor: Any) -> type[AddIndex]:
        is_postgresql = schema_editor.connection.vendor == "postgresql"
        return operations.AddIndexConcurrently if is_postgresql else AddIndex
