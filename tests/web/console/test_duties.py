"""The duty board on the console: read by those who may, with evidence, files and deep links."""

import html
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from anlanh.base.acts.models import Act
from anlanh.base.files.models import StoredFile
from anlanh.reporting.board import queries
from anlanh.reporting.evidence.models import DutyEvidence
from anlanh.work.policies import actions as policies
from tests.builders import Office
from tests.work.casework.steps_of import decided, report
from tests.work.policies.rules_of import published, spam

pytestmark = pytest.mark.django_db
EVIDENCE = {
    "statement": "done",
    "kind": "receipt",
    "covers_from": "2026-01-05",
    "covers_to": "2026-01-06",
    "note": "Đã gửi.",
}


def browser(office: Office, nickname: str) -> Client:
    client = Client(headers={"accept-language": "vi"})
    client.force_login(office.members[nickname].account)
    return client


def test_the_board_shows_every_line_and_filters(platform: Office) -> None:
    decided(platform, report(platform))
    client = browser(platform, "compliance")
    whole = client.get("/console/duties/").content.decode()
    lines = queries.board_of(platform.actor("compliance"), queries.this_year()).lines
    assert all(f"/console/duties/{line.item.id}/" in whole for line in lines if "/" not in line.item.id)
    few = client.get("/console/duties/?state=due&group=area").content.decode()
    assert "/console/duties/BD.5.4.b/" not in few
    assert "/console/duties/CT.1.e/" in few


def test_a_line_whose_text_was_withdrawn_says_so_and_lists_no_act(platform: Office) -> None:
    published(platform, spam())
    client = browser(platform, "compliance")
    assert '<span class="c-head-count">1</span>' in client.get("/console/duties/NB.5.1/").content.decode()
    policies.withdraw(platform.actor("compliance"), "terms_of_use", 1, "Sai.")
    page = client.get("/console/duties/NB.5.1/").content.decode()
    assert "Văn bản chứng tỏ đã bị rút, chưa có bản nào thay thế." in page
    assert '<span class="c-head-count">0</span>' in page
    assert "Văn bản chứng tỏ đã bị rút" in client.get("/console/duties/?state=unproven").content.decode()


def test_only_those_who_may_read_it(platform: Office) -> None:
    assert browser(platform, "inspector").get("/console/duties/").status_code == 200
    assert browser(platform, "registrar").get("/console/duties/").status_code == 403
    assert browser(platform, "registrar").get("/console/duties/BD.5.4.b/").status_code == 403
    assert browser(platform, "inspector").post("/console/duties/BD.5.4.b/", EVIDENCE).status_code == 403
    assert Client().get("/console/duties/").status_code == 302


def test_bad_days_are_told_beside_the_board(platform: Office) -> None:
    client = browser(platform, "inspector")
    for query in ("from=hôm-nay", "from=2026-02-01&to=2026-01-01", "as_of=2026-02-30", "from=0001-01-01"):
        answer = client.get(f"/console/duties/?{query}")
        assert answer.status_code == 422, query
    assert client.get("/console/duties/khong-co/").status_code == 404


def test_evidence_is_given_with_a_file_counted_and_withdrawn(platform: Office) -> None:
    client = browser(platform, "compliance")
    upload = io.BytesIO(b"%PDF-1.4\n%bien nhan\n%%EOF\n")
    upload.name = "bien-nhan.pdf"
    answer = client.post("/console/duties/BD.5.4.b/", {**EVIDENCE, "file": upload})
    assert answer.status_code == 302
    given = DutyEvidence.objects.get()
    leaf = Act.objects.get(id=given.act_id).body
    assert leaf["clear"]["file_sha256"] == given.file.sha256
    assert "Đã gửi" not in Act.objects.get(id=given.act_id).leaf
    assert client.get(f"/console/evidence/{given.id}/file/").getvalue().startswith(b"%PDF")
    state = lambda: queries.line_of(platform.actor("compliance"), queries.this_year(), "BD.5.4.b").state  # noqa: E731
    assert state() == "met"
    client.post(f"/console/evidence/{given.id}/withdraw/", {"reason": ""})
    assert state() == "met"
    client.post(f"/console/evidence/{given.id}/withdraw/", {"reason": "Nhầm tháng."})
    assert state() in {"idle", "unproven"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"note": " "}, "note"),
        ({"kind": ""}, "kind"),
        ({"covers_to": "2025-01-01"}, "covers_to"),
        ({"covers_to": "2190-01-01"}, "covers_to"),
    ],
)
def test_what_is_missing_is_told_at_its_field(platform: Office, changed: dict, field: str) -> None:
    answer = browser(platform, "compliance").post("/console/duties/BD.5.4.b/", {**EVIDENCE, **changed})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not DutyEvidence.objects.exists()


def test_evidence_that_is_refused_leaves_no_file(platform: Office) -> None:
    client = browser(platform, "compliance")
    given = EVIDENCE | {"covers_to": "2099-01-01", "file": io.BytesIO(b"%PDF-1.4 bien nhan")}
    assert client.post("/console/duties/BD.5.4.b/", given).status_code == 422
    assert not StoredFile.objects.filter(organisation=platform.organisation).exists()


def test_the_board_travels_on_both_axes(platform: Office) -> None:
    """What is in force in a period is one question; what anybody could know of it on a day is another."""
    client = browser(platform, "compliance")
    days = "from=2026-09-01&to=2026-09-30"
    later, before = (
        client.get(f"/console/duties/?{days}&group=source{known}").content.decode()
        for known in ("", "&known=2026-01-05")
    )
    assert "333/2026/NĐ-CP" in later
    assert "333/2026/NĐ-CP" not in before
    assert "theo pháp luật được biết đến ngày 05/01/2026" in before
    assert f"?{days}&known=2026-01-05" in html.unescape(before)  # kept by the links on the page
    assert client.get("/console/duties/?known=0001-01-01").status_code == 422


def test_a_time_of_the_law_takes_evidence_too(platform: Office) -> None:
    client = browser(platform, "compliance")
    assert client.post("/console/duties/356/2025/NĐ-CP/5.3/", EVIDENCE).status_code == 302
    assert DutyEvidence.objects.get().duty == "356/2025/NĐ-CP/5.3"


def test_files_hold_the_whole_board_whatever_the_filters(platform: Office) -> None:
    client = browser(platform, "inspector")
    lines = queries.board_of(platform.actor("inspector"), queries.this_year()).lines
    book = load_workbook(io.BytesIO(client.get("/console/duties/?format=xlsx&state=due").content))
    assert book.active.max_row == len(lines) + 3
    pdf = client.get("/console/duties/?format=pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-1.7")


def test_an_inspector_reaches_the_proof_of_each_act(platform: Office) -> None:
    decided(platform, report(platform))
    answer = browser(platform, "inspector").get("/console/duties/BD.5.3.b/").content.decode()
    acts = Act.objects.filter(type__in=["violation.confirmed", "decision.made"])
    assert acts.count() == 2
    assert all(f"/console/acts/{act.id}/" in answer for act in acts)
    assert '<form class="c-form"' not in answer
