"""What came in from where: the memory that makes bringing something in twice the same as once."""

from __future__ import annotations

from django.db import models

from redaksi.network.models import Site


class Intake(models.Model):
    """One foreign thing and what it became here.

    ``source`` is where it came from (an archive's own address); ``foreign_id`` names it there ("post:101"); ``digest`` is
    of what it said. ``object_id`` is the key of the story or photo that was made of it; ``kind`` says which.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=250)
    foreign_id = models.CharField(max_length=250)
    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    digest = models.CharField(max_length=32)
    came_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "intake"
        verbose_name_plural = "intakes"
        constraints = [
            models.UniqueConstraint(fields=["site", "source", "foreign_id"], name="intake_once_a_site")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.foreign_id}"
