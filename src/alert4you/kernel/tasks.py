"""What has to be done every hour for the audit trail."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail

from alert4you.kernel import roots


def sign_audit_root(at: datetime) -> int:
    """Sign the ends of all chains, and send the root to those who keep it elsewhere."""
    root = roots.sign_root(at)
    if root is None:
        return 0
    if settings.AUDIT_MAIL:
        body = f"{root.at.isoformat()}\n{root.root}\n{root.signature}\n{roots.public_key()}\n"
        send_mail("Alert4you: audit root", body, None, settings.AUDIT_MAIL)
    return 1
