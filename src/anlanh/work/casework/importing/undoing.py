"""Undoing an import while nothing was done on what it brought: rows go, their words are erased, the acts stay."""

import uuid
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.erasing import erase_values
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft, Subject, record_all
from anlanh.base.clocks.models import Clock
from anlanh.base.search.index import forget
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import steps
from anlanh.work.casework.authorities.actions import directory
from anlanh.work.casework.importing import acts
from anlanh.work.casework.importing.actions import held
from anlanh.work.casework.importing.fields import CONTACTS, LISTS, PAGES, STRIKES
from anlanh.work.casework.importing.models import Import, ImportItem
from anlanh.work.casework.models import Case, Order, Party, Report
from anlanh.work.casework.order_index import ORDER
from anlanh.work.casework.repeats import earlier
from anlanh.work.casework.screening_lists import actions as screening_lists
from anlanh.work.registry.removing import remove_pages

_AT_ONCE = 500
_CHANGE_NOTHING = ("case.import_undone", "history.exported")


def undo(actor: Actor, import_id: uuid.UUID) -> Import:
    """Takes back an import, as long as nobody did anything on its cases.

    Cases that it opened go with their reports and orders, and what was written in them is erased. Cases that were there
    before lose the reports that joined them. Pages that a register of pages added go where nothing is about them; what
    it changed on others stays. Bodies go from the directory while none of them was verified, and violations decided
    elsewhere from the count. Entries of lists of screening are withdrawn.

    Raises:
        NotFound: no such import.
        NotAllowed: without `imports.run`.
        BadInput: it was not carried out, or something was done on what it brought.
    """
    with transaction.atomic():
        source = held(actor, import_id, Import.State.DONE)
        items = list(ImportItem.objects.filter(source=source, row_id__isnull=False).order_by("position"))
        if source.kind == PAGES:
            _undo_pages(actor, items)
        elif source.kind == CONTACTS:
            directory.take_back(actor, [item.subject_id for item in items if item.outcome == "added"])
        elif source.kind == STRIKES:
            earlier.take_back(actor, [item.subject_id for item in items])
        elif source.kind == LISTS:
            for part in _parts(items):
                screening_lists.withdraw(actor, [item.row_id for item in part])
        else:
            _undo_cases(actor, source, items)
        source.state, source.undone_at = Import.State.UNDONE, clock.now()
        source.save(update_fields=["state", "undone_at"])
        clear = {"kind": source.kind, "items": len(items), "root": source.root}
        record_all(actor, [Draft("import.undone", Subject(acts.IMPORT, source.id), clear)])
    return source


def _undo_pages(actor: Actor, items: Sequence[ImportItem]) -> None:
    added = [item.subject_id for item in items if item.outcome == "added"]
    for part in _parts(added):
        used = set(Case.objects.filter(page_id__in=part).values_list("page_id", flat=True))
        if used:
            raise BadInput(
                _("cases are about %(count)s of its pages by now") % {"count": len(used)},
                mend=_("correct the pages in the register instead"),
            )
        remove_pages(actor, part)
        erase_values(actor.organisation_id, part)


def _undo_cases(actor: Actor, source: Import, items: Sequence[ImportItem]) -> None:
    opened = {item.subject_id for item in items if item.outcome == "opened"}
    by_case: dict[uuid.UUID, list[ImportItem]] = {}
    for item in items:
        by_case.setdefault(item.subject_id, []).append(item)
    for part in _parts(sorted(by_case)):
        cases = list(
            steps.held(Case.objects.filter(organisation_id=source.organisation_id, id__in=part)).order_by("id")
        )
        mine = [item for case_id in part for item in by_case[case_id]]
        _require_untouched(part, {item.act_id for item in mine})
        record_all(actor, [_draft(source, case, len(by_case[case.id])) for case in cases])
        for few in _parts(mine):
            _remove_rows(few)
        for case in cases:
            if case.id not in opened:
                steps.save(case)
        Case.objects.filter(id__in=[case.id for case in cases if case.id in opened]).delete()
        erase_values(actor.organisation_id, [case.id for case in cases if case.id in opened])


def _require_untouched(case_ids: Sequence[uuid.UUID], own: set[uuid.UUID]) -> None:
    """Refuses when a case has acts after the import's own, other than those of imports that were undone since."""
    own = own | set(
        ImportItem.objects.filter(subject_id__in=case_ids, source__state=Import.State.UNDONE).values_list(
            "act_id", flat=True
        )
    )
    acts_of = Act.objects.filter(subject_id__in=case_ids).exclude(type__in=_CHANGE_NOTHING)
    untouched: set[uuid.UUID] = set()
    for case_id, act_id in acts_of.order_by("subject_id", "-seq").values_list("subject_id", "id"):
        if act_id in own:
            untouched.add(case_id)  # the last act is the import's, and earlier ones were there before
        elif case_id not in untouched:
            number = Case.objects.get(id=case_id).number
            raise BadInput(
                _("something was done on case %(number)s since then") % {"number": number},
                mend=_("end the cases one by one instead"),
            )


def _remove_rows(items: Sequence[ImportItem]) -> None:
    row_ids = [item.row_id for item in items]
    forget(ORDER, row_ids)
    Clock.objects.filter(started_by__in=[item.act_id for item in items]).delete()
    for model, person in ((Report, "reporter_id"), (Order, "contact_id")):
        rows = model.objects.filter(id__in=row_ids)
        people = list(rows.values_list(person, flat=True))
        rows.delete()
        Party.objects.filter(id__in=people).delete()


def _draft(source: Import, case: Case, count: int) -> Draft:
    return Draft("case.import_undone", steps.subject(case), {"import": source.id, "items": count})


def _parts(values: Sequence) -> Iterator[Sequence]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
