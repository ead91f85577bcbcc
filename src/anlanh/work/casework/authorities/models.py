"""The rows about authorities and their papers."""

from django.db import models

from anlanh.base.tenancy import Owned


class Authority(Owned):
    """A body that asks, with the number that it is called back at: added by one person, verified by another.

    `complaints` is where somebody can complain about its orders.
    """

    name = models.CharField(max_length=200)
    requester = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=30)
    complaints = models.CharField(max_length=300, blank=True)
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    verified_by = models.UUIDField(null=True)
    verified_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class SealedPaper(Owned):
    """All that is kept of a paper marked secret: that it came, from whom, when, and where it lies."""

    level = models.CharField(max_length=10)
    book_number = models.CharField(max_length=60)
    sender = models.CharField(max_length=200)
    came_on = models.DateField()
    lies_at = models.CharField(max_length=200)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()


class Paper(Owned):
    """One paper, or call, of an authority, with all the orders that it holds: one for each address, each its own case.

    `authority` is known once it was called back. `confirmed_at` is when the paper followed a call.
    """

    authority = models.ForeignKey(Authority, null=True, on_delete=models.PROTECT, related_name="papers")
    confirmed_at = models.DateTimeField(null=True)
    confirmation = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    recalled_at = models.DateTimeField(null=True)
    recalled_how = models.CharField(max_length=10, blank=True)


class PaperOrder(Owned):
    """Which paper an order stands in."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="orders")
    order = models.OneToOneField("casework.Order", on_delete=models.PROTECT, related_name="in_paper")
