"""Rows beside a row, in the same question to the database."""

from typing import Any

from django.db.models import Aggregate, JSONField


class Gathered(Aggregate):
    """The rows of a subquery, each a list of these columns, as one list."""

    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        made = "jsonb_agg(jsonb_build_array(%(expressions)s))"
        return self.as_sql(compiler, connection, template=made, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        made = "json_group_array(json_array(%(expressions)s))"
        return self.as_sql(compiler, connection, template=made, **extra)
