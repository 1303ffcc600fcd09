"""The words that stand for what people wrote: of the file of a child, and of a house without any child."""

from collections.abc import Iterator

from django.db import models

CANARY = "kanarie"
HOUSE_WORD = "huiswoord"


def lasting(model: type[models.Model]) -> Iterator[str]:
    """Words for a row that can never be changed, so that ``canaries`` cannot give it any later."""
    rows = model._base_manager.count()
    return (f"xq9{rows:02}{number}x" for number in range(10))
