"""Organisations, accounts, memberships with roles, invitations, keys of machines."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned
from anlanh.primitives.ids import new_id, new_person_ref


class Organisation(models.Model):
    """A tenant: a platform, an office, an agency, a newsroom. `kind` is from the law pack's actor vocabulary."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    accepts_reports = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class AccountManager(BaseUserManager):
    """Makes accounts; the address is folded to lower case so that one person can't hold two by accident."""

    def get_by_natural_key(self, username: str) -> "Account":
        return self.get(email=username.lower())

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Account":
        """An account with a usable password, or none when left out."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """How a person signs in, and how they like the pages. What they may do comes from memberships alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="vi")
    single_key_shortcuts = models.BooleanField(default=True)
    blur_media = models.BooleanField(default=True)
    grey_media = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return str(self.id)


class Membership(Owned):
    """A person in an organisation. Acts name `ref`; clearing `account` and `name` makes past acts nobody's."""

    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="memberships")
    ref = models.UUIDField(default=new_person_ref, unique=True, editable=False)
    name = models.CharField(max_length=120, blank=True)
    roles = models.JSONField(default=list)
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "account"], condition=Q(left_at__isnull=True), name="one_live_membership"
            )
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Invitation(Owned):
    """A place offered to an address. Only the digest of its token is kept."""

    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="vi")
    roles = models.JSONField(default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    membership = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="invitations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Credential(Owned):
    """A machine's key to the API. The secret is shown once and kept as a digest.

    `responsible` is the member who answers for what is done with it; a machine by itself decides nothing.
    """

    name = models.CharField(max_length=120)
    secret_hash = models.CharField(max_length=64, unique=True)
    capabilities = models.JSONField(default=list)
    responsible = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)
