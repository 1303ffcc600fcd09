"""Taking e-mail addresses and telephone numbers out of a text, also when a line ended inside them."""

import re

from alert4you.practices.rules.document.rows import BREAK, SOFT_HYPHEN

TAKEN_OUT = "[…]"

_B = rf"[ ]{{0,3}}[-{SOFT_HYPHEN}]?[ ]{{0,3}}[{BREAK}\n][ ]{{0,3}}"  # the end of a line
_NAME = r"[\w%+-]{1,64}"
_LABEL = rf"[^\W_]{{1,63}}(?:-{{1,2}}[^\W_]{{1,63}}){{0,8}}(?:{_B}[\w-]{{1,63}}(?=\.[a-z]))?"
_EMAIL = re.compile(
    rf"(?:mailto:)?{_NAME}(?:(?:\.(?:{_B})?|(?<=[_-]){_B}){_NAME}){{0,8}}(?:{_B})?"
    rf"[ ]?(?:@|\(at\)|\[at\])(?:{_B})?[ ]?"
    rf"{_LABEL}(?:(?:{_B})?\.(?:{_B})?{_LABEL}){{1,6}}",
    re.IGNORECASE,
)
_S = rf"(?:[ .\-–/\u00a0\u202f]|[{BREAK}\n])"  # between two digits of a number
_REST = rf"(?:{_S}{{0,3}}\d)"
_PHONE = re.compile(
    rf"(?:tel:)?(?<![\w€])(?<!€ )(?:"
    rf"(?:\+|00)[ ]?\d{{2}}{_S}{{0,2}}(?:\(0\){_S}{{0,2}})?\d{_REST}{{7,10}}"  # +31 (0)6 12 34 56 78
    rf"|\(0\d{{1,3}}\){_S}{{0,2}}\d{_REST}{{5,7}}"  # (0343) 51 23 45
    rf"|0[1-9]\d{{8}}"
    rf"|06{_S}{{1,3}}\d{_REST}{{7}}"
    rf"|0[1-9]\d{_S}{{1,3}}\d{_REST}{{6}}"
    rf"|0[1-9]\d\d{_S}{{1,3}}\d{_REST}{{5}}"
    rf"|0[89]00{_S}{{1,3}}\d{_REST}{{3,6}}"
    rf")(?!\d)"
)
_TOLD_AS_PHONE = re.compile(
    r"(?i)(?<=\b)(tel(?:efoon(?:nummer)?|nr)?|mob(?:iel)?|phone)([.:]{0,3}[ ]{0,3})"
    rf"(\(?\d\)?{_REST}{{5,10}})(?!\d)"
)
_BANK = re.compile(r"\b[A-Z]{2}\d\d ?[A-Z]{4} ?$")
_DATE = re.compile(r"0\d([-/.])\d{1,2}\1(?:19|20)\d\d(?!\d)")


def without_contacts(text: str) -> tuple[str, list[str]]:
    """The text without them, and of each the kind: email or phone."""
    kinds: list[str] = []

    def email(_found: re.Match[str]) -> str:
        kinds.append("email")
        return TAKEN_OUT

    def phone(found: re.Match[str]) -> str:
        if _DATE.match(found.group()) or _BANK.search(found.string, 0, found.start()):
            return found.group()
        kinds.append("phone")
        return TAKEN_OUT

    def told_as_phone(found: re.Match[str]) -> str:
        kinds.append("phone")
        return f"{found.group(1)}{found.group(2)}{TAKEN_OUT}"

    if "@" in text or "(at)" in text.lower() or "[at]" in text.lower():
        text = _EMAIL.sub(email, text)
    text = _PHONE.sub(phone, text)
    return _TOLD_AS_PHONE.sub(told_as_phone, text), kinds


def kind_of_link(address: str) -> str:
    """email or phone for the target of such a link; "" for any other."""
    scheme = address.strip().lower().partition(":")[0]
    return {"mailto": "email", "tel": "phone", "callto": "phone"}.get(scheme, "")
