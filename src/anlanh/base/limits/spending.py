"""Spending from buckets that refill evenly (the generic cell rate algorithm): one statement a check, on both databases.

A bucket holds `most`; what is taken out comes back at a rate of `most` in `per`. One number says it all: the
instant at which the bucket will be full again. Over any stretch of `per` a caller gets at most twice `most` through, as
with counters that start afresh every `per`, but no moment gives everybody a new start. What is refused costs nothing
and writes nothing.
"""

import hashlib
import hmac
import math
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from anlanh.base import clock
from anlanh.base.limits.models import Bucket, Salt
from anlanh.primitives.dates import civil_date

_MICROSECOND = timedelta(microseconds=1)

_SPEND = {
    vendor: f"""
    INSERT INTO limits_bucket AS held (digest, full_until) VALUES (%s, %s)
    ON CONFLICT (digest) DO UPDATE SET full_until = {greater}(held.full_until, %s) + %s
    WHERE {greater}(held.full_until, %s) + %s <= %s
    RETURNING full_until
    """  # noqa: S608 (the only thing put in is the engine's name for "the greater of two")
    for vendor, greater in (("sqlite", "MAX"), ("postgresql", "GREATEST"))
}


@dataclass(frozen=True)
class Verdict:
    """Whether there was enough.

    Args:
        allowed: yes, and it is spent.
        retry_after: how long until there will be enough; zero when allowed.
    """

    allowed: bool
    retry_after: timedelta = timedelta()


@dataclass(frozen=True)
class Charge:
    """One thing to be paid for.

    Args:
        bucket: from which; any text, kept only as a digest that nobody can look up once the day is over.
        per: the time in which an empty bucket fills.
        most: what it holds.
        cost: what is taken out.
    """

    bucket: str
    per: timedelta
    most: int
    cost: int = 1


def spend(bucket: str, cost: int = 1, *, per: timedelta, most: int) -> Verdict:
    """Takes from one bucket, if there is enough; see `Charge` for the arguments.

    Call it outside the transaction of the work itself: what was spent stays spent when the work fails, and no other
    caller waits for it.
    """
    return _spend(Charge(bucket, per, most, cost))


def spend_all(charges: Iterable[Charge]) -> Verdict:
    """Takes from several buckets in turn, up to the first that has not enough; the earlier ones stay spent."""
    for charge in charges:
        verdict = _spend(charge)
        if not verdict.allowed:
            return verdict
    return Verdict(True)


def clean_up() -> int:
    """Removes buckets that are full again, and the salts of days gone by; how many buckets went."""
    moment = clock.now()
    Salt.objects.filter(day__lt=civil_date(moment)).delete()
    removed, _ = Bucket.objects.filter(full_until__lt=_microseconds(moment)).delete()
    return removed


def _spend(charge: Charge) -> Verdict:
    if charge.cost > charge.most:
        raise ValueError("more than the bucket can ever hold")
    moment = clock.now()
    at = _microseconds(moment)
    per = charge.per // _MICROSECOND
    earned_in = math.ceil(per * charge.cost / charge.most)
    digest = _digest(charge.bucket, civil_date(moment))
    with connection.cursor() as cursor:
        cursor.execute(_SPEND[connection.vendor], [digest, at + earned_in, at, earned_in, at, earned_in, at + per])
        if cursor.fetchone():
            return Verdict(True)
    full_until = Bucket.objects.filter(digest=digest).values_list("full_until", flat=True).first() or at
    return Verdict(False, max(full_until + earned_in - at - per, 1) * _MICROSECOND)


_salts: dict[date, bytes] = {}


def _digest(bucket: str, day: date) -> bytes:
    return hmac.digest(_salt(day), bucket.encode(), hashlib.sha256)


def _salt(day: date) -> bytes:
    """The day's random bytes, the same in every process; buckets start afresh at midnight."""
    if day not in _salts:
        Salt.objects.bulk_create([Salt(day=day, value=secrets.token_bytes(32))], ignore_conflicts=True)
        value = bytes(Salt.objects.values_list("value", flat=True).get(day=day))
        _salts.clear()
        _salts[day] = value
    return _salts[day]


def _microseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=moment.tzinfo)) // _MICROSECOND
