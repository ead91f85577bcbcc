"""Ugly workbooks the whole way: guess, dry run, import, the queue with its clocks, export, undo."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anlanh.base import clock
from anlanh.base.clocks.models import Clock
from anlanh.primitives.dates import VIETNAM
from anlanh.work.casework.importing import queries
from anlanh.work.casework.importing.fields import KINDS
from anlanh.work.casework.importing.models import Import
from anlanh.work.casework.models import Case, Order, Report
from tests.builders import Office
from tests.work.casework.importing import ugly

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 15, 12, 0, tzinfo=VIETNAM)


def at(day: int, month: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


# kind, workbook, the time of receipt of each case by the end of its address, original numbers, who sees the queue
WALKS = {
    "hotline": (
        "reports",
        ugly.hotline,
        {"x1": at(15, 3, 9, 30), "x2": at(5, 2), "x3": at(15, 3, 12)},
        {"0012", "0013", "0014"},
        "moderator",
    ),
    "orders": (
        "orders",
        ugly.department_orders,
        {"y7": at(15, 3, 9, 30), "y8": at(5, 2), "y9": at(5, 2)},
        {"007", "008"},
        "officer",
    ),
    "inherited": (
        "reports",
        ugly.inherited,
        {"z1": at(15, 3, 9, 30), "z2": at(5, 2, 14)},
        {"00451", "452"},
        "moderator",
    ),
}


def signed_in(office: Office, nickname: str) -> Client:
    client = Client()
    client.force_login(office.members[nickname].account)
    return client


@pytest.mark.parametrize("name", WALKS)
def test_the_whole_way(platform: Office, name: str) -> None:
    kind, build, received, numbers, reader = WALKS[name]
    with clock.set_to(NOW):
        person = signed_in(platform, "registrar")
        source = uploaded(person, kind, build)
        plan = queries.plan(platform.actor("registrar"), source.id)
        assert Counter(each.outcome for each in plan) == {"ready": len(received)}
        assert not Case.objects.exists()
        person.post(f"/console/import/{source.id}/run/")
        rows = (Order if kind == "orders" else Report).objects.select_related("case__page")
        assert {row.case.page.address[-2:]: row.received_at for row in rows} == received
        for row in rows:
            clocks = Clock.objects.filter(subject_id=row.case_id)
            assert {one.started_at for one in clocks} == {row.received_at}
            assert row.case.due_at == min(one.due_at for one in clocks)
        queue = "orders" if kind == "orders" else "unclaimed"
        shown = signed_in(platform, reader).get(f"/console/?view={queue}").content.decode()
        assert all(case.number in shown for case in Case.objects.all())
        exported = list(csv.reader(io.StringIO("\n".join(out(platform, kind)))))
        assert exported[0] == [str(each.title) for each in KINDS[kind].fields.values()]
        assert {row[0] for row in exported[1:]} == numbers
        person.post(f"/console/import/{source.id}/undo/")
        assert not Case.objects.exists()
        assert not Clock.objects.exists()


def uploaded(person: Client, kind: str, build: Callable[[], bytes]) -> Import:
    """The file sent through the form, its columns taken as they were guessed."""
    answer = person.post("/console/import/", {"kind": kind, "file": SimpleUploadedFile("sổ.xlsx", build())})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get(id=answer.url.split("/")[3])


def out(office: Office, kind: str) -> list[str]:
    """The lines of the export, by somebody who brings in registers and sees cases."""
    member = office.members["registrar"]
    member.roles = ["registrar", "moderator"]
    member.save()
    answer = signed_in(office, "registrar").get(f"/console/import/export/?kind={kind}")
    assert answer.status_code == 200
    return answer.content.decode("utf-8-sig").splitlines()
