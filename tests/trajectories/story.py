"""What the tests of trajectories tell about Mila: short words for what people do."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import SHAREABLE, ConsentRequest
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Child, Guardian
from alert4you.coaching.commands.contacts import Details, log_contact
from alert4you.organisations.models import Membership, Organisation, Person
from alert4you.practices.queries.templates import template
from alert4you.trajectories.commands.deciding import Why, decide
from alert4you.trajectories.commands.planning import write_plan
from alert4you.trajectories.commands.running import Setup, do_activity, start_trajectory
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries.caseload import Case, case
from alert4you.trajectories.rules.planning import Goal
from tests.cast import NOW, Cast, make_child

VOICES = {"parents": "Wij zien dat het helpt.", "group_worker": "Ze eet weer mee.", "care": "Goed."}
GOALS = (
    Goal("Mila zit tien minuten aan tafel", "Fatima", "Naast haar zitten"),
    Goal("Mila eet thuis ook groente", "Anna", "Samen koken"),
)


@dataclass
class Story:
    cast: Cast

    def talk(self, child: Child | None = None) -> Any:
        """A talk with the parents, this morning."""
        return log_contact(
            self.cast.actor("carla"),
            "talk",
            "We spraken over het eten.",
            child or self.cast.mila,
            details=Details(parents_present=True),
        )

    def another(self, name: str, number: int = 0) -> Child:
        """One more child on the group, with Carla on its team and one parent who decides."""
        child = make_child(
            self.cast, name, f"Familie{number}", date(2023, 6, 1) + timedelta(days=number)
        )
        person = Person.objects.create(name=f"Ouder van {name}", email=f"{child.pk}@example.org")
        Guardian.objects.create(
            child=child, person=person, kind="parent", has_authority=True, starts=child.born
        )
        self.cast.people[f"parent_of_{name}"] = person
        name_on_team(self.cast.actor("carla"), child, self.cast.carla, "zorgcoördinator")
        return child

    def start(self, slug: str = "kansen-voor-kleintjes", **given: Any) -> Trajectory:
        """Carla has the lead, Marit is the cover, Sanne takes the part of whom the parents are asked for."""
        roles = {
            "kansen-voor-kleintjes": "observer",
            "lindenhout-variant-3": "observer",
            "samsam": "extra-worker",
        }
        parts = {roles[slug]: self.cast.sanne, "group-worker": self.cast.fatima}
        return start_trajectory(
            self.cast.actor("carla"),
            given.get("child", self.cast.mila),
            template(slug),
            given.get("lead", self.cast.carla),
            given.get("cover", self.cast.marit),
            Setup(given.get("parts", parts)),
        )

    def begun(self, slug: str = "kansen-voor-kleintjes") -> Trajectory:
        """A talk and a start."""
        self.talk()
        return self.start(slug)

    def agree(self, answer: str = "given", *who: str, child: Child | None = None) -> None:
        """The parents answer everything that is asked about the child."""
        for name in who or ("anna", "bram"):
            for request in ConsentRequest.objects.filter(
                child=child or self.cast.mila, closed_at=None
            ):
                lines = request.consents.values_list("category", flat=True)
                answer_consent(
                    self.cast.actor(name, minutes=1), request, dict.fromkeys(lines, answer)
                )

    def may_go(self, party: Organisation, who: Membership, answer: str = "given") -> None:
        """Both parents say whether this party may know everything on the way to a next place."""
        carla = self.cast.actor("carla", minutes=10)
        terms = Terms(SHAREABLE, "Op weg naar een volgende plek.")
        request = ask_consent(carla, self.cast.mila, party, "handover", terms, who)
        for name in ("anna", "bram"):
            answers = dict.fromkeys(SHAREABLE, answer)
            answer_consent(self.cast.actor(name, minutes=10), request, answers)

    def do(self, trajectory: Trajectory, activity: str, by: str = "sanne", **later: int) -> Any:
        return do_activity(
            self.cast.actor(by, **(later or {"minutes": 2})),
            trajectory,
            activity,
            "Gezien en gedaan.",
        )

    def plan(self, trajectory: Trajectory, by: str = "carla", **given: Any) -> Any:
        return write_plan(
            self.cast.actor(by, minutes=3),
            trajectory,
            given.get("based_on", 0),
            given.get("goals", GOALS),
            given.get("end_goal", "Mila eet met plezier mee"),
            given.get("evaluation_on", NOW.date() + timedelta(days=30)),
        )

    def decide(self, trajectory: Trajectory, gate: str, choice: str, **given: Any) -> Any:
        why = Why(
            given.pop("reasons", "Samen besproken."),
            given.pop("voices", VOICES),
            given.pop("next_on", None),
            given.pop("early_reason", ""),
        )
        return decide(
            self.cast.actor("carla", **(given or {"minutes": 5})), trajectory, gate, choice, why
        )

    def case(self, trajectory: Trajectory, by: str = "carla", **later: int) -> Case:
        return case(self.cast.actor(by, **(later or {"minutes": 9})), trajectory.pk)
