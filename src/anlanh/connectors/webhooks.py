"""Telling a platform to carry out a measure, and keeping what it answers."""

import contextlib
import json
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import NotFound, system
from anlanh.base.outbox.channels import Receipt, Refused, TryLater
from anlanh.base.outbox.models import Message
from anlanh.base.outbox.targets import parse
from anlanh.connectors import targets
from anlanh.connectors.posting import Answer, Patience, post
from anlanh.connectors.signing import signature
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.dates import format_instant
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.actions import measures
from anlanh.work.casework.models import Integration
from anlanh.work.casework.queries import wanted

USER_AGENT = "AnLanh-Webhook/1"
LATER_STATUSES = frozenset({408, 425, 429})
SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=1), timedelta(hours=1)


class WebhookChannel:
    """Sends `{"measure": id, "step": "apply" | "reverse"}` as a signed POST to the organisation's integration.

    Args:
        resolver: name and port → addresses; the system's resolver when left out.
        patience: time-outs.
        tls: trust for the receiver's certificate; the system's when left out.
    """

    def __init__(
        self,
        *,
        resolver: targets.Resolver = targets.resolve,
        patience: Patience | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._resolver, self._patience, self._tls = resolver, patience or Patience(), tls

    def deliver(self, message: Message) -> Receipt:
        """Posts the measure and, on an answer of success, records that it was carried out.

        A step that casework no longer waits for is done without.

        A call that is repeated carries the same `Idempotency-Key`; recording twice changes nothing.

        Raises:
            TryLater: the receiver is away, busy or failing.
            Refused: no integration, an address that is not allowed, or an answer that no repetition will change.
        """
        measure_id, step = message.payload["measure"], message.payload["step"]
        if not wanted.measure_waits(measure_id, step):
            return Receipt({"skipped": "the measure does not wait for this step any more"})
        order = _order(measure_id, step)
        answer = self._send(_integration(message), message.key, _encoded(order))
        _raise_unless_taken(answer)
        receipt = {"status": answer.status, "at": format_instant(clock.now()), "body": _kept(answer.body)}
        measures.record_carried_out(system(message.organisation_id), measure_id, step, receipt)
        return Receipt(receipt)

    def _send(self, integration: Integration, key: str, body: bytes) -> Answer:
        timestamp = int(clock.now().timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": USER_AGENT,
            "Idempotency-Key": key,
            "X-AnLanh-Key": integration.key_id,
            "X-AnLanh-Timestamp": str(timestamp),
            "X-AnLanh-Signature": signature(integration.secret, timestamp, body),
        }
        try:
            target = parse(integration.url, plain_http=settings.ANLANH_WEBHOOK_PLAIN_HTTP)
            address = targets.pick(target, self._resolver, private=settings.ANLANH_WEBHOOK_PRIVATE)
            return post(target, address, body, headers, patience=self._patience, tls=self._tls)
        except BadInput as fault:
            raise Refused(str(fault)) from fault
        except targets.NotReachable as fault:
            raise TryLater(_("the receiver can't be reached: %(why)s") % {"why": fault}) from fault


def _integration(message: Message) -> Integration:
    """The organisation's live integration, the newest if there are several.

    Raises:
        Refused: there is none, so a person carries the measure out by hand.
    """
    live = Integration.objects.visible_to(system(message.organisation_id)).filter(active=True)
    found = live.order_by("-created_at").first()
    if found is None:
        raise Refused(_("no integration is set up; carry the measure out by hand"))
    return found


def _order(measure_id: str, step: str) -> dict[str, Any]:
    """What the platform is told.

    Raises:
        Refused: it can't be put together, which a person has to look at.
    """
    try:
        return queries.measure_order(measure_id, step)
    except NotFound as fault:
        raise Refused(str(fault)) from fault


def _encoded(order: dict[str, Any]) -> bytes:
    return json.dumps(order, ensure_ascii=False, separators=(",", ":")).encode()


def _raise_unless_taken(answer: Answer) -> None:
    """Sorts the answers: success, not now, or never."""
    status = answer.status
    if 200 <= status < 300:
        return
    said = _("the receiver answered %(status)s") % {"status": status}
    if status in LATER_STATUSES or status >= 500 or status < 200:
        raise TryLater(said, after=_wait_asked_for(answer.retry_after))
    if status < 400:
        raise Refused(said + "; " + _("redirects are not followed, set the address it moved to"))
    raise Refused(said)


def _wait_asked_for(header: str) -> timedelta | None:
    """The wait that Retry-After asks for, in seconds or as a date, kept between a second and an hour."""
    wait = None
    if header.strip().isascii() and header.strip().isdigit():
        wait = timedelta(seconds=min(int(header.strip()[:9]), LONGEST_WAIT.total_seconds()))
    else:
        with contextlib.suppress(ValueError, OverflowError):
            wait = _aware(parsedate_to_datetime(header)) - clock.now()
    return None if wait is None else min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _kept(body: bytes | None) -> Any:
    """The answer as the receipt keeps it: its JSON, or its text where that JSON could not go into an act as it is.

    An act takes no fractions and no whole numbers that other languages would round; neither database takes NUL letters.
    """
    if not body:
        return None
    try:
        text = body.decode()
        value = json.loads(text)
        if "\\u0000" not in canonical_bytes(value).decode():
            return value
    except UnicodeDecodeError:
        return None
    except (ValueError, RecursionError):
        pass
    return text.replace("\0", "")
