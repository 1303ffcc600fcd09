"""A question to whoever helped before, without a new file."""

from alert4you.coaching.commands.questions import ask_coach, pass_question
from alert4you.coaching.models import About, Question
from alert4you.kernel.command import command
from alert4you.kernel.decision import require
from alert4you.organisations.models import Actor
from alert4you.referrals.queries.after import afterwards
from alert4you.referrals.rules.after import may_ask_after
from alert4you.trajectories.models import Trajectory


@command(may_ask_after)
def ask_former_worker(
    actor: Actor, trajectory: Trajectory, text: str, details: str = ""
) -> Question:
    """Ask who helped before; ``text`` reaches them at once without the child, ``details`` with consent.

    Denied while it still runs, and when the time in which one may ask is over.
    """
    after = afterwards(actor, trajectory)
    require(after.may)
    about = About.CHILD if trajectory.child else About.GROUP
    question: Question = ask_coach(actor, after.location, about, text, trajectory.child, details)
    if after.answers is not None and after.answers.pk != question.to_id:
        pass_question(actor, question, after.answers)
    return question
