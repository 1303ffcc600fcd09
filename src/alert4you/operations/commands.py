"""What a person can do about work in the background: let it try again now, or give a message up."""

from alert4you.kernel.command import command
from alert4you.kernel.models import Letter
from alert4you.operations.models import Job
from alert4you.operations.rules import may_run
from alert4you.organisations.models import Actor


@command(may_run)
def try_again(actor: Actor, job: Job) -> Job:
    """Due now; a worker takes it within seconds."""
    job.due_at = actor.at
    job.save(update_fields=["due_at"])
    return job


@command(may_run)
def send_again(actor: Actor, letter: Letter) -> Letter:
    """Due now; its job sends it at its next round."""
    letter.next_at = actor.at
    letter.save(update_fields=["next_at"])
    return letter


@command(may_run)
def give_up(actor: Actor, letter: Letter) -> Letter:
    """It is never sent. What it was about stays as it is, and can be read by whoever signs in."""
    letter.given_up, letter.sent_at = True, actor.at
    letter.save(update_fields=["given_up", "sent_at"])
    return letter
