"""Messages, evidence, broadcasts and public figures over the API; batches sent again."""

import base64
from datetime import timedelta

import pytest

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.primitives.dates import civil_date
from anlanh.work.casework.models import Case, Report
from anlanh.work.casework.publishing import actions as publishing
from anlanh.work.casework.talking.models import Message
from tests.work.casework.claims.test_counter_notices import taken_down

pytestmark = pytest.mark.django_db

REPORT = {"address": "https://mang.example/bai/9", "category": "fraud", "text": "Trang này lừa đảo."}
KEY = "k" * 20


def test_both_sides_write_by_reference(machine, public):
    filed = machine("POST", "/reports", REPORT).json()
    case = Case.objects.get()
    own = {"X_Report_Secret": filed["secret"]}
    door = f"/reports/{filed['reference']}/messages"
    assert public("POST", door, {"text": "Còn trang nữa."}, **own).status_code == 201
    talk = machine("GET", f"/cases/{case.id}/messages").json()
    assert talk["unread"] == 1
    assert talk["threads"][0]["messages"][0]["text"] == "Còn trang nữa."
    partner = talk["partners"][0]["id"]
    written = {"partner": partner, "text": "Trang nào?", "asks": True}
    sent = machine("POST", f"/cases/{case.id}/messages", written, Idempotency_Key=KEY)
    again = machine("POST", f"/cases/{case.id}/messages", written, Idempotency_Key=KEY)
    assert sent.status_code == again.status_code == 201
    assert Message.objects.count() == 2
    assert public("GET", door, **own).json()["question"] == "Trang nào?"
    assert public("POST", door, {"text": "Trang hai."}, **own).status_code == 201
    assert machine("POST", f"/cases/{case.id}/messages/read").json()["unread"] == 0
    assert public("GET", door, X_Report_Secret="khong-dung").status_code == 404
    assert public("GET", door).status_code == 401
    assert machine("POST", f"/cases/{case.id}/messages", written | {"text": "a" * 5001}).status_code == 422


def test_evidence_is_added_once_and_listed_by_digest(machine):
    machine("POST", "/reports", REPORT)
    path = f"/cases/{Case.objects.get().id}/evidence"
    given = {"name": "man-hinh.txt", "content": base64.b64encode(b"chung cu").decode()}
    first = machine("POST", path, given, Idempotency_Key=KEY)
    assert first.status_code == 201
    assert machine("POST", path, given, Idempotency_Key=KEY).content == first.content
    (line,) = machine("GET", path).json()["evidence"]
    assert (line["name"], line["size"], line["held_back"]) == ("man-hinh.txt", 8, False)
    for wrong in ({"content": "không phải"}, {"content": ""}, {"kind": "khác"}, {"starts": "0:10", "ends": "0:05"}):
        assert machine("POST", path, given | wrong).status_code == 422
    assert machine("POST", path, given | {"starts": "0:10", "ends": "0:20"}).json()["clips"][0]["ends"] == "0:00:20"


def test_a_platform_says_that_the_broadcast_is_over(machine):
    machine("POST", "/reports", REPORT)
    path = f"/cases/{Case.objects.get().id}/broadcast"
    assert machine("POST", path, {"running": True}).json() == {"running": True, "length": ""}
    assert machine("POST", path, {"running": False, "length": "1:02:03"}).json()["length"] == "1:02:03"
    assert machine("POST", path, {"running": False, "length": "lâu"}).status_code == 422


def test_public_figures_are_open_to_all(platform, public):
    month = civil_date(clock.now()).replace(day=1)
    with clock.set_to(clock.now() + timedelta(days=32)):
        publishing.month_counted(platform.organisation.id, month)
        shown = public("GET", f"/figures/{platform.organisation.code}?month={month:%Y-%m}")
    assert shown.status_code == 200
    assert {"no_action", "restored", "withheld", "measures"} <= shown.json()["figures"].keys()
    assert public("GET", f"/figures/{platform.organisation.code}?month=2999-01").status_code == 404
    assert public("GET", f"/figures/{platform.organisation.code}?month=0000-01").status_code in {404, 422}
    assert public("GET", "/figures/khong-co").status_code == 404


def test_a_batch_of_a_thousand_sent_again_makes_nothing_twice(machine):
    reports = [REPORT | {"address": f"https://mang.example/lo/{number}"} for number in range(1000)]
    first = machine("POST", "/reports/batch", {"reports": reports}, Idempotency_Key=KEY)
    assert first.status_code == 200
    again = machine("POST", "/reports/batch", {"reports": reports}, Idempotency_Key=KEY)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.content == first.content
    assert Report.objects.count() == 1000
    other = machine("POST", "/reports/batch", {"reports": reports[:1]}, Idempotency_Key=KEY)
    assert other.status_code in {409, 422}
    assert "Idempotency-Key" in other.content.decode()
    assert Report.objects.count() == 1000


def test_a_batch_that_breaks_leaves_nothing_and_can_be_sent_again(machine, monkeypatch):
    """The key is kept in the transaction of the reports: after a crash there are both or neither."""
    body = {"reports": [REPORT, REPORT | {"address": "https://mang.example/bai/10"}]}
    with monkeypatch.context() as broken:
        broken.setattr("anlanh.web.api.reports._result", lambda filed: 1 / 0)
        broken.setattr("django.test.client.Client.raise_request_exception", False, raising=False)
        try:
            failed = machine("POST", "/reports/batch", body, Idempotency_Key=KEY).status_code
        except ZeroDivisionError:
            failed = 500
    assert failed == 500
    assert not Report.objects.exists()
    assert not Act.objects.filter(type="report.received").exists()
    assert machine("POST", "/reports/batch", body, Idempotency_Key=KEY).status_code == 200
    assert Report.objects.count() == 2


def test_a_counter_notice_over_the_api(platform, public):
    filed, _decision, door = taken_down(platform)
    own, path = {"X_Report_Secret": door[1]}, f"/reports/{door[0]}"
    assert public("GET", path, **own).json()["counter_notice"]["state"] == "can_object"
    given = {"name": "Phạm Văn Đối", "address": "Số 1 phố Huế", "text": "Tôi sáng tác.", "agreed": True}
    assert public("POST", f"{path}/counter-notice", given | {"agreed": False}, **own).status_code == 422
    assert public("POST", f"{path}/counter-notice", given, **own).status_code == 201
    claimant = {"X_Report_Secret": filed.secret}
    path = f"/reports/{filed.report.reference}/counter-notice/answer"
    answered = public("POST", path, {"kind": "gives_way"}, **claimant)
    assert answered.json()["state"] == "answered"
