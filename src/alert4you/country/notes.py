"""What people write in a year about a child with whom nothing special is the matter."""

from datetime import date, datetime, timedelta
from random import Random

from alert4you.access.models import Category
from alert4you.children.models import Child
from alert4you.kernel.clock import noon
from alert4you.notes.commands.writing import add_parent_words, write_note
from alert4you.organisations.models import Membership, Person
from alert4you.organisations.queries import actor_of, parent_actor
from alert4you.wellbeing.commands import rate

A_YEAR = 10  # notes, on average
SEEN = (
    "{name} bouwde een toren die hoger was dan de tafel.",
    "{name} at goed en vroeg zelf om nog een boterham.",
    "{name} was moe na het buitenspelen en sliep een uur langer.",
    "{name} hielp een ander kind met de jas.",
    "{name} moest even huilen bij het afscheid; na vijf minuten was het over.",
    "Samen gezongen. {name} deed alle gebaren mee.",
    "{name} zocht vandaag veel nabijheid en wilde graag op schoot.",
    "{name} speelde lang alleen in de bouwhoek.",
    "Voor het eerst de glijbaan af zonder hand. Trots!",
    "{name} vertelde in de kring over oma en de kippen.",
    "Bij het voorlezen wees {name} alle dieren aan.",
    "{name} had moeite met wachten; een plaatje van de volgorde hielp.",
    "Vandaag met water gespeeld. Alles nat, iedereen blij.",
    "{name} zei zelf dat het te druk was en ging naar de leeshoek.",
)
AT_HOME = (
    "Thuis praat {name} veel over de groep.",
    "{name} slaapt de laatste weken onrustig.",
    "Wij gaan verhuizen; {name} is daar erg mee bezig.",
)
PLAYED = "what is played acts for everybody in it"
RATED = 4  # one of so many days with a note somebody also looks how the child is doing


def tell(
    child: Child, workers: list[Membership], parents: list[Person], today: date, chance: Random
) -> None:
    """A year until yesterday, on working days that somebody of the group was there."""
    first = max(child.born + timedelta(days=60), today - timedelta(days=355))
    days = sorted(
        chance.sample(range((today - first).days - 7), k=min(A_YEAR, (today - first).days - 7))
    )
    for number, ago in enumerate(days):
        at = _moment(there_on(child, first + timedelta(days=ago)), chance)
        there = [
            hat for hat in workers if at.weekday() in {each.weekday for each in hat.rosters.all()}
        ]
        actor = actor_of(chance.choice(there), at)
        said = chance.choice(SEEN).format(name=child.first_name)
        category = Category.DEVELOPMENT if number % 3 == 0 else Category.DAY
        write_note(actor, child, said, category=category, internal=chance.random() < 0.1)
        if number % RATED == 0:
            rate(actor, child, {"itself": chance.randint(3, 5), "staff": 4, "involved": 4})
    if parents and chance.random() < 0.5:
        said = chance.choice(AT_HOME).format(name=child.first_name)
        add_parent_words(
            parent_actor(parents[0], _moment(today - timedelta(days=30), chance)), child, said
        )


def there_on(child: Child, day: date) -> date:
    """This day, or the first after it that the child is on the group."""
    weekdays = {
        each.weekday
        for place in child.placements.unrestricted(reason=PLAYED)
        for each in place.days.all()
    }
    return next(
        later for late in range(7) if (later := day + timedelta(days=late)).weekday() in weekdays
    )


def _moment(day: date, chance: Random) -> datetime:
    """Between nine and five."""
    return noon(day) + timedelta(minutes=chance.randint(-170, 290))
