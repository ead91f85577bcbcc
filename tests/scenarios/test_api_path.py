"""The whole path by the API alone: a machine of the platform and members of the public, then the proof.

Three steps stay with people on purpose and are taken where they have to be: a reporter presses the button behind the
link in the letter, a person hears the appeal, and an inspector takes the log away. Mail goes over SMTP and orders over
HTTP, as the worker sends them; it is drained in between instead of running beside.
"""

import csv
import itertools
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from anlanh.base import clock
from anlanh.base.identity.actions import issue_credential
from anlanh.base.identity.policy import MACHINE_CAPABILITIES
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.server.worker import drain
from anlanh.web.api import keys
from anlanh.work.casework.actions import integrations
from tests.builders import Office
from tests.peers import MailServer, WebhookReceiver, smtp_server, webhook_receiver  # noqa: F401  (fixtures)
from tests.proving import assert_proven

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 30
ADDRESS = "https://mang.example/bai/trung-thuong"
HOLDER, REPORTER = "chu@mang.example", "thu@nguoi-bao.example"
Api = Callable[..., HttpResponse]


@pytest.fixture
def site(
    platform: Office,
    smtp_server: MailServer,  # noqa: F811
    webhook_receiver: WebhookReceiver,  # noqa: F811
) -> Office:
    """A platform that takes orders over its webhook."""
    integration, webhook_receiver.secret = integrations.set_up(platform.actor("admin"), webhook_receiver.url)
    webhook_receiver.key_id = integration.key_id
    keys._remembered.clear()
    drain()
    smtp_server.letters.clear()  # invitations
    return platform


@pytest.fixture
def machine(site: Office) -> Api:
    """The platform's own system with its key."""
    _, secret = issue_credential(site.actor("admin"), "hệ thống kiểm duyệt", sorted(MACHINE_CAPABILITIES))
    return caller({"Authorization": f"Bearer {secret}"})


def caller(headers: dict[str, str]) -> Api:
    """Calls the API with some headers; the answer must have the status that is expected."""

    def call(method: str, path: str, body: Any = None, *, expect: int = 200, **query: str) -> Any:
        content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        answer = Client().generic(method, f"/api/v1{path}", headers=headers, query_params=query or None, **content)
        assert answer.status_code == expect, answer.content.decode()
        return answer.json() if answer.headers["Content-Type"] == "application/json" else answer.content.decode()

    return call


def ground_for(category: str) -> str:
    """A ground in force today for what a report says."""
    today = civil_date(clock.now())
    return next(ground.id for ground in vietnam().grounds_on(today) if ground.category == category)


def decision(measure: str = "remove", number: int = 0) -> dict[str, str]:
    """A complete decision."""
    return {
        "measure": measure,
        "ground": ground_for("fraud"),
        "facts": "Trang mời nộp phí trước để nhận thưởng.",
        "subject_fact": f"Câu {number + 2} nêu số tài khoản nhận phí.",
    }


def test_from_the_report_to_the_proof(
    site: Office,
    machine: Api,
    smtp_server: MailServer,  # noqa: F811
    webhook_receiver: WebhookReceiver,  # noqa: F811
    tmp_path: Path,
) -> None:
    public, code = caller({}), site.organisation.code
    page = machine(
        "PUT",
        "/pages",
        {"address": ADDRESS, "holder_address": "https://mang.example/@chu", "holder_email": HOLDER},
        expect=201,
    )

    # Somebody reports without a key, and proves that the address is theirs.
    given = {"organisation": code, "address": ADDRESS, "category": "fraud", "text": "Họ đòi phí rồi chặn tôi."}
    filed = public("POST", "/reports", {**given, "reporter_email": REPORTER}, expect=201)
    reporter = caller({"X-Report-Secret": filed["secret"]})
    drain()
    confirm_address(smtp_server)
    assert reporter("GET", f"/reports/{filed['reference']}")["phase"] == "received"

    # The machine takes the case, confirms the violation, and hands in what a person decided.
    (waiting,) = machine("GET", "/cases", view="unclaimed")["items"]
    case = f"/cases/{waiting['id']}"
    machine("POST", f"{case}/claim")
    confirmed = machine("POST", f"{case}/confirm", {"ground": ground_for("fraud"), "facts": "Đã xem trang."})
    assert any(entry["obligation"] == "remove" and entry["trace"] for entry in confirmed["clocks"])
    assert reporter("GET", f"/reports/{filed['reference']}")["phase"] == "under_review"
    decided = machine("POST", f"{case}/decision", decision(), expect=201)

    # The platform is ordered, in a way that it can check, and answers; both sides are told.
    drain()
    (order,) = webhook_receiver.wait_for(1)
    assert webhook_receiver.genuine(order, time.time())
    assert order.order["statement_of_reasons"]["decision"] == decided["id"]
    assert machine("GET", f"/pages/{page['id']}")["state"] == "removed"
    told = reporter("GET", f"/reports/{filed['reference']}")
    assert told["phase"] == "decided"
    assert decision()["facts"] in told["notices"][0]["body"]
    assert decision()["facts"] in smtp_server.to(REPORTER)[-1].text
    assert decision()["facts"] in smtp_server.to(HOLDER)[-1].text

    # The person affected appeals with what the platform was told to pass on; another person reverses.
    key = order.order["notice"]
    affected = caller({"X-Report-Secret": key["secret"]})
    assert affected("GET", f"/reports/{key['reference']}")["can_appeal"]
    affected("POST", f"/reports/{key['reference']}/appeal", {"text": "Tôi chỉ chép lại để cảnh báo."}, expect=201)
    (appeal,) = machine("GET", case)["appeals"]
    hear(site, appeal["id"], "Bài viết là lời cảnh báo.")
    drain()
    reversal = webhook_receiver.wait_for(2)[1]
    assert (reversal.order["step"], reversal.order["measure"]) == ("reverse", order.order["measure"])
    assert machine("GET", f"/pages/{page['id']}")["state"] == "live"
    for who, reference in ((reporter, filed["reference"]), (affected, key["reference"])):
        assert any(
            "Bài viết là lời cảnh báo." in notice["body"] for notice in who("GET", f"/reports/{reference}")["notices"]
        )

    # The log holds what happened, line for line what the API gives out, and every line can be proven.
    entries = assert_proven(code, tmp_path)
    assert machine("GET", "/acts", since="0") == "".join(entries)
    act = json.loads(next(entry for entry in entries if '"decision.made"' in entry))["id"]
    proof = machine("GET", f"/acts/{act}/proof")
    assert proof["checkpoint"] == public("GET", f"/log/{code}/checkpoint")


def test_rows_that_people_wrote(
    site: Office,
    machine: Api,
    shared: Path,
    smtp_server: MailServer,  # noqa: F811
    webhook_receiver: WebhookReceiver,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Texts as they are met in practice go the same way, in one batch. What they say is never shown, nor kept."""
    texts = rows(shared)
    reports = [
        {
            "address": f"https://mang.example/loi/{number}",
            "category": "honour",
            "text": text,
            "reporter_name": "Ẩn danh",
        }
        for number, text in enumerate(texts)
    ]
    results = machine("POST", "/reports/batch", {"reports": reports})["results"]
    assert [result["status"] for result in results] == [201] * len(texts)
    cases = machine("GET", "/cases", view="unclaimed", limit="200")["items"]
    for number, entry in enumerate(cases):
        shown = machine("POST", f"/cases/{entry['id']}/claim")
        kept = shown["reports"][0]["text"]
        assert kept == texts[int(entry["page"]["address"].rpartition("/")[2])].strip(), "a text came back changed"
        machine(
            "POST", f"/cases/{entry['id']}/decision", decision(("remove", "no_action")[number % 2], number), expect=201
        )
    drain()
    assert len(webhook_receiver.wait_for(len(cases) // 2)) == len(cases) // 2
    states = [page["state"] for page in machine("GET", "/pages", limit="200")["items"]]
    assert (states.count("removed"), states.count("live")) == (len(cases) // 2, len(cases) // 2)
    for result in results:
        filed = result["report"]
        reporter = caller({"X-Report-Secret": filed["secret"]})
        assert reporter("GET", f"/reports/{filed['reference']}")["notices"]
    assert not smtp_server.letters, "nobody gave an address"
    entries = assert_proven(site.organisation.code, tmp_path)
    log = "".join(entries)
    leaked = sum(1 for text in texts if len(text) > 20 and json.dumps(text, ensure_ascii=False)[1:-1] in log)
    assert leaked == 0, "the log holds digests of what people wrote, never the words"


def rows(shared: Path) -> list[str]:
    """The first rows of a public data set of comments, read where they are."""
    path = shared / "data" / "vihsd" / "dev.csv"
    if not path.is_file():
        pytest.skip("the data set vihsd is not beside the checkout")
    with path.open(encoding="utf-8", newline="") as stream:
        written = (row["free_text"] for row in csv.DictReader(stream))
        return list(itertools.islice((text for text in written if text.strip()), ROWS))


def confirm_address(mail: MailServer) -> None:
    """Presses the button behind the link in the reporter's letter."""
    (letter,) = mail.to(REPORTER)
    path = re.search(r"/xac-nhan-thu/\S+/", letter.text).group()
    assert Client().post(path).status_code == 200


def hear(site: Office, appeal_id: str, reasons: str) -> None:
    """The appeals officer reverses at the console."""
    officer = Client()
    officer.force_login(site.members["appeals"].account)
    heard = officer.post(f"/console/appeals/{appeal_id}/hear/", {"outcome": "reversed", "reasons": reasons})
    assert heard.status_code == 302
