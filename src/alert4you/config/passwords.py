"""Words of the house are the first that somebody guesses: they do not make a password longer."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 12
OWN_WORDS = (
    *("alert4you", "alert", "kinderopvang", "kinderdagverblijf", "opvang", "peuter", "kleuter"),
    *("jeugdhulp", "jeugdzorg", "zorgcoordinator", "zorg", "pedagoog", "pedagogisch", "coach"),
    *("beheerder", "welkom", "wachtwoord", "password", "admin", "qwertyuiop", "qwerty"),
    *("1234567890"[:length] for length in range(4, 11)),
)
_OWN = re.compile("|".join(map(re.escape, sorted(OWN_WORDS, key=len, reverse=True))))


class OwnWordsValidator:
    """What is left without these words, years and rows of one sign is still long enough."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - django gives both
        left = re.sub(r"(.)\1{2,}|(19|20)\d\d", "", _OWN.sub("", password.lower()))
        if len(left) < SHORTEST - 4:
            raise ValidationError(_("This password is easy to guess. Make a sentence of your own."))

    def get_help_text(self) -> str:
        return _("A sentence of your own is best.")
