"""The audit of a case: what it shows to whom, and that its files verify by themselves."""

import csv
import io
import json

import pytest

from anlanh.base import clock
from anlanh.base.acts.keys import verify_key
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.base.acts.sealing import seal_everything
from anlanh.ledger import proofs

MATCHES, HIDDEN = "the value matches its digest", "the value is not for you to read"


def text(client, case, more="", **query):
    return client.get(f"/console/cases/{case.id}/audit/{more}", query).content.decode()


def test_an_inspector_reads_every_act_with_its_place(platform, signed_in, decided):
    seal_everything()
    page = text(signed_in(platform, "inspector"), decided)
    acts = Act.objects.filter(subject_id=decided.id)
    assert all(f'id="act-{act.seq}"' in page for act in acts)
    assert "Số tài khoản ở dòng đầu." in page
    assert page.count(MATCHES) == CommittedValue.objects.filter(act__in=acts).count()
    assert page.count("sealed by the checkpoint over") == acts.count()
    assert "anlanh ledger verify-acts" in page


def test_what_is_not_sealed_says_so(platform, signed_in, decided):
    page = text(signed_in(platform, "compliance"), decided)
    assert "none yet: recorded, waiting for its seal" in page
    assert "sealed by the checkpoint over" not in page


def test_those_who_manage_read_no_words(platform, signed_in, decided):
    page = text(signed_in(platform, "admin"), decided)
    assert "Số tài khoản" not in page
    assert decided.page.address not in page
    assert HIDDEN in page
    assert MATCHES not in page
    taken = text(signed_in(platform, "admin"), decided, "table/") + text(signed_in(platform, "admin"), decided)
    assert "Số tài khoản" not in taken


@pytest.mark.parametrize("nickname", ["moderator", "second", "appeals", "officer", "verifier", "registrar", "lawyer"])
@pytest.mark.parametrize("more", ["", "table/", "proofs/"])
def test_nobody_else_gets_in(platform, signed_in, decided, nickname, more):
    assert signed_in(platform, nickname).get(f"/console/cases/{decided.id}/audit/{more}").status_code == 403
    assert not Act.objects.filter(type="history.exported").exists()


def test_a_child_s_words_stay_shut(platform, signed_in, report):
    case = report(concerns_child=True, text="Ảnh của con tôi.")
    page = text(signed_in(platform, "inspector"), case)
    assert "Ảnh của con tôi." not in page
    assert HIDDEN in page


def test_a_value_that_was_changed_or_erased_is_told(platform, signed_in, decided):
    row = CommittedValue.objects.get(act__subject_id=decided.id, act__type="decision.made", field="facts")
    CommittedValue.objects.filter(id=row.id).update(value="Đã sửa lén.")
    assert "the value does not match its digest" in text(signed_in(platform, "inspector"), decided)
    CommittedValue.objects.filter(id=row.id).update(value=None, salt=None, erased_at=clock.now())
    page = text(signed_in(platform, "inspector"), decided)
    assert "the value was erased" in page
    assert "Đã sửa lén." not in page


def test_its_proofs_verify_by_themselves(platform, signed_in, decided):
    seal_everything()
    inspector, key = signed_in(platform, "inspector"), verify_key(platform.organisation.code)
    act = Act.objects.get(subject_id=decided.id, type="decision.made")
    for more, count in ((f"{act.id}/", 1), ("proofs/", Act.objects.filter(subject_id=decided.id).count())):
        raw = b"".join(inspector.get(f"/console/cases/{decided.id}/audit/{more}").streaming_content)
        found = proofs.verify(io.BytesIO(raw), key)
        assert found.ok, found.problems
        assert found.acts in {count, count + 1}  # the act that says it was taken comes along
        assert b"d\xc3\xb2ng \xc4\x91\xe1\xba\xa7u" in raw
    assert Act.objects.filter(subject_id=decided.id, type="history.exported").count() == 1
    held = json.loads(raw)
    held["acts"][0]["leaf"] = held["acts"][0]["leaf"].replace("report", "order")
    assert not proofs.verify(io.BytesIO(json.dumps(held).encode()), key).ok


def test_the_table_holds_a_line_for_each_act(platform, signed_in, decided):
    moderator = platform.members["moderator"]
    answer = signed_in(platform, "inspector").get(f"/console/cases/{decided.id}/audit/table/")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [int(row["Number"]) for row in rows] == list(range(1, len(rows) + 1))
    made = next(row for row in rows if row["Type"] == "decision.made")
    assert made["Done by"] == moderator.name
    assert "Số tài khoản ở dòng đầu." in made["Committed fields"]


def test_another_organisation_finds_nothing(platform, other, signed_in, decided):
    foreign, act = signed_in(other, "inspector"), Act.objects.filter(subject_id=decided.id).first()
    for more in ("", "table/", "proofs/", f"{act.id}/"):
        assert foreign.get(f"/console/cases/{decided.id}/audit/{more}").status_code == 404


def test_an_act_of_another_case_is_not_found(platform, signed_in, decided, report):
    other = Act.objects.filter(subject_id=report("https://mang.example/p/2").id).first()
    inspector = signed_in(platform, "inspector")
    assert inspector.get(f"/console/cases/{decided.id}/audit/{other.id}/").status_code == 404


def test_taking_the_history_stops_nobody_at_work(platform, signed_in, report, typed):
    case, moderator = report(), signed_in(platform, "moderator")
    moderator.post(f"/console/cases/{case.id}/claim/")
    seen = Act.objects.filter(subject_id=case.id).count()
    signed_in(platform, "inspector").get(f"/console/cases/{case.id}/audit/table/")
    assert moderator.post(f"/console/cases/{case.id}/decide/", {**typed, "seen": seen}).status_code == 302
    case.refresh_from_db()
    assert case.decisions.exists()
