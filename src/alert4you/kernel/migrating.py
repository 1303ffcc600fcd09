"""What migrations are made of, besides what Django has."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


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
