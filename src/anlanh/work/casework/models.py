"""The rows of casework: fields and constraints only. `actions` writes them, `queries` reads them."""

from typing import Self

from django.db import models
from django.db.models import Q

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind
from anlanh.base.tenancy import Owned, OwnedQuerySet
from anlanh.primitives.ids import new_person_ref

SEALED = "denunciations.handle"  # the capability that opens sealed cases


class CaseQuerySet(OwnedQuerySet):
    """Cases; sealed ones are passed over unless they are asked for by name."""

    def visible_to(self, actor: Actor) -> Self:
        """The cases of the actor's organisation that are not sealed: what lists, search and counts may show."""
        return super().visible_to(actor).filter(sealed=False)

    def reachable_to(self, actor: Actor) -> Self:
        """Those, and the sealed ones for the few who handle them and for the public, whose doors open one case each:
        what a step may be taken on.
        """
        opens = actor.can(SEALED) or actor.kind in {ActorKind.SYSTEM, ActorKind.PUBLIC}
        return super().visible_to(actor) if opens else self.visible_to(actor)

    def sealed_to(self, actor: Actor) -> Self:
        """The sealed cases alone; none for those who do not handle them."""
        return super().visible_to(actor).filter(sealed=True) if actor.can(SEALED) else self.none()


class OfCaseQuerySet(OwnedQuerySet):
    """Rows of a case, passed over as their case is."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows of the actor's organisation whose case is not sealed."""
        return super().visible_to(actor).filter(case__sealed=False)

    def reachable_to(self, actor: Actor) -> Self:
        """Those, and the ones of sealed cases for the few who handle them."""
        return super().visible_to(actor) if actor.can(SEALED) else self.visible_to(actor)


class Party(Owned):
    """A person outside the staff, as one organisation knows them: a reporter, the person affected, an appellant.

    Acts name `id`, which is random to them; name and addresses live only here and can be erased. Mail goes to an
    address once its owner confirmed it with the token of which `confirm_hash` is the digest, or the platform vouched
    for it.
    """

    id = models.UUIDField(primary_key=True, default=new_person_ref, editable=False)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    email_confirmed_at = models.DateTimeField(null=True)
    confirm_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=5, default="vi")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["confirm_hash"], condition=~Q(confirm_hash=""), name="party_confirming"),
            models.Index(fields=["organisation", "email"], condition=~Q(email=""), name="party_address"),
        ]


# How lists of open cases are read: in the order of a queue, narrowed by one thing or by none; as they came; by clock.
_ORDERS = {
    "case_order": ["begin_by"],
    "case_in_queue": ["queue", "begin_by"],
    "case_of_kind": ["kind", "begin_by"],
    "case_of_category": ["category", "begin_by"],
    "case_in_phase": ["phase", "begin_by"],
    "case_opened": ["opened_at"],
    "case_due": ["due_at"],
    "case_soon": ["soon_at"],
}
_MARKED = {"case_claimed": "claimed_by", "case_assigned": "assigned_to", "case_mark": "mark_at"}


class Case(Owned):
    """One subject under one procedure. How many reports join it decides nothing.

    `takes_reports`: a new report of the page joins this case; it stops with the decision, since a complaint that comes
    later was not among those decided. `closed_at`: nobody has anything left to do, until an appeal opens it again.
    `due_at` and `soon_at` repeat when the earliest running clock is due and when a fifth of its time is left, for
    queues. `sealed`: a denunciation, which lists and search pass over.
    `on_air`: it is about a broadcast that somebody says is running now.
    `sent_on_at`: somebody put it where it stands by hand, so that rules leave it there.
    `queue` and `tier` are what the organisation's plan made of the case, `begin_by` the moment that queues are
    ordered by, and `mark_at` when somebody is called if nobody has taken it; see `desk.placing`. `slowed_until`: until
    then it is begun later, since only senders under a limit asked for it; see `misuse.slowing`.
    """

    class Kind(models.TextChoices):
        REPORT = "report"
        ORDER = "order"
        REPEAT = "repeat"
        SCREENING = "screening"

    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=Kind)
    procedure = models.CharField(max_length=40)
    phase = models.CharField(max_length=30)
    category = models.CharField(max_length=40)
    concerns_child = models.BooleanField(default=False)
    threatens_life = models.BooleanField(default=False)
    on_air = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)
    page = models.ForeignKey("registry.Page", on_delete=models.PROTECT, related_name="+")
    takes_reports = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    soon_at = models.DateTimeField(null=True)
    queue = models.ForeignKey("desk.Queue", null=True, on_delete=models.PROTECT, related_name="cases", db_index=False)
    tier = models.PositiveSmallIntegerField(default=3)
    begin_by = models.DateTimeField(default=clock.now)
    mark_at = models.DateTimeField(null=True)
    sent_on_at = models.DateTimeField(null=True)
    slowed_until = models.DateTimeField(null=True)
    claimed_by = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    assigned_to = models.UUIDField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_case_a_number"),
            models.UniqueConstraint(
                fields=["page", "procedure"], condition=Q(takes_reports=True), name="one_open_case"
            ),
        ]
        indexes = [
            *(
                models.Index(fields=["organisation", *fields, "id"], condition=Q(closed_at__isnull=True), name=name)
                for name, fields in _ORDERS.items()
            ),
            *(
                models.Index(
                    fields=[field], condition=Q(closed_at__isnull=True, **{f"{field}__isnull": False}), name=name
                )
                for name, field in _MARKED.items()
            ),
            models.Index(
                fields=["organisation", "closed_at", "id"], condition=Q(closed_at__isnull=False), name="case_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Report(Owned):
    """One person's own words about a page. The secret that opens its status page is kept as a digest.

    `details` are the answers to the questions of its category, by question.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    reference = models.CharField(max_length=20)
    secret_hash = models.CharField(max_length=64)
    category = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    concerns_child = models.BooleanField(default=False)
    threatens_life = models.BooleanField(default=False)
    details = models.JSONField(default=dict)
    reporter = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="reports")
    received_at = models.DateTimeField()
    via = models.CharField(max_length=10)
    act_id = models.UUIDField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reference"], name="one_report_a_reference")]
        indexes = [models.Index(fields=["case", "received_at"], name="report_came")]


class Order(Owned):
    """A demand by an authority, as typed in: exact words, when it came, by which way, on which paper."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="order")
    office = models.CharField(max_length=200)
    signed_by = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=60, blank=True)
    requester = models.CharField(max_length=40, blank=True)
    words = models.TextField()
    clause = models.CharField(max_length=120)
    channel = models.CharField(max_length=12)
    emergency = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    document = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    entered_by = models.UUIDField()
    verified_by = models.UUIDField(null=True)
    verified_at = models.DateTimeField(null=True)


class Evidence(Owned):
    """A file, or words, kept for a case.

    `restricted_at`: suspected to show the abuse of a child; from then on only its digest is shown, but for the few who
    are named to look at such files.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    restricted_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()


# A ground is a clause of law or a clause of the organisation's own rules, never both.
_ONE_GROUND = Q(ground="") | Q(terms_clause__isnull=True)


class Preset(Owned):
    """One version of a decision prepared for a kind of case: everything but the fact about the very content.

    A version is never changed: writing it anew adds the next one of its `family` and ends this one.
    """

    family = models.UUIDField()
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    ground = models.CharField(max_length=80, blank=True)
    terms_clause = models.UUIDField(null=True)
    facts = models.TextField()
    measure = models.CharField(max_length=30)
    scope = models.CharField(max_length=40, default="everywhere")
    days = models.PositiveSmallIntegerField(default=0)
    age = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=200, blank=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "version"], name="one_preset_a_version"),
            models.UniqueConstraint(
                fields=["family"], condition=Q(ended_at__isnull=True), name="one_current_version_a_preset"
            ),
            models.CheckConstraint(condition=_ONE_GROUND, name="one_ground_a_preset"),
        ]


class Decision(Owned):
    """What was decided and why: a superset of a statement of reasons. Its words are never changed.

    One decision of a case stands at a time; an appeal that reverses it sets `overturned_at`, and a decision taken after
    that names it in `replaces`. `preset` is the prepared version that it was begun with; `proposed_by` is who proposed
    it, where a second person had to approve it. `notice_forbidden_by` is the clause under which the person affected was
    not told.

    It rests on `ground`, a clause of law, or on `terms_clause`, a clause of the organisation's own published rules.
    Which version of either counts is told by `conduct_at`: when the content was posted, or, as `conduct_by` then says,
    when it was first reported.

    `leaves_at` is until when its messages wait, None where nothing waited; until then who decided can take it back,
    which sets `withdrawn_at` beside `overturned_at`. `confirmed_by` is the act by which the decision itself confirmed
    the violation.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    measure = models.CharField(max_length=30)
    ground = models.CharField(max_length=80, blank=True)
    terms_clause = models.UUIDField(null=True)
    conduct_at = models.DateTimeField(null=True)
    conduct_by = models.CharField(max_length=10, blank=True)
    facts = models.TextField()
    subject_fact = models.TextField()
    scope = models.CharField(max_length=40, default="everywhere")
    days = models.PositiveSmallIntegerField(default=0)
    age = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=200, blank=True)
    preset = models.ForeignKey(Preset, null=True, on_delete=models.PROTECT, related_name="+")
    found_by = models.CharField(max_length=20)
    machine_part = models.CharField(max_length=20, default="none")
    law_as_of = models.DateField()
    decided_by = models.UUIDField()
    proposed_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField()
    appeal_until = models.DateTimeField()
    notice_forbidden_by = models.CharField(max_length=80, blank=True)
    leaves_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    overturned_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    act_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(overturned_at__isnull=True), name="one_standing_decision"
            ),
            models.CheckConstraint(condition=_ONE_GROUND, name="one_ground_a_decision"),
        ]
        indexes = [
            models.Index(
                fields=["decided_by", "leaves_at"], condition=Q(leaves_at__isnull=False), name="decision_undoable"
            )
        ]


class Proposal(Owned):
    """A decision that one person proposed and another one approves or refuses; its words are never changed."""

    class Outcome(models.TextChoices):
        APPROVED = "approved"
        REFUSED = "refused"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    measure = models.CharField(max_length=30)
    ground = models.CharField(max_length=80, blank=True)
    terms_clause = models.UUIDField(null=True)
    facts = models.TextField()
    subject_fact = models.TextField()
    scope = models.CharField(max_length=40)
    days = models.PositiveSmallIntegerField(default=0)
    age = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=200, blank=True)
    preset = models.ForeignKey(Preset, null=True, on_delete=models.PROTECT, related_name="+")
    machine_part = models.CharField(max_length=20)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(settled_at__isnull=True), name="one_open_proposal_a_case"
            ),
            models.CheckConstraint(condition=_ONE_GROUND, name="one_ground_a_proposal"),
        ]


class Measure(Owned):
    """The carrying out of a decision: by a webhook to the platform, or by hand where there is no integration.

    `ends_at` is when a measure of a set length ends by itself: the system then orders that it be undone. `ended_at` is
    when that order was given.
    """

    class State(models.TextChoices):
        ORDERED = "ordered"
        APPLIED = "applied"
        REVERSAL_ORDERED = "reversal_ordered"
        REVERSED = "reversed"

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="carried_out")
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=16, choices=State, default=State.ORDERED)
    by_hand = models.BooleanField(default=False)
    ordered_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reversed_at = models.DateTimeField(null=True)
    receipt = models.JSONField(null=True)


class Notice(Owned):
    """A letter to a reporter, the person affected or the authority that asked.

    It is shown on the recipient's status page, and mailed where an address may be used. `access` is the door told to
    the person affected; its secret is added when the letter leaves and stands in no row.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="notices")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="notices")
    access = models.ForeignKey("Access", null=True, on_delete=models.PROTECT, related_name="notices")
    recipient = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="notices")
    role = models.CharField(max_length=10)
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField()
    mailed = models.BooleanField(default=False)

    objects = OfCaseQuerySet.as_manager()


class Access(Owned):
    """The door of the person affected to a decision about their page: a reference and a secret, kept as a digest."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="accesses")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="accesses")
    reference = models.CharField(max_length=20, unique=True)
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()


class Appeal(Owned):
    """An objection to a decision, by the person affected or by a reporter; heard by someone who did not decide."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld"
        PARTIAL = "partial"
        REVERSED = "reversed"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appeals")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="appeals")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="appeals")
    role = models.CharField(max_length=10)
    text = models.TextField()
    filed_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    heard_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "party"], condition=Q(decided_at__isnull=True), name="one_open_appeal_a_party"
            )
        ]


class Integration(Owned):
    """Where a platform is told of measures: an https address and the key id of the secret that signs."""

    url = models.URLField(max_length=500)
    key_id = models.CharField(max_length=40)
    secret = models.CharField(max_length=100)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
