"""Numbers that are too small to show without telling about one child."""

HIDDEN_BELOW = 10
ROUNDED_TO = 5
RATE_TO = 10


def shown(number: int) -> int | None:
    """Rounded to five; None below ten."""
    if number < HIDDEN_BELOW:
        return None
    return (number + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def shown_rate(part: int, whole: int) -> int | None:
    """How much of the whole, in tens of percents; None when one of both is below ten."""
    if min(part, whole) < HIDDEN_BELOW:
        return None
    return (100 * part // whole + RATE_TO // 2) // RATE_TO * RATE_TO
