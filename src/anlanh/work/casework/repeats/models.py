"""The rows of repeated violations: what was decided elsewhere and brought in. The rest is counted from decisions."""

from django.db import models

from anlanh.base.tenancy import Owned


class EarlierViolation(Owned):
    """A violation of an account that was decided elsewhere, as the register it was brought in from has it.

    It belongs to an address, whether or not the organisation knows the account yet. `number_key` is the original number
    by which it is known again, whatever case, marks and spaces: one number of an account is one row. `about` is the
    content it was about, `decided_by` who decided and `ground` on what, in the words of the register.
    """

    account = models.CharField(max_length=2000)
    account_hash = models.CharField(max_length=64)
    original_number = models.CharField(max_length=60)
    number_key = models.CharField(max_length=80)
    decided_at = models.DateTimeField()
    measure = models.CharField(max_length=30)
    about = models.CharField(max_length=2000, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=300, blank=True)
    brought_in_by = models.UUIDField()
    brought_in_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "account_hash", "number_key"], name="one_earlier_violation_a_number"
            )
        ]

    def __str__(self) -> str:
        return self.original_number
