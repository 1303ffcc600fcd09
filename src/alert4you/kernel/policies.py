"""Which rows are about people, and which policy says who may see them."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

Policy = Callable[[Any], models.Q]

_policies: dict[type[models.Model], Policy] = {}


def policy_of(*guarded: type[models.Model]) -> Callable[[Policy], Policy]:
    """Declare the policy of these models (and of what inherits from them): actor -> rows to see."""

    def declare(policy: Policy) -> Policy:
        _policies.update(dict.fromkeys(guarded, policy))
        return policy

    return declare


def policies() -> Mapping[type[models.Model], Policy]:
    """Every model with a policy of its own."""
    return _policies


@cache
def guarded_models() -> Mapping[str, type[models.Model]]:
    """Every model with rows about people (its manager knows ``visible_to``), by its table."""
    found = (model for model in apps.get_models() if hasattr(model._default_manager, "visible_to"))
    return {model._meta.db_table: model for model in found}
