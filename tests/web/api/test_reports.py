"""Reports by the API: filed once, told nothing about others, followed with the secret alone."""

import json

import pytest
from django.conf import settings

from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.work.casework.models import Case, Report

REPORT = {
    "address": "https://mang.example/bai/1",
    "category": "fraud",
    "text": "Bài này mạo danh ngân hàng để lấy mã xác thực.",
}
TO_PLATFORM = REPORT | {"organisation": "mang"}
KEY = "6f9b2c1e-0d8a-4f53-9d3e-5a7c1b2e3f40"


@pytest.mark.usefixtures("platform")
def test_anybody_files_a_report_and_follows_it(public):
    filed = public("POST", "/reports", TO_PLATFORM)
    assert filed.status_code == 201
    told = filed.json()
    assert set(told) == {"reference", "secret", "received_at", "repeated"}
    assert not told["repeated"]
    for headers in ({"X_Report_Secret": told["secret"]}, {"Authorization": f"Report {told['secret']}"}):
        status = public("GET", f"/reports/{told['reference']}", **headers)
        assert status.status_code == 200
        assert status.json()["phase"] == "received"
        assert status.json()["can_appeal"] is False


def test_a_report_writes_its_acts_and_clocks(machine, platform):
    assert machine("POST", "/reports", REPORT).status_code == 201
    case = Case.objects.get()
    assert list(Act.objects.filter(subject_id=case.id).values_list("type", "actor_kind")) == [
        ("report.received", "machine")
    ]
    assert Clock.objects.filter(subject_id=case.id).exists()
    assert case.organisation_id == platform.organisation.id


@pytest.mark.usefixtures("platform")
def test_a_second_report_of_a_page_is_told_the_same(public):
    first, second = (public("POST", "/reports", TO_PLATFORM) for _ in range(2))
    assert second.status_code == first.status_code
    assert set(second.json()) == set(first.json())
    assert Case.objects.count() == 1
    status = public("GET", f"/reports/{second.json()['reference']}", X_Report_Secret=second.json()["secret"])
    assert first.json()["reference"] not in status.content.decode()


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("headers", [{}, {"X_Report_Secret": "sai-mat-ma"}, {"Authorization": "Report sai"}])
def test_without_the_secret_nothing_is_told(public, headers):
    reference = public("POST", "/reports", TO_PLATFORM).json()["reference"]
    known, unknown = public("GET", f"/reports/{reference}", **headers), public("GET", "/reports/BC-0000", **headers)
    assert known.status_code == unknown.status_code == (404 if headers else 401)
    assert known.json() == unknown.json()


@pytest.mark.usefixtures("platform")
def test_the_secret_is_not_read_from_the_address(public):
    told = public("POST", "/reports", TO_PLATFORM).json()
    assert public("GET", f"/reports/{told['reference']}?secret={told['secret']}").status_code == 401


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"address": "javascript:alert(1)"}, "address"),
        ({"category": "nonsense"}, "category"),
        ({"text": "  "}, "text"),
        ({"reporter_email": "khong-phai-thu"}, "reporter_email"),
        ({"organisation": ""}, "organisation"),
        ({"happened_at": "2026-01-01T00:00:00+07:00"}, "happened_at"),
    ],
)
def test_what_is_wrong_is_named(public, change, field):
    refused = public("POST", "/reports", TO_PLATFORM | change)
    assert refused.status_code == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["field"] == field
    assert refused.json()["type"] == "urn:anlanh:problem:bad-input"


@pytest.mark.usefixtures("platform")
def test_a_report_of_the_wrong_shape_names_each_field(public):
    refused = public("POST", "/reports", {"address": 5, "extra": "x", "organisation": "mang"})
    assert refused.status_code == 422
    assert {entry["field"] for entry in refused.json()["errors"]} == {"address", "category", "text", "extra"}


def test_a_key_files_with_its_own_organisation_only(machine, stranger):
    assert machine("POST", "/reports", TO_PLATFORM).status_code == 201
    assert stranger("POST", "/reports", TO_PLATFORM).status_code == 404
    assert machine("POST", "/reports", REPORT | {"organisation": "khong-co"}).status_code == 404


@pytest.mark.usefixtures("platform")
def test_the_public_is_limited_by_network_and_page(public):
    answers = [public("POST", "/reports", TO_PLATFORM | {"text": f"Lần {n}"}) for n in range(11)]
    assert [answer.status_code for answer in answers] == [201] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    elsewhere = TO_PLATFORM | {"address": "https://mang.example/bai/2"}
    assert public("POST", "/reports", elsewhere).status_code == 201


def test_a_report_sent_again_is_filed_once(machine):
    first, again = (machine("POST", "/reports", REPORT, Idempotency_Key=KEY) for _ in range(2))
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Report.objects.count() == 1
    other = machine("POST", "/reports", REPORT | {"text": "Khác"}, Idempotency_Key=KEY)
    assert other.status_code == 422
    assert other.json()["type"] == "urn:anlanh:problem:key-reused"


def test_a_refused_report_can_be_mended_under_its_key(machine):
    assert machine("POST", "/reports", REPORT | {"text": ""}, Idempotency_Key=KEY).status_code == 422
    assert machine("POST", "/reports", REPORT, Idempotency_Key=KEY).status_code == 201


@pytest.mark.usefixtures("platform")
def test_keys_of_different_callers_do_not_meet(public, machine):
    assert public("POST", "/reports", TO_PLATFORM, Idempotency_Key=KEY).status_code == 201
    assert machine("POST", "/reports", REPORT, Idempotency_Key=KEY).status_code == 201
    assert Report.objects.count() == 2


@pytest.mark.usefixtures("platform")
def test_what_a_key_sends_again_for_its_user_is_the_first_report(machine, public):
    sent = REPORT | {"reporter_ref": "nguoi-dung-7"}
    first, again = (machine("POST", "/reports", sent).json() for _ in range(2))
    assert again == first | {"secret": "", "repeated": True}
    assert public("POST", "/reports", sent | {"organisation": "mang"}).json()["secret"], "nobody else is told of it"
    assert Report.objects.count() == 2


def test_a_batch_answers_for_each(machine):
    batch = [
        REPORT,
        REPORT | {"address": "data:text/html,x"},
        {"address": "https://mang.example/2"},
        "not a report",
        REPORT | {"address": "mang.example/bai/1/?utm_source=x"},
        REPORT | {"text": "a\x00b"},
    ]
    answered = machine("POST", "/reports/batch", {"reports": batch}, Idempotency_Key=KEY)
    assert answered.status_code == 200
    results = answered.json()["results"]
    assert [result["status"] for result in results] == [201, 422, 422, 422, 201, 422]
    assert results[1]["problem"]["field"] == "address"
    assert {entry["field"] for entry in results[2]["problem"]["errors"]} == {"category", "text"}
    assert Report.objects.count() == 2
    assert Case.objects.count() == 1
    assert machine("POST", "/reports/batch", {"reports": batch}, Idempotency_Key=KEY).content == answered.content
    assert Report.objects.count() == 2


def test_a_batch_has_its_bounds(machine):
    assert machine("POST", "/reports/batch", {"reports": []}).status_code == 422
    assert machine("POST", "/reports/batch", {"reports": [REPORT] * 1001}).status_code == 422
    assert Report.objects.count() == 0


def test_too_large_a_body_is_not_read(machine):
    body = {"reports": [REPORT | {"text": "x" * 5000}] * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 5000)}
    refused = machine("POST", "/reports/batch", body)
    assert refused.status_code == 413
    assert refused.headers["Content-Type"] == "application/problem+json"


def test_a_large_batch_takes_few_statements(machine, django_assert_max_num_queries):
    def batch(size):
        return {"reports": [REPORT | {"address": f"https://mang.example/{size}/{n}"} for n in range(size)]}

    machine("POST", "/reports/batch", batch(1))
    with django_assert_max_num_queries(30):
        answered = machine("POST", "/reports/batch", batch(60))
    assert json.loads(answered.content)["results"][59]["status"] == 201


@pytest.mark.usefixtures("platform")
def test_an_appeal_needs_a_decision(public):
    told = public("POST", "/reports", TO_PLATFORM).json()
    appeal = public(
        "POST", f"/reports/{told['reference']}/appeal", {"text": "Xin xem lại."}, X_Report_Secret=told["secret"]
    )
    assert appeal.status_code in {403, 422}
    assert appeal.headers["Content-Type"] == "application/problem+json"


def test_the_questions_of_each_kind_are_open_to_builders_of_forms(public):
    types = {entry["id"]: entry for entry in public("GET", "/report-types").json()["types"]}
    assert [question["id"] for question in types["copyright"]["questions"]][-1] == "good_faith"
    assert types["livestream"]["questions"][0]["options"]["live"]["vi"].startswith("Đang chạy")


@pytest.mark.usefixtures("platform")
def test_answers_are_taken_with_the_report_and_refused_by_name(public):
    given = TO_PLATFORM | {"category": "livestream", "details": {"still_live": "live", "offsets": "12:30"}}
    assert public("POST", "/reports", given | {"threatens_life": True}).status_code == 201
    report = Report.objects.get()
    assert report.details == {"still_live": "live", "offsets": "0:12:30"}
    assert report.threatens_life
    refused = public("POST", "/reports", given | {"details": {"offsets": "mười phút"}})
    assert refused.status_code == 422
    assert "details.offsets" in refused.content.decode()
