"""Reports come in. The only path from a form, a machine or a telephone note to a case; one report is a batch of one.

Everything is written in bulk: the number of statements does not grow with the number of reports. `ensure_pages` holds
the pages until the transaction ends, so of two reports of a new page the second finds the case of the first.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft, record_all
from anlanh.base.bulk import insert, together
from anlanh.base.clocks import running
from anlanh.base.clocks.models import Clock
from anlanh.base.files.models import StoredFile
from anlanh.base.identity.models import Organisation
from anlanh.base.identity.policy import public_actor
from anlanh.base.identity.tokens import digest as token_digest
from anlanh.base.identity.tokens import new_token
from anlanh.base.outbox.queue import Draft as Message
from anlanh.base.outbox.queue import enqueue
from anlanh.law.clocks import ClockAnswer
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import details, letters, numbers, steps
from anlanh.work.casework.actions.protection import call_people
from anlanh.work.casework.actions.report_input import ReportInput, checked
from anlanh.work.casework.acts import CASE
from anlanh.work.casework.desk import children, placing
from anlanh.work.casework.desk.plans import DEFAULT, Plan
from anlanh.work.casework.misuse import slowing
from anlanh.work.casework.misuse.standing import limited_until
from anlanh.work.casework.models import Case, Evidence, Party, Report
from anlanh.work.casework.policy import IMPORT
from anlanh.work.casework.sameness import repeated
from anlanh.work.casework.sameness.models import Again, Sender
from anlanh.work.registry.actions import ensure_pages
from anlanh.work.registry.models import Page

PROCEDURE = "report"
MOST_REPORTS_A_CALL = 1000
MAIL = "mail"  # the way that answers with the secret, since nothing else told it


@dataclass(frozen=True)
class Filed:
    """What came of a report. `secret` is told once. `joined` is for staff: the reporter is never told.

    `repeated`: the platform sent it before, for the same of its users with the same words; it is that report, and its
    secret, told then, is not told again.
    """

    report: Report
    case: Case
    secret: str
    joined: bool
    repeated: bool = False


@dataclass
class _Batch:
    """The rows of one call, before they are written."""

    organisation: Organisation
    moment: datetime
    from_register: bool = False
    plan: Plan = DEFAULT
    cases: dict[uuid.UUID, Case] = field(default_factory=dict)
    opened: list[Case] = field(default_factory=list)
    changed: dict[uuid.UUID, Case] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    tokens: dict[uuid.UUID, str] = field(default_factory=dict)
    endangered: dict[uuid.UUID, Case] = field(default_factory=dict)
    sent_before: repeated.SentBefore = field(default_factory=repeated.SentBefore)
    senders: list[Sender] = field(default_factory=list)
    again: list[Again] = field(default_factory=list)
    limits: dict[str, datetime] = field(default_factory=dict)

    def slowed_until(self, given: ReportInput) -> datetime | None:
        """Until when a report slows its case down, since its sender is limited."""
        return slowing.slowed_until(given, self.limits.get(self.sent_before.sender_of(given)))


def file_report(actor: Actor, organisation_id: uuid.UUID, given: ReportInput) -> Filed:
    """Takes one report; see `file_reports`.

    Raises:
        BadInput: naming the field.
        NotAllowed, NotFound: as for `file_reports`.
    """
    result = file_reports(actor, organisation_id, [given])[0]
    if isinstance(result, BadInput):
        raise result
    return result


def file_reports(actor: Actor, organisation_id: uuid.UUID, given: Sequence[ReportInput]) -> list[Filed | BadInput]:
    """Takes up to 1,000 reports in one transaction, each by itself: a bad one stops no other.

    A report opens a case for its page, or joins the one that is open. Each starts the clocks that the law gives the
    organisation from its own time of receipt; the earliest governs the case.

    Args:
        actor: the public, a machine that brings its users' reports, or staff who type in a call or letter.
        organisation_id: whom the reports are addressed to.
        given: the reports.

    Returns:
        A result for each, in the same order.

    Raises:
        NotFound: the organisation takes no reports from the public.
        NotAllowed: the actor may not file reports here.
        BadInput: too many at once.
    """
    if len(given) > MOST_REPORTS_A_CALL:
        raise BadInput(
            _("more than %(most)s reports at once") % {"most": MOST_REPORTS_A_CALL},
            where="reports",
            mend=_("send them in parts"),
        )
    organisation = _addressee(actor, organisation_id)
    moment = clock.now()
    results = [checked(actor, entry, moment) for entry in given]
    with transaction.atomic():
        files = _files(organisation_id, results)
        results = [_with_known_files(entry, files) for entry in results]
        good = [entry for entry in results if not isinstance(entry, BadInput)]
        filed = iter(_file(actor, _Batch(organisation, moment), good, files))
        return [entry if isinstance(entry, BadInput) else next(filed) for entry in results]


def bring_in_reports(actor: Actor, organisation: Organisation, given: Sequence[ReportInput]) -> list[Filed]:
    """Takes reports that stand in a register, in the caller's transaction.

    Like `file_reports`, but they may lie further back, and nobody is written to: an address in an old list was never
    given for letters from here.

    Args:
        actor: who brings in the register.
        organisation: whose register it is.
        given: reports after `report_input.checked`.

    Raises:
        NotAllowed: without `imports.run`.
    """
    actor.require(IMPORT)
    return _file(actor, _Batch(organisation, clock.now(), from_register=True), given, {})


def _addressee(actor: Actor, organisation_id: uuid.UUID) -> Organisation:
    organisation = Organisation.objects.filter(id=organisation_id).first()
    if organisation is None or (actor.kind is ActorKind.PUBLIC and not organisation.accepts_reports):
        raise NotFound(_("This organisation does not take reports here."))
    if actor.organisation_id != organisation_id:
        raise NotAllowed(_("Reports are filed with one's own organisation."))
    if actor.kind is not ActorKind.PUBLIC:
        actor.require("reports.file", "cases.review")
    return organisation


def _files(organisation_id: uuid.UUID, given: Sequence[ReportInput | BadInput]) -> dict[uuid.UUID, StoredFile]:
    """The files named, if they are the organisation's and nothing holds them yet."""
    wanted = {file_id for entry in given if not isinstance(entry, BadInput) for file_id in entry.file_ids}
    if not wanted:
        return {}
    free = StoredFile.objects.filter(organisation_id=organisation_id, id__in=wanted)
    taken = Evidence.objects.filter(file_id__in=wanted).values("file_id")
    return {stored.id: stored for stored in free.exclude(id__in=taken)}


def _with_known_files(entry: ReportInput | BadInput, files: dict[uuid.UUID, StoredFile]) -> ReportInput | BadInput:
    if isinstance(entry, BadInput) or all(file_id in files for file_id in entry.file_ids):
        return entry
    return BadInput(_("a file was not found"), where="files", mend=_("send it again"))


def _file(
    actor: Actor,
    batch: _Batch,
    given: Sequence[ReportInput],
    files: dict[uuid.UUID, StoredFile],
) -> list[Filed]:
    """Builds the rows of checked reports and writes them, a statement a table."""
    if not given:
        return []
    organisation = batch.organisation
    batch.plan = placing.plan_of(organisation.id)
    with together():
        pages = ensure_pages(organisation.id, {entry.address for entry in given})
        _hold_open_cases(batch, pages.values())
        batch.sent_before = repeated.look_up(actor, pages, batch.cases, given)
        batch.limits = limited_until(organisation.id, {batch.sent_before.sender_of(entry) for entry in given} - {""})
        filed = [_add_once(batch, pages[entry.address], entry, files) for entry in given]
        if actor.kind is ActorKind.PUBLIC and len(filed) == 1:
            actor = public_actor(organisation.id, filed[0].report.reporter_id)
        acts = record_all(actor, batch.drafts, organisation_id=organisation.id)
        clocks = _clocks(batch, acts)  # before the rows are written, since it says when cases are due
        for rows in (
            batch.parties,
            batch.opened,
            batch.reports,
            batch.evidence,
            clocks,
            batch.sent_before.new,
            batch.senders,
            batch.again,
        ):
            insert(rows)
        Case.objects.bulk_update(batch.changed.values(), [*placing.PLACE, "concerns_child", "threatens_life", "on_air"])
        if not batch.from_register:
            call_people(batch.endangered.values())
        enqueue(
            organisation.id, [_first_letter(batch, each) for each in filed if each.report.reporter_id in batch.tokens]
        )
    return filed


def _hold_open_cases(batch: _Batch, pages: Sequence[Page]) -> None:
    """The cases that reports of these pages join; held, so that acts get their numbers in turn."""
    known = {page.id for page in pages if not page.just_added}
    if not known:
        return
    rows = Case.objects.select_for_update().filter(page_id__in=known, procedure=PROCEDURE, takes_reports=True)
    batch.cases = {case.page_id: case for case in rows.order_by("id")}


def _add_once(batch: _Batch, page: Page, given: ReportInput, files: dict[uuid.UUID, StoredFile]) -> Filed:
    """The report, or the one that it repeats word for word."""
    mark = batch.sent_before.mark_of(page.id, given)
    case = batch.cases.get(page.id)
    first = batch.sent_before.report(mark, case) if case else None
    if first is not None:
        return Filed(first, first.case, "", joined=True, repeated=True)
    filed = _add(batch, page, given, files)
    batch.sent_before.remember(mark, filed.report)
    return filed


def _add(batch: _Batch, page: Page, given: ReportInput, files: dict[uuid.UUID, StoredFile]) -> Filed:
    """One report with its case, party and act."""
    received_at = given.happened_at or batch.moment
    case = batch.cases.get(page.id)
    joined = case is not None
    endangers = given.threatens_life and (case is None or not case.threatens_life)
    if case is None:
        case = batch.cases[page.id] = _new_case(batch, page, given, received_at)
        batch.opened.append(case)
    elif _is_graver(given, case):
        case.concerns_child |= given.concerns_child
        case.threatens_life |= given.threatens_life
        case.on_air |= details.says_running(given.category, given.details)
        case.page = page
        placing.sort(case, batch.plan, language=given.language)
        placing.set_clock(case, batch.plan, placing.span_of(case))
        _note_change(batch, case)
    if joined and case.slowed_until and not batch.slowed_until(given):
        case.slowed_until = None
        placing.set_clock(case, batch.plan, placing.span_of(case))
        _note_change(batch, case)
    if endangers:
        batch.endangered[case.id] = case
    party = _new_party(batch, given)
    reference, secret = numbers.new_reference(numbers.REPORT_PREFIX), numbers.new_secret()
    report = Report(
        organisation=batch.organisation,
        case=case,
        reference=reference,
        secret_hash=numbers.digest(reference, secret),
        category=given.category,
        text=given.text,
        concerns_child=given.concerns_child,
        threatens_life=given.threatens_life,
        details=given.details,
        reporter=party,
        received_at=received_at,
        via=given.via,
    )
    batch.reports.append(report)
    first = batch.sent_before.first_of(case.id, given) if joined else None
    if first:
        batch.again.append(Again(organisation=batch.organisation, report=report, first=first))
    else:
        batch.sent_before.remember_first(report, given)
    restricted_at = batch.moment if details.holds_back_files(given.category, given.details) else None
    batch.evidence += [
        Evidence(
            organisation=batch.organisation,
            case=case,
            report=report,
            file=files[file_id],
            added_at=batch.moment,
            restricted_at=restricted_at,
        )
        for file_id in given.file_ids
    ]
    batch.drafts.append(
        Draft(
            "report.joined" if joined else "report.received",
            steps.subject(case, new=case._state.adding),
            {
                "report": report.id,
                "reporter": party.id,
                "page": page.id,
                "category": given.category,
                "via": given.via,
                "concerns_child": given.concerns_child,
                "threatens_life": given.threatens_life or None,
                "answers": details.codes_of(given.category, given.details),
                **({"first": first.id} if first else {}),
            },
            {
                "text": given.text,
                "details": details.words_of(given.category, given.details),
                "files": [files[file_id].sha256 for file_id in given.file_ids] or None,
                "backdating_reason": given.backdating_reason.strip() or None,
            },
            happened_at=received_at,
            from_register=batch.from_register,
        )
    )
    return Filed(report, case, secret, joined)


def _is_graver(given: ReportInput, case: Case) -> bool:
    """Whether a report says something that puts its case before others, and nobody said it before."""
    said = (given.concerns_child, given.threatens_life, details.says_running(given.category, given.details))
    known = (case.concerns_child, case.threatens_life, case.on_air)
    return any(new > old for new, old in zip(said, known, strict=True))


def _new_case(batch: _Batch, page: Page, given: ReportInput, received_at: datetime) -> Case:
    case = Case(
        organisation=batch.organisation,
        number=numbers.new_case_number(),
        kind=Case.Kind.REPORT,
        procedure=PROCEDURE,
        phase=steps.pack().procedures[PROCEDURE].initial,
        category=given.category,
        concerns_child=given.concerns_child,
        threatens_life=given.threatens_life,
        on_air=details.says_running(given.category, given.details),
        page=page,
        takes_reports=True,
        opened_at=received_at,
        slowed_until=batch.slowed_until(given),
    )
    placing.sort(case, batch.plan, language=given.language)
    placing.set_clock(case, batch.plan, None)
    return case


def _new_party(batch: _Batch, given: ReportInput) -> Party:
    party = Party(
        organisation=batch.organisation,
        name=given.reporter_name,
        email=given.reporter_email,
        language=given.language,
        created_at=batch.moment,
    )
    if party.email and not batch.from_register:
        token = new_token()
        party.confirm_hash = token_digest(token)
        batch.tokens[party.id] = token
    batch.parties.append(party)
    if mark := batch.sent_before.sender_of(given):
        batch.senders.append(Sender(organisation=batch.organisation, party=party, mark=mark))
    return party


def _first_letter(batch: _Batch, filed: Filed) -> Message:
    """What goes to an address that nobody confirmed yet. Who wrote a letter has no page that told them their secret."""
    party = filed.report.reporter
    token = batch.tokens[party.id]
    if filed.report.via == MAIL:
        return letters.mail_received(party, batch.organisation, token, filed.report.reference, filed.secret)
    return letters.confirmation(party, batch.organisation, token)


def _clocks(batch: _Batch, acts: Sequence[Act]) -> list[Clock]:
    """Each report's act and clocks; the law is asked once for each moment of receipt, not once a report."""
    table = steps.pack().procedures[PROCEDURE]
    answers: dict[tuple[str, datetime], ClockAnswer] = {}
    clocks: list[Clock] = []
    for report, act in zip(batch.reports, acts, strict=True):
        case, report.act_id = report.case, act.id
        for event in table.transition(case.phase, act.type).starts:
            key = (event, act.happened_at)
            if key not in answers:
                answers[key] = steps.answer_for(batch.organisation, event, act)
            started = running.unsaved(act, CASE, case.id, answers[key], steps.pack())
            clocks += started
            first = running.governing(started)
            if first and (case.due_at is None or first.due_at < case.due_at):
                steps.set_due(case, first, batch.plan)
                _note_change(batch, case)
    _hasten_for_children(batch)
    return clocks


def _hasten_for_children(batch: _Batch) -> None:
    """Puts the house's own clock before those of the law, where a child is concerned and it is due first."""
    cases = {report.case_id: report.case for report in batch.reports if report.case.concerns_child}
    if not cases:
        return
    within = children.hours(batch.organisation.id)
    for case in cases.values():
        span = children.span(case, within)
        if span and (case.due_at is None or span[1] < case.due_at):
            placing.set_clock(case, batch.plan, span)
            _note_change(batch, case)


def _note_change(batch: _Batch, case: Case) -> None:
    """A case that was there before has to be written again; a new one is written anyway."""
    if not case._state.adding:
        batch.changed[case.id] = case
