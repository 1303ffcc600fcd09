"""The screens on which a draft is changed: what each part of a practice asks, in plain words.

A screen shows one part of the tree (`editing.own`), question by question (`asking`).
"""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from alert4you.access.models import Category, Purpose
from alert4you.access.models import Kind as Entry
from alert4you.organisations.models import Role
from alert4you.practices.rules import vocabulary, wording
from alert4you.practices.rules.asking import Options, Question
from alert4you.practices.rules.drafts import Path, title_in
from alert4you.practices.rules.editing import part
from alert4you.practices.rules.writing import Tree


def questions(tree: Tree, path: Path) -> tuple[Question, ...]:
    """What the screen of this part asks. LookupError when there is no such part."""
    part(tree, path)
    return _SCREENS[path[:1], len(path)](tree, path)


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
            return _first_large(labels(code).label)
    return _first_large(wording.word(code))


def _first_large(words: object) -> str:
    return f"{str(words)[:1].upper()}{str(words)[1:]}"


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
        *_for_whom(tree),
        *_money(),
    )


def _for_whom(tree: Tree) -> tuple[Question, ...]:
    return (
        Question(
            ("for", "ages"),
            "phrase",
            _("For which ages?"),
            _("Like: 2 years to 4 years. Leave it empty when there is no limit."),
            must=False,
        ),
        Question(
            ("for", "settings"),
            "several",
            _("In which places?"),
            options=_words(vocabulary.SETTINGS),
            must=False,
        ),
        Question(
            ("for", "indications"),
            "several",
            _("Does it need an indication?"),
            options=_words(vocabulary.INDICATIONS),
            must=False,
        ),
        Question(
            ("needs",),
            "several",
            _("What must be there before it starts?"),
            options=_needs(tree),
            must=False,
        ),
    )


def _money() -> tuple[Question, ...]:
    """Who pays, and what is possible afterwards."""
    return (
        Question(("money", "from"), "several", _("Who pays?"), options=_words(vocabulary.PAYERS)),
        Question(
            ("money", "covered"),
            "one",
            _("Are all hours paid for?"),
            options=_words(vocabulary.COVERED),
        ),
        Question(
            ("money", "note"), "words", _("What should people know about the money?"), must=False
        ),
        Question(
            ("after",),
            "after",
            _("How long after the end can one still ask something?"),
            _("Like: 3 months. Leave it empty when there is no limit."),
            must=False,
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
        Question(("least",), "text", _("At least"), _("A number; empty is 1."), must=False),
        Question(("most",), "text", _("At most"), use.format(name=name), must=False),
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
            ("needs",),
            "several",
            _("What must be there before it begins?"),
            options=_needs(tree),
            must=False,
        ),
        Question(
            ("lasts",),
            "phrase",
            _("How long does it last?"),
            _("Like: 3 months, or: until 4 years. Leave it empty when it lasts as long as needed."),
            must=False,
        ),
        Question(
            ("needs at end",),
            "several",
            _("What must be there before it is finished?"),
            options=_needs(tree),
            must=False,
        ),
        Question(
            ("considering",),
            "yes",
            _("In this phase the parents think, and nobody asks them anything"),
            must=False,
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
            must=False,
        ),
        Question(
            ("consent",),
            "one",
            _("Which consent of the parents does it need?"),
            options=named(tree, "consents"),
            must=False,
        ),
        Question(
            ("closing question",),
            "words",
            _("Is there a question to end each time with?"),
            _("Leave it empty when there is none."),
            must=False,
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
