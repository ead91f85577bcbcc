"""Many cases decided together: each by itself under the same rules, one act with a proof for each."""

import uuid

import pytest

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.ledger.merkle import leaf_hash, verify_inclusion
from anlanh.primitives.errors import BadInput
from anlanh.server.worker import drain
from anlanh.work.casework.actions import review
from anlanh.work.casework.grouping import actions, queries
from anlanh.work.casework.grouping.actions import decide_together
from anlanh.work.casework.models import Case, Decision, Notice
from anlanh.work.registry.actions import PageInput, put_page
from tests.builders import Office
from tests.work.casework.steps_of import decision_input, report


def cases_of(office: Office, count: int, holder: str = "") -> list[Case]:
    """Reported pages of one account."""
    found = []
    for number in range(count):
        address = f"https://nhom.example/bai/{number}"
        put_page(office.actor("registrar"), PageInput(address, title="Trúng thưởng", holder_address=holder))
        found.append(report(office, address=address).case)
    return found


def test_each_case_gets_its_own_decision_and_the_whole_one_act(platform: Office) -> None:
    moderator, cases = platform.actor("moderator"), cases_of(platform, 4)
    review.claim(platform.actor("second"), cases[3].id)
    own = {cases[0].id: "Bài này ghi số tài khoản 0123."}
    group = decide_together(moderator, [case.id for case in cases], decision_input(), own)
    assert group.totals == {"decided": 3, "proposed": 0, "left": 1}
    decisions = {decision.case_id: decision for decision in Decision.objects.all()}
    assert decisions[cases[0].id].subject_fact == own[cases[0].id]
    assert decisions[cases[1].id].subject_fact == decision_input().subject_fact
    assert Notice.objects.filter(role="affected").count() == 3
    left = queries.items(moderator, group.id).get(outcome="left")
    assert left.case_id == cases[3].id
    assert left.fault
    assert Case.objects.get(id=cases[3].id).claimed_by == platform.members["second"].ref, "what can't be decided stays"
    act = Act.objects.get(type="group.decided")
    assert act.clear["root"] == group.root
    assert (act.clear["items"], act.clear["decided"], act.clear["left"]) == (4, 3, 1)
    for position in range(len(cases)):
        proof = queries.proof(moderator, group.id, position)
        path = [bytes.fromhex(step) for step in proof.path]
        root = bytes.fromhex(act.clear["root"])
        assert verify_inclusion(leaf_hash(proof.leaf.encode()), proof.position, proof.size, path, root)


def test_many_are_decided_by_the_worker_in_parts(platform: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "WHILE_WAITING", 2)
    moderator, cases = platform.actor("moderator"), cases_of(platform, 5)
    group = decide_together(moderator, [case.id for case in cases], decision_input("no_action"), {})
    assert group.finished_at is None
    drain()
    group.refresh_from_db()
    assert group.totals == {"decided": 5, "proposed": 0, "left": 0}
    actions.work_on(group.organisation_id, group.id, 0)
    assert Decision.objects.count() == 5
    assert Act.objects.filter(type="group.decided").count() == 1


def test_what_needs_a_second_person_is_proposed(platform: Office) -> None:
    moderator, cases = platform.actor("moderator"), cases_of(platform, 2, "https://nhom.example/chu")
    group = decide_together(moderator, [case.id for case in cases], decision_input("end_account"), {})
    assert group.totals["proposed"] == 2


@pytest.mark.parametrize(
    ("fields", "where"),
    [({"subject_fact": " "}, "subject_fact"), ({"facts": ""}, "facts"), ({"measure": "shout"}, "measure")],
)
def test_what_lacks_a_fact_is_refused_as_a_whole(platform: Office, fields: dict, where: str) -> None:
    cases = cases_of(platform, 2)
    with pytest.raises(BadInput) as refusal:
        decide_together(platform.actor("moderator"), [case.id for case in cases], decision_input(**fields), {})
    assert refusal.value.where == where
    assert not Decision.objects.exists()


def test_nobody_decides_what_they_may_not(platform: Office, other: Office) -> None:
    cases = cases_of(platform, 1)
    with pytest.raises(NotAllowed):
        decide_together(platform.actor("inspector"), [cases[0].id], decision_input(), {})
    for stranger, asked in ((other.actor("moderator"), cases[0].id), (platform.actor("moderator"), uuid.uuid4())):
        with pytest.raises(NotFound):
            decide_together(stranger, [asked], decision_input(), {})
    with pytest.raises(BadInput):
        decide_together(platform.actor("moderator"), [], decision_input(), {})


def test_what_differs_is_shown(platform: Office) -> None:
    moderator = platform.actor("moderator")
    cases = cases_of(platform, 2, "https://nhom.example/chu")
    far = report(platform, category="privacy").case
    alone = queries.comparison(moderator, [case.id for case in cases])
    assert alone.shared["domain"] == "nhom.example"
    assert alone.differing == []
    mixed = queries.comparison(moderator, [cases[0].id, far.id])
    assert {"domain", "category", "account"} <= set(mixed.differing)
    for like in ("account", "domain", "title"):
        found = queries.alike(moderator, cases[0].id, like)
        assert {case.id for case in found} == {case.id for case in cases}, like
