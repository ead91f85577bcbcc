"""Alarms of the law as tasks for people: what is urgent one by one, the rest as one task a kind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from anlanh.base import clock
from anlanh.base.identity.models import Membership, Organisation
from anlanh.base.identity.policy import capabilities_of
from anlanh.base.outbox.models import Task
from anlanh.base.outbox.queue import open_task, settle_task
from anlanh.law.alarms import Alarm, alarms
from anlanh.law.contents import Pack
from anlanh.law.model import Text
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.reporting.signing.queries import HOLDS, Signatures, signatures_of

LAW_ALARM = "law_alarm"
ONE_BY_ONE = ("missing-year", "ending", "conflict")
FOR_EVERYBODY = ("missing-year",)  # times can't be counted at all
READERS = ("law.sign", "duties.prove")
SUMMARIES = {
    "open-day": Text("{} ngày trong lịch làm việc chưa xác định", "{} days of the calendar are not settled"),
    "ambiguity": Text("{} chỗ của luật có thể hiểu hai cách", "{} places of the law can be read in two ways"),
    "citation": Text("{} chỗ văn bản dẫn chiếu sai", "{} places where papers cite wrongly"),
    "doubtful": Text("{} giá trị đang dùng có nguồn yếu", "{} values in use rest on weak sources"),
    "basis-ended": Text("{} nghĩa vụ mà mọi căn cứ đã hết hiệu lực", "{} duties whose bases have all ended"),
}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A task that should be open."""

    key: str
    kind: str
    subject: str
    text: Text


def raise_tasks() -> int:
    """Opens what the law of today asks people to look at, in every organisation with somebody to do it, and settles
    what no longer holds; how many tasks are open by it.
    """
    pack, day = vietnam(), civil_date(clock.now())
    found = alarms(pack, day)
    readers = _organisations_with_readers()
    total = 0
    for organisation_id in Organisation.objects.values_list("id", flat=True):
        mine = found if organisation_id in readers else [one for one in found if one.kind in FOR_EVERYBODY]
        with transaction.atomic():
            total += _bring_in_line(organisation_id, pack, mine)
    return total


def _bring_in_line(organisation_id: object, pack: Pack, found: list[Alarm]) -> int:
    wanted = {entry.key: entry for entry in _wanted(organisation_id, pack, found, signatures_of(organisation_id, pack))}
    mine = Task.objects.filter(organisation_id=organisation_id, kind=LAW_ALARM)
    known = dict(mine.values_list("key", "state"))
    for key, entry in wanted.items():
        if key not in known:
            detail = {"alarm": entry.kind, "subject": entry.subject, "text": {"vi": entry.text.vi, "en": entry.text.en}}
            open_task(organisation_id, LAW_ALARM, key, detail=detail)
    for key, state in known.items():
        if state == Task.State.OPEN and key not in wanted:
            settle_task(key, None)
    return sum(known.get(key, Task.State.OPEN) == Task.State.OPEN for key in wanted)


def _wanted(organisation_id: object, pack: Pack, found: list[Alarm], signed: Signatures) -> Iterator[_Wanted]:
    numbers: Counter[str] = Counter()
    for alarm in found:
        if _signed(alarm, pack, signed):
            continue
        if alarm.kind in ONE_BY_ONE:
            yield _Wanted(
                f"law:{organisation_id}:{alarm.kind}:{alarm.subject}"[:120], alarm.kind, alarm.subject, alarm.text
            )
        else:
            numbers[alarm.kind] += 1
    for kind, number in numbers.items():
        words = Text(SUMMARIES[kind].vi.format(number), SUMMARIES[kind].en.format(number))
        yield _Wanted(f"law:{organisation_id}:{kind}:{pack.version[:16]}", kind, "", words)


def _signed(alarm: Alarm, pack: Pack, signed: Signatures) -> bool:
    """Whether a lawyer of the organisation answers for what the alarm is about."""
    kind = kind_of(alarm, pack)
    return kind is not None and signed.on(kind, alarm.subject).state == HOLDS


def kind_of(alarm: Alarm, pack: Pack) -> str | None:
    """As what the subject of an alarm can be signed; None where a signature would settle nothing."""
    if alarm.kind in ("missing-year", "ending", "open-day", "basis-ended"):
        return None
    for kind, entries in (
        ("choice", pack.choices),
        ("clock", pack.clock_rules),
        ("parameter", pack.parameters),
        ("sanction", pack.sanctions),
    ):
        if alarm.subject in entries:
            return kind
    return None


def _organisations_with_readers() -> set[object]:
    rows = Membership.objects.filter(left_at__isnull=True).values_list("organisation_id", "roles")
    return {organisation_id for organisation_id, roles in rows if capabilities_of(roles).intersection(READERS)}
