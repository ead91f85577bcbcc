"""Counts of acts. They follow from the log alone and can be thrown away and counted anew."""

from django.db import models

from anlanh.base.tenancy import Owned


class DayCount(Owned):
    """How many sealed acts of a type happened on a civil day, told apart by one word of their clear fields."""

    type = models.CharField(max_length=60)
    word = models.CharField(max_length=120, blank=True)
    day = models.DateField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "day", "type", "word"], name="one_count_a_day_and_word")
        ]


class Counted(Owned):
    """How far the organisation's log is counted: positions below `position` stand in its counts of days."""

    position = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_counted_an_organisation")]
