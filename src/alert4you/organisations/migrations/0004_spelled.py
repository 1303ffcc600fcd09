"""People are found however their name is written: an index for a pattern in the place of one for capitals."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BEFORE, NOW = "person_name_parts", "person_name_spelled"
FORWARDS = [
    f"DROP INDEX CONCURRENTLY IF EXISTS {NOW}",
    f"CREATE INDEX CONCURRENTLY {NOW} ON organisations_person USING gin (name gin_trgm_ops)",
    f"DROP INDEX CONCURRENTLY IF EXISTS {BEFORE}",
]
BACKWARDS = [
    f"DROP INDEX CONCURRENTLY IF EXISTS {BEFORE}",
    f"CREATE INDEX CONCURRENTLY {BEFORE} ON organisations_person USING gin (upper(name::text) gin_trgm_ops)",
    f"DROP INDEX CONCURRENTLY IF EXISTS {NOW}",
]


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
    dependencies = [("organisations", "0003_named")]
    operations = [migrations.RunPython(forwards, backwards)]
