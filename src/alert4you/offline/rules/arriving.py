"""Whether what was written then may still go on the line by itself."""

from alert4you.access import policy
from alert4you.access.queries.line import file_of
from alert4you.access.rules.relations import works_with
from alert4you.children.models import Child
from alert4you.kernel.compiled import Condition
from alert4you.organisations.models import Actor


def lost(now: Actor, child: Child) -> bool:
    """Whether this hat lost the child since it wrote: a mark that forbids; for a guest, that the parents
    do not agree any more. That staff of the place has another day off or another group now is no loss.
    """
    if file_of(now, child) != now.organisation_id:
        return not works_with(now, child)
    rows = Child.objects.unrestricted(reason="rule").filter(pk=child.pk)
    return rows.filter(Condition(Child, policy.forbidden, now)).exists()
