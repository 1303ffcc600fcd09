"""A file on its way in, row by row, and what is remembered for the next one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child, Placement
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Group, Membership, Organisation


class Kind(models.TextChoices):
    """What a row of a file is; in the order in which files need each other."""

    GROUPS = "groups", _("groups")
    STAFF = "staff", _("staff")
    CHILDREN = "children", _("children")
    GUARDIANS = "guardians", _("parents and guardians")
    PLACEMENTS = "placements", _("places")
    ROSTERS = "rosters", _("rosters")


class Import(Entity):
    """A file that somebody loads. ``columns``: which column (counted from 0) holds which field.

    What stands in its rows is personal: what was saved goes when it is done (``counts`` tells how many
    rows had which outcome), the rest when who loaded it is done with it, or after a week.
    """

    class State(models.TextChoices):
        NAMING = "naming", _("what is in which column")
        CHECKING = "checking", _("being looked at")
        CHECKED = "checked", _("waits for your yes")
        SAVING = "saving", _("being saved")
        DONE = "done", _("done")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    by = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    file_name = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    header = models.JSONField()
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NAMING)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file_name


class Row(models.Model):
    """One row of the file: what stands in it, what it would do (or did), and why it cannot.

    ``number`` is that of the file, as a spreadsheet counts. ``key`` is the same for rows about the same.
    """

    class Outcome(models.TextChoices):
        UNSEEN = "", _("not looked at yet")
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("already known")
        ASKS = "asks", _("a question for you")
        CANNOT = "cannot", _("cannot be loaded")

    class Answer(models.TextChoices):
        SAME_CHILD = "same", _("the same child")
        OTHER_CHILD = "other", _("another child")

    file = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    key = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    message = models.TextField(blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    saved = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="import_row_number_once")
        ]
        indexes = [
            models.Index(fields=["file", "outcome", "saved", "number"], name="import_row_to_do"),
            models.Index(fields=["file", "key", "number"], name="import_row_key"),
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, self.cells))


class ColumnNames(Entity):
    """Which field an organisation said a column with this name holds, for the next file of the kind."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    fields = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="column_names_once")
        ]


class Reference(Entity):
    """What a row of this organisation's own system became here, so that the next file updates it.

    ``key``: a digest of its number there, or of what the row is known by when it has none.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    child = models.ForeignKey(Child, models.CASCADE, null=True, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, null=True, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="reference_once")
        ]
        # Without it, the references of a whole organisation are gone through for each child.
        indexes = [models.Index(fields=["child", "organisation"], name="reference_of_child")]
