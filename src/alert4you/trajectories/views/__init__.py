"""The caseload, starting (``starting``), one trajectory, its plan, its decisions (``deciding``)."""

from alert4you.kernel.decision import Denied


def refusal(denied: Denied) -> str:
    """Why not, and what can be done instead, as one text above a form that keeps its words."""
    decision = denied.decision
    return f"{decision.reason} {decision.instead}".strip()
