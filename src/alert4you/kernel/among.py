"""One of a few that a question of its own finds, so that an index leads there."""

from typing import Any

from django.db.models import BooleanField, Func, QuerySet, Subquery


class Among(Func):
    """``x IN (SELECT ...)`` that PostgreSQL asks first and then looks up, whatever else is joined.

    Of `x = me OR x IN (...)`, and of a join among many, it would read every row of the country.
    """

    template, arg_joiner = "%(expressions)s", " IN "
    output_field = BooleanField()

    def __init__(self, field: str, few: QuerySet[Any, Any]) -> None:
        found = Subquery(few)
        found.empty_result_set_value = NotImplemented  # among nothing is nothing
        super().__init__(field, found)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        told = {"arg_joiner": " = ANY(ARRAY", "template": "%(expressions)s)"}
        return self.as_sql(compiler, connection, **told, **extra)
