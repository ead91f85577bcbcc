"""Own rules over the API: read by everybody, cited by machines, never as law."""

from datetime import timedelta
from typing import Any

import pytest

from anlanh.base import clock
from anlanh.work.casework.models import Decision
from tests.web.api.conftest import Caller
from tests.work.casework.steps_of import GROUND, report
from tests.work.policies.rules_of import SPAM, clause_in, published, spam

pytestmark = pytest.mark.django_db

WORDS = {"facts": "Đăng hai mươi lần.", "subject_fact": "Bài thứ hai mươi."}


@pytest.fixture
def rules(platform: Any) -> Any:
    return clause_in(platform, published(platform, spam(), at=clock.now() - timedelta(days=3)))


def test_everybody_reads_what_is_published(public: Caller, rules: Any) -> None:
    listed = public("GET", "/terms/mang").json()["versions"]
    assert [(one["document"], one["number"], one["state"]) for one in listed] == [("terms_of_use", 1, "in_force")]
    whole = public("GET", "/terms/mang/terms_of_use/1").json()
    assert whole["digest"] == rules.digest
    assert [(one["number"], one["text"]["vi"]) for one in whole["clauses"]] == [("3.2", SPAM)]
    for path in ("/terms/khong-co", "/terms/mang/terms_of_use/2", "/terms/mang/luat/1", "/terms/mang/handling/1"):
        assert public("GET", path).status_code == 404


def test_a_machine_cites_a_clause_that_the_case_allows(platform: Any, machine: Caller, other: Any, rules: Any) -> None:
    case_id = report(platform).case.id
    offered = machine("GET", f"/cases/{case_id}/terms").json()
    assert offered["conduct_by"] == "reported"
    assert [one["clause"] for one in offered["clauses"]] == [str(rules.id)]
    machine("POST", f"/cases/{case_id}/claim")
    theirs = clause_in(other, published(other, spam(), at=clock.now() - timedelta(days=3)))
    for wrong in (
        {"terms_clause": str(theirs.id)},
        {"terms_clause": str(rules.id), "ground": GROUND},
        {},
        {"ground": f"terms:{rules.id}"},
    ):
        refused = machine("POST", f"/cases/{case_id}/decision", {"measure": "remove", **WORDS, **wrong})
        assert refused.status_code == 422, wrong
        assert not Decision.objects.exists()
    given = {"measure": "remove", "terms_clause": str(rules.id), **WORDS}
    made = machine("POST", f"/cases/{case_id}/decision", given)
    assert made.status_code == 201
    told = made.json()
    assert (told["ground_kind"], told["ground"]) == ("terms", "")
    assert (told["terms"]["item"], told["terms"]["version"], told["terms"]["digest"]) == ("3.2", 1, rules.digest)
    again = machine("GET", f"/cases/{case_id}").json()["decisions"][0]
    assert again["terms"] == told["terms"]


def test_a_decision_on_law_names_no_rules(platform: Any, machine: Caller, rules: Any) -> None:
    case_id = report(platform).case.id
    machine("POST", f"/cases/{case_id}/claim")
    told = machine("POST", f"/cases/{case_id}/decision", {"measure": "remove", "ground": GROUND, **WORDS}).json()
    assert (told["ground_kind"], told["ground"], told["terms"]) == ("law", GROUND, None)
