"""Who may touch what the machine does by itself, and what that is called in plain words."""

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import SYSTEM, Actor

WORK = {
    "access.announce_ended_consents": _("Say that an agreement to share ended"),
    "access.announce_look_questions": _("Say that a parent asks who looked"),
    "access.announce_openings": _("Say that a file was opened in an emergency"),
    "access.announce_to_confirm": _("Ask a professional to confirm what was written down"),
    "access.escalate_reviews": _("Say that a weekly list waits too long"),
    "access.make_reviews": _("Make the weekly lists of who looked"),
    "api.forget_tokens": _("Forget keys of other systems that are over"),
    "api.tell_applications": _("Tell other systems what changed"),
    "coaching.announce_questions": _("Say that a question waits"),
    "imports.forget_files": _("Forget files of more than a week ago"),
    "imports.go_on_with_files": _("Go on with files that are read in"),
    "kernel.forget_letters": _("Forget which messages went"),
    "kernel.know_tables": _("Keep the database fast"),
    "kernel.send_audit_roots": _("Send the seals of the trail to whoever keeps them"),
    "kernel.sign_audit_root": _("Seal the trail"),
    "meetings.announce_meetings": _("Say that a meeting was planned or changed"),
    "notes.forget_drafts": _("Forget drafts that are over"),
    "organisations.forget_attempts": _("Forget old sign-in attempts and sessions"),
    "practices.forget_documents": _("Forget documents that nobody saved"),
    "retention.announce_due": _("Say that something is due to be deleted"),
    "retention.erase_approved": _("Delete what two people approved"),
    "retention.show_what_is_due": _("List what may be kept no longer"),
    "rights.announce_answers": _("Say that there is an answer to a request"),
    "rights.announce_requests": _("Say that somebody asks for a right"),
    "trajectories.refresh_running": _("Count anew what is next in each trajectory"),
    "wellbeing.notice_tags": _("Look at what was tapped lately"),
}
MESSAGES = {
    "access.ConsentRequest": _("About agreeing to share"),
    "access.LookQuestion": _("A parent asks who looked"),
    "access.Opening": _("A file was opened in an emergency"),
    "access.ReviewLine": _("A weekly list waits"),
    "coaching.Question": _("A question waits"),
    "kernel.AuditRoot": _("A seal of the trail"),
    "meetings.Seat": _("A meeting was planned or changed"),
    "retention.Erasure": _("Something is due to be deleted"),
    "rights.RightsRequest": _("About a right that was asked"),
    "webhook": _("Another system hears what changed"),
}


def may_run(actor: Actor) -> Decision:
    """Who runs the installation, and nobody in any other hat."""
    return ALLOWED if actor.role == SYSTEM else Decision(_("Only whoever runs this installation."))
