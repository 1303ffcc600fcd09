"""People are found by a part of their name; SQLite reads the few it has."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

INDEX = "person_name_parts"
FORWARDS = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX}",
    f"CREATE INDEX CONCURRENTLY {INDEX} ON organisations_person USING gin (upper(name::text) gin_trgm_ops)",
]
BACKWARDS = [f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX}"]


def forwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, FORWARDS)


def backwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, BACKWARDS)


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for each in statements:
            schema_editor.execute(each)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("organisations", "0002_sessions")]
    operations = [migrations.RunPython(forwards, backwards)]
