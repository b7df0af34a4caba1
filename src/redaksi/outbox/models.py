"""One table: a row says that one thing of the record changed, and how far the work that follows has come."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """Something that changed: ``kind`` and ``object_id`` name it ("story", 12).

    ``cursor`` is the key of the last dependent that was reprinted: a change that many pages show (a topic's name) is
    worked off in slices, and goes on from there after an interruption. ``trouble`` is the last error, for the desk to show;
    ``tries`` counts them.
    """

    kind = models.CharField(max_length=24)
    object_id = models.BigIntegerField()
    written_at = models.DateTimeField(auto_now_add=True)
    cursor = models.CharField(max_length=80, blank=True, default="")
    tries = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["id"]
        verbose_name = "outbox entry"
        verbose_name_plural = "outbox entries"
        # A flash doesn't stand in line behind an import of thousands of stories.
        indexes = [models.Index(fields=["id"], name="outbox_flashes", condition=models.Q(kind="flash"))]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class Rebuild(models.Model):
    """The whole shelf is being printed anew since ``started_at``: what is cleared meanwhile must be printed there too."""

    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "rebuild"
        verbose_name_plural = "rebuilds"

    def __str__(self) -> str:
        return f"{self.started_at}"


class Cleared(models.Model):
    """A row that was cleared during a rebuild."""

    kind = models.CharField(max_length=24)
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = "cleared entry"
        verbose_name_plural = "cleared entries"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="cleared_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
