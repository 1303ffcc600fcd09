"""A name is found however its letters are written: "zoe" finds Zoë, and "Élise" finds Elise."""

import re
from unicodedata import normalize

from alert4you.kernel.kept import Exactly

WRITTEN = {
    "a": "àáâãäåą",
    "c": "çćč",
    "d": "đ",
    "e": "èéêëęě",
    "g": "ğ",
    "i": "ìíîïıİ",
    "l": "ł",
    "n": "ñńň",
    "o": "òóôõöø",
    "r": "ř",
    "s": "śşš",
    "t": "ťţ",
    "u": "ùúûüů",
    "y": "ýÿ",
    "z": "źżž",
}
PLAIN = {sign: letter for letter, signs in WRITTEN.items() for sign in signs + signs.upper()}


MOST_WORDS, LONGEST = 8, 100


def words(asked: str) -> list[Exactly]:
    """Each word that was typed, as it is looked for; of a text without end the beginning."""
    return [spelled(word[:LONGEST]) for word in asked.split()[:MOST_WORDS]]


def spelled(word: str) -> Exactly:
    """What ``iregex`` looks for, the same on SQLite and PostgreSQL; nothing that is typed is a pattern."""
    return Exactly("".join(map(_letter, normalize("NFC", word))))


def _letter(sign: str) -> str:
    letter = PLAIN.get(sign, sign.lower())
    if letter not in WRITTEN:
        return re.escape(sign)
    return f"[{letter}{WRITTEN[letter]}{WRITTEN[letter].upper()}]"
