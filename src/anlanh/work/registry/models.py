"""Pages and the accounts that hold them, each owned by the organisation that knows it."""

from django.db import models

from anlanh.base.tenancy import Owned


class Holder(Owned):
    """An account on a platform: who posted a page, and where notices to that person go.

    `state` repeats what measures made of it, for lists; the acts say why.
    """

    class State(models.TextChoices):
        ACTIVE = "active"
        SUSPENDED = "suspended"
        ENDED = "ended"
        REFUSED = "refused"

    address = models.CharField(max_length=2000)
    address_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="vi")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "address_hash"], name="one_holder_an_address")]

    def __str__(self) -> str:
        return self.address


class Page(Owned):
    """One address: a post, a picture, a site, a profile. A case is about a page, whoever reports it.

    `state` repeats the strongest of what measures made of it, for lists; the acts say why.
    """

    class State(models.TextChoices):
        LIVE = "live"
        REMOVED = "removed"
        INTERRUPTED = "interrupted"
        BLOCKED = "blocked"
        RESTRICTED = "restricted"
        LIMITED = "limited"
        COMMENTS_CLOSED = "comments_closed"
        UNPAID = "unpaid"
        LABELLED = "labelled"

    class Kind(models.TextChoices):
        POST = "post"
        COMMENT = "comment"
        PICTURE = "picture"
        VIDEO = "video"
        PROFILE = "profile"
        GROUP = "group"
        SITE = "site"

    address = models.CharField(max_length=2000)
    address_hash = models.CharField(max_length=64)
    title = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.POST)
    holder = models.ForeignKey(Holder, null=True, on_delete=models.PROTECT, related_name="pages")
    posted_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=16, choices=State, default=State.LIVE)
    added_at = models.DateTimeField()

    just_added = False  # true on the object that `ensure_pages` hands out for a page nobody knew before

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "address_hash"], name="one_page_an_address")]

    def __str__(self) -> str:
        return self.address
