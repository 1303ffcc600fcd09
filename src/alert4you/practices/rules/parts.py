"""The screens on which a draft is changed: what each part of a practice asks, in plain words.

A screen shows one part of the tree (`editing.own`). Each question has a place in it and a kind; `filled`
gives what its fields hold, `answered` makes the part again of what was typed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from django.utils.translation import gettext as _

from alert4you.access.models import Category, Purpose
from alert4you.access.models import Kind as Entry
from alert4you.organisations.models import Role
from alert4you.practices.rules import phrases, vocabulary, wording
from alert4you.practices.rules.drafts import Path, title_in
from alert4you.practices.rules.editing import part
from alert4you.practices.rules.writing import Tree

Kind: TypeAlias = Literal["words", "text", "phrase", "term", "after", "one", "several", "yes"]
Options: TypeAlias = tuple[tuple[str, str], ...]
AFTERWARDS = "question without a new file"


@dataclass(frozen=True)
class Question:
    """What a screen asks: at this place in the part, answered by one field or (`words`, `term`) two."""

    at: Path
    kind: Kind
    label: str
    help: str = ""
    options: Options = ()
    long: bool = False
    otherwise: str = ""

    @property
    def name(self) -> str:
        """The name of its (first) field."""
        return "_".join(self.at).replace(" ", "_")


def questions(tree: Tree, path: Path) -> tuple[Question, ...]:
    """What the screen of this part asks. LookupError when there is no such part."""
    part(tree, path)
    return _SCREENS[path[:1], len(path)](tree, path)


def filled(questions: Iterable[Question], own: Tree) -> dict[str, Any]:
    """What the fields of a screen hold, by name."""
    fields: dict[str, Any] = {}
    for each in questions:
        fields |= _fields(each, _get(own, each.at))
    return fields


def answered(questions: Iterable[Question], own: Tree, given: Mapping[str, Any]) -> Tree:
    """The part with what was typed; what this screen does not ask stays as it was."""
    for each in questions:
        own = _set(own, each.at, _value(each, given))
    return own


def _get(own: Any, at: Path) -> Any:
    for key in at:
        own = own.get(key) if isinstance(own, dict) else None
    return own


def _set(own: Tree, at: Path, value: Any) -> Tree:
    key, *deeper = at
    if deeper:
        inside = own.get(key)
        value = _set(inside if isinstance(inside, dict) else {}, tuple(deeper), value)
    kept = {**own, key: value}
    return kept if value else {name: each for name, each in kept.items() if name != key}


def _fields(question: Question, value: Any) -> dict[str, Any]:
    name, text = question.name, value if isinstance(value, str) else ""
    if question.kind == "words":
        pair = value if isinstance(value, dict) else {}
        return {f"{name}_{each}": pair.get(each, "") for each in ("nl", "en")}
    if question.kind == "several":
        return {name: value if isinstance(value, list) else [text] if text else []}
    if question.kind == "term":
        duration, __, after = text.partition(" after ")
        return {name: phrases.shown(duration), f"{name}_after": after}
    if question.kind == "after":
        return {name: phrases.shown(text.removeprefix(AFTERWARDS).removeprefix(" for "))}
    if question.kind == "yes":
        return {name: text == "yes"}
    return {name: phrases.shown(text) if question.kind == "phrase" else text or question.otherwise}


def _value(question: Question, given: Mapping[str, Any]) -> Any:
    name = question.name
    if question.kind == "words":
        pair = {each: given.get(f"{name}_{each}") for each in ("nl", "en")}
        return {key: " ".join(text.split()) for key, text in pair.items() if text}
    if question.kind == "several":
        return list(given.get(name) or ())
    text = given.get(name) or ""
    if question.kind == "term":
        after = given.get(f"{name}_after")
        return phrases.told(text) + (f" after {after}" if text and after else "")
    if question.kind == "after":
        return f"{AFTERWARDS} for {phrases.told(text)}" if text else AFTERWARDS
    if question.kind == "yes":
        return "yes" if text else ""
    return phrases.told(text) if question.kind == "phrase" else " ".join(text.split())


def named(tree: Tree, key: str) -> Options:
    """The parts of a list, by name and title."""
    inside = tree.get(key)
    rows = inside.items() if isinstance(inside, dict) else ()
    return tuple((name, title_in(each, name)) for name, each in rows)


def _words(known: Iterable[str]) -> Options:
    return tuple((each, say(each)) for each in known)


def say(word: str) -> str:
    """A word of the language for a reader."""
    told = _SAID.get(word)
    if told is not None:
        return str(told())
    code = vocabulary.code(word)
    for labels in (Role, Purpose, Category, Entry):
        if code in labels.values:
            return str(labels(code).label).capitalize()
    return wording.word(code).capitalize()


_SAID: dict[str, Callable[[], str]] = {
    "parent contact": lambda: _("A talk with the parents"),
    "plan": lambda: _("A plan"),
    "plan with end goal": lambda: _("A plan with an end goal"),
    "evaluation date": lambda: _("A date to evaluate"),
    "taper": lambda: _("A plan of coming less and less often"),
    "yes": lambda: _("Yes"),
    "no": lambda: _("No"),
    "go": lambda: _("We go on"),
    "adjust": lambda: _("Again, or in another way"),
    "no-go": lambda: _("Not like this: somewhere else"),
    "end": lambda: _("We stop"),
    "ended": lambda: _("The end"),
    "referral": lambda: _("Referral to other help"),
    "child": lambda: _("The child"),
    "group": lambda: _("The group"),
}


def _needs(tree: Tree) -> Options:
    asked = tuple(
        (f"consent {name}", _("Consent: {title}").format(title=title))
        for name, title in named(tree, "consents")
    )
    return _words(vocabulary.NEEDS) + asked


def _whole(tree: Tree, _path: Path) -> tuple[Question, ...]:
    return (
        Question(("title",), "words", _("What is it called?")),
        Question(("summary",), "words", _("What is it, in two short sentences?"), long=True),
        Question(("source",), "text", _("Where does it come from: who did it, where, when?")),
        Question(
            ("for", "ages"),
            "phrase",
            _("For which ages?"),
            _("Like: 2 years to 4 years. Leave it empty when there is no limit."),
        ),
        Question(
            ("for", "settings"),
            "several",
            _("In which places?"),
            options=_words(vocabulary.SETTINGS),
        ),
        Question(
            ("for", "indications"),
            "several",
            _("Does it need an indication?"),
            options=_words(vocabulary.INDICATIONS),
        ),
        Question(
            ("needs",),
            "several",
            _("What must be there before it starts?"),
            options=_needs(tree),
        ),
        Question(("money", "from"), "several", _("Who pays?"), options=_words(vocabulary.PAYERS)),
        Question(
            ("money", "covered"),
            "one",
            _("Are all hours paid for?"),
            options=_words(vocabulary.COVERED),
        ),
        Question(("money", "note"), "words", _("What should people know about the money?")),
        Question(
            ("after",),
            "after",
            _("How long after the end can one still ask something?"),
            _("Like: 3 months. Leave it empty when there is no limit."),
        ),
    )


def _role(_tree: Tree, _path: Path) -> tuple[Question, ...]:
    return (
        Question(("title",), "words", _("What is this part called?")),
        Question(("hat",), "one", _("Who can play it?"), options=_words(vocabulary.HATS)),
    )


def _consent(tree: Tree, _path: Path) -> tuple[Question, ...]:
    return (
        Question(("title",), "words", _("What do you ask the parents?"), long=True),
        Question(("to",), "one", _("Who may know it then?"), options=named(tree, "roles")),
        Question(("purpose",), "one", _("What for?"), options=_words(vocabulary.PURPOSES)),
        Question(
            ("categories",),
            "several",
            _("What may they know?"),
            _("Ask no more than is needed."),
            _words(vocabulary.CATEGORIES),
        ),
    )


def _choice(_tree: Tree, path: Path) -> tuple[Question, ...]:
    name = f"<{path[-1]}>"
    use = _("Write {name} where the number belongs, for example: every {name} weeks.")
    return (
        Question(("title",), "words", _("Which number does each organisation choose?"), long=True),
        Question(("least",), "text", _("At least"), _("A number; empty is 1.")),
        Question(("most",), "text", _("At most"), use.format(name=name)),
    )


def _figure(_tree: Tree, _path: Path) -> tuple[Question, ...]:
    return (
        Question(("title",), "words", _("What is this number about?")),
        Question(("value",), "text", _("The number")),
    )


def _phase(tree: Tree, path: Path) -> tuple[Question, ...]:
    following = (*named(tree, "decisions"), *named(tree, "phases"))
    return (
        Question(("title",), "words", _("What is this phase called?")),
        Question(
            ("needs",), "several", _("What must be there before it begins?"), options=_needs(tree)
        ),
        Question(
            ("lasts",),
            "phrase",
            _("How long does it last?"),
            _("Like: 3 months, or: until 4 years. Leave it empty when it lasts as long as needed."),
        ),
        Question(
            ("needs at end",),
            "several",
            _("What must be there before it is finished?"),
            options=_needs(tree),
        ),
        Question(
            ("considering",),
            "yes",
            _("In this phase the parents think, and nobody asks them anything"),
        ),
        Question(
            ("then",),
            "one",
            _("What comes after it?"),
            _("A decision by people, or the next phase."),
            tuple(each for each in following if each[0] != path[-1]),
        ),
    )


def _activity(tree: Tree, path: Path) -> tuple[Question, ...]:
    roles = named(tree, "roles")
    others = named(part(tree, path[:2]), "activities")
    whom = (*roles, ("child", say("child")), ("group", say("group")))
    return (
        Question(("title",), "words", _("What is done?")),
        Question(
            ("kind",), "one", _("What sort of thing is it?"), options=_words(vocabulary.KINDS)
        ),
        Question(("by",), "one", _("Who does it?"), options=roles),
        Question(("with",), "several", _("With whom?"), options=whom),
        Question(
            ("dose",),
            "phrase",
            _("How often?"),
            _("Like: 2 times, at least 1 time, as needed, every 6 weeks, once a week for 3 months"),
        ),
        Question(
            ("within",),
            "term",
            _("Within how much time?"),
            _("Like: 6 weeks. Leave it empty when there is no term."),
            tuple(each for each in others if each[0] != path[-1]),
        ),
        Question(
            ("consent",),
            "one",
            _("Which consent of the parents does it need?"),
            options=named(tree, "consents"),
        ),
        Question(
            ("closing question",),
            "words",
            _("Is there a question to end each time with?"),
            _("Leave it empty when there is none."),
        ),
    )


def _decision(_tree: Tree, _path: Path) -> tuple[Question, ...]:
    return (
        Question(("title",), "words", _("What is decided?"), _("As a question.")),
        Question(
            ("voices",),
            "several",
            _("Whose view is written down apart?"),
            options=_words(vocabulary.VOICES),
        ),
    )


def _option(tree: Tree, path: Path) -> tuple[Question, ...]:
    to = str(part(tree, path).get("to", ""))
    elsewhere = ((to, to.removeprefix("practice ")),) if to.startswith("practice ") else ()
    ends = (("ended", say("ended")), ("referral", say("referral")))
    kinds = _words(vocabulary.OPTION_KINDS)
    plain = path[-1] if path[-1] in vocabulary.OPTION_KINDS else ""
    return (
        Question(("title",), "words", _("What can people choose?")),
        Question(("is",), "one", _("What does it mean?"), options=kinds, otherwise=plain),
        Question(
            ("to",),
            "one",
            _("Where does it lead?"),
            options=(*named(tree, "phases"), *ends, *elsewhere),
        ),
    )


_SCREENS: dict[tuple[Path, int], Callable[[Tree, Path], tuple[Question, ...]]] = {
    ((), 0): _whole,
    (("roles",), 2): _role,
    (("consents",), 2): _consent,
    (("choices",), 2): _choice,
    (("figures",), 2): _figure,
    (("phases",), 2): _phase,
    (("phases",), 4): _activity,
    (("decisions",), 2): _decision,
    (("decisions",), 4): _option,
}


def screen_of(path: Path) -> Path:
    """The part on whose screen this place is shown."""
    for length in (4, 2):
        if len(path) >= length and (path[:1], length) in _SCREENS:
            inside = {"phases": "activities", "decisions": "options"}.get(path[0])
            if length == 2 or path[2] == inside:
                return path[:length]
    return ()


def has_screen(path: Path) -> bool:
    """Whether this is the path of a part that can be changed on a screen of its own."""
    return (path[:1], len(path)) in _SCREENS and screen_of(path) == path
