"""For who runs the installation: what is due, what is stuck, and to let it try again."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.clock import now
from alert4you.kernel.models import Letter
from alert4you.operations.models import Job


class OnlyAgain(admin.ModelAdmin):
    """Rows that the machine writes; a person can only let them try again."""

    actions = ("again",)
    list_display_links = None
    due = ""

    def has_add_permission(self, *_: Any) -> bool:
        return False

    def has_change_permission(self, *_: Any) -> bool:
        return False

    def has_delete_permission(self, *_: Any) -> bool:
        return False

    @admin.action(description=_("Try again now"), permissions=["view"])
    def again(self, request: Any, rows: QuerySet[Any]) -> None:
        """Due now; the worker takes it within seconds."""
        names = ", ".join(map(str, rows))
        tried = rows.update(**{self.due: now()})
        self.message_user(request, _("%(number)s will be tried now.") % {"number": tried})
        if first := rows.first():
            self.log_change(request, first, f"tried again: {names}"[:200])


@admin.register(Job)
class JobAdmin(OnlyAgain):
    list_display = ("name", "state", "trouble", "tries", "due_at", "done_at")
    search_fields = ("name",)
    due = "due_at"

    @admin.display(description=_("how it is"))
    def state(self, job: Job) -> Any:
        return job.state(now())


@admin.register(Letter)
class LetterAdmin(OnlyAgain):
    list_display = ("kind", "made_at", "tries", "next_at")
    list_filter = ("kind",)
    ordering = ("next_at",)
    due = "next_at"

    def get_queryset(self, request: Any) -> QuerySet[Letter]:
        return super().get_queryset(request).filter(sent_at=None)
