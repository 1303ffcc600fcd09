"""What people and the nightly job do about what is due; `rights` proposes what parents asked for."""

from alert4you.retention.commands.erasing import (
    approve_erasure,
    carry_out,
    propose_erasure,
    show_due,
    withdraw_approval,
)
from alert4you.retention.commands.terms import choose_term

__all__ = [
    "approve_erasure",
    "carry_out",
    "choose_term",
    "propose_erasure",
    "show_due",
    "withdraw_approval",
]
