"""What municipalities ask with an application: questions to choose from, and who writes them down."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import cache

import yaml
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from alert4you.funding.models import QuestionSet
from alert4you.funding.rules.streams import LIBRARY
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Organisation, OrganisationKind, Role
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.practices.rules.language import Words

APPLIED_FOR = ("youth_individual", "smi")
KNOWN, CHILDCARE, PARENTS = "known", "childcare", "parents"
WRITE_QUESTIONS = {*RUNS_THE_PLACE, Role.MUNICIPALITY}


@dataclass(frozen=True)
class Question:
    """One question: ``who`` fills it in (childcare, parents), or ``known``: it stands here already."""

    key: str
    words: str
    who: str


@dataclass(frozen=True)
class Suggested:
    """A question of the library, and the sorts of money with which it is ticked beforehand."""

    key: str
    says: Words
    who: str
    streams: Collection[str]


@dataclass(frozen=True)
class Chosen:
    """What a municipality asks: keys of the library, and questions in its own words."""

    keys: Collection[str]
    of_childcare: Collection[str] = ()
    of_parents: Collection[str] = ()
    contract: str = ""

    @property
    def questions(self) -> list[Question]:
        """Those of the library first; the same own words are the same question."""
        with override("nl"):
            known = [
                Question(each.key, str(each.says), each.who)
                for each in library().values()
                if each.key in self.keys
            ]
        own = [(words, CHILDCARE) for words in self.of_childcare]
        own += [(words, PARENTS) for words in self.of_parents]
        told = [Question(slugify(words)[:60], words.strip(), who) for words, who in own]
        return [*known, *{each.key: each for each in told if each.key}.values()]

    @property
    def rows(self) -> list[dict[str, str]]:
        return [asdict(each) for each in self.questions]


@cache
def library() -> Mapping[str, Suggested]:
    rows = yaml.safe_load((LIBRARY / "questions.yaml").read_text(encoding="utf-8"))
    return {
        key: Suggested(key, Words(**row["says"]), row["who"], row["for"])
        for key, row in rows.items()
    }


def questions(asks: QuestionSet) -> list[Question]:
    return [Question(**each) for each in asks.questions]


def may_write_questions(
    actor: Actor, municipality: Organisation, stream: str, chosen: Chosen
) -> Decision:
    """The municipality for itself; who runs a place, for own use, as the municipality asks it."""
    if actor.role not in WRITE_QUESTIONS:
        return Decision(
            _("Only the municipality, or who runs a place, writes down what has to be filled in."),
            _("Ask who runs the place."),
        )
    if municipality.kind != OrganisationKind.MUNICIPALITY:
        return Decision(_("This is no municipality."))
    if actor.role == Role.MUNICIPALITY and municipality.pk != actor.organisation_id:
        return Decision(_("A municipality writes down only what it asks itself."))
    if stream not in APPLIED_FOR:
        return Decision(_("This money is not asked with a form of the municipality."))
    if not any(each.who != KNOWN for each in chosen.questions):
        return Decision(_("Choose at least one question that somebody answers."))
    return ALLOWED
