"""How long 1,000 subjects take to be decided together, on one ground with one measure, each with its own letters and acts.

What the person waits for is the page that starts it; the worker then decides case after case through the same action
as alone. Beside it, in the same run: `one by one`, the same action for cases that nobody grouped, which is the least
that any way of deciding them must cost. Runs in the database that `million.py` made, and uses its cases up.

    ANLANH_DATABASE_URL=postgresql://… python benchmarks/deciding.py [--code trieu] [--subjects 1000] [--singles 100]
"""

import argparse
import time
import uuid

from anlanh.server.django_setup import setup

setup()

from anlanh.base.actor import Actor  # noqa: E402
from anlanh.base.identity.models import Membership, Organisation  # noqa: E402
from anlanh.base.identity.policy import actor_for_member  # noqa: E402
from anlanh.ledger.merkle import leaf_hash, verify_inclusion  # noqa: E402
from anlanh.work.casework.actions import review  # noqa: E402
from anlanh.work.casework.actions.decide import DecisionInput, decide  # noqa: E402
from anlanh.work.casework.grouping import actions as grouping  # noqa: E402
from anlanh.work.casework.grouping import queries  # noqa: E402
from anlanh.work.casework.models import Case  # noqa: E402

GIVEN = DecisionInput(
    ground="116/2025/QH15/7.2.d",
    measure="remove",
    facts="Trang mời đặt cọc rồi cắt liên lạc.",
    subject_fact="Trang ghi số tài khoản nhận tiền.",
)


def open_cases(organisation: Organisation, count: int) -> list[uuid.UUID]:
    """Unclaimed cases of fraud that reports made."""
    cases = Case.objects.filter(
        organisation=organisation, category="fraud", kind="report", phase="received", claimed_by__isnull=True
    )
    found = list(cases.order_by("-begin_by").values_list("id", flat=True)[:count])
    if len(found) < count:
        raise SystemExit(f"{organisation.code} has only {len(found)} such cases left; run million.py")
    return found


def one_by_one(actor: Actor, cases: list[uuid.UUID]) -> float:
    """Seconds for each to be taken and decided alone."""
    begun = time.perf_counter()
    for case_id in cases:
        review.claim(actor, case_id)
        decide(actor, case_id, GIVEN)
    return time.perf_counter() - begun


def together(actor: Actor, cases: list[uuid.UUID]) -> tuple[float, float, float]:
    """Seconds until the person goes on, until all are decided, and until a proof of one of them is read and checked."""
    begun = time.perf_counter()
    group = grouping.decide_together(actor, cases, GIVEN, {})
    waited = time.perf_counter() - begun
    for start in range(0, len(cases), grouping.WHILE_WAITING):
        grouping.work_on(group.organisation_id, group.id, start)
    whole = time.perf_counter() - begun
    group.refresh_from_db()
    if group.totals["decided"] != len(cases):
        raise SystemExit(f"not all were decided: {group.totals}")
    begun = time.perf_counter()
    proof = queries.proof(actor, group.id, len(cases) // 2)
    path = [bytes.fromhex(step) for step in proof.path]
    if not verify_inclusion(
        leaf_hash(proof.leaf.encode()), proof.position, proof.size, path, bytes.fromhex(group.root)
    ):
        raise SystemExit("the proof does not verify")
    return waited, whole, time.perf_counter() - begun


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--code", default="trieu")
    parser.add_argument("--subjects", type=int, default=grouping.MOST_CASES)
    parser.add_argument("--singles", type=int, default=100)
    arguments = parser.parse_args()
    organisation = Organisation.objects.get(code=arguments.code)
    actor = actor_for_member(Membership.objects.get(organisation=organisation, name="tất cả"))
    cases = open_cases(organisation, arguments.subjects + arguments.singles)
    alone = one_by_one(actor, cases[: arguments.singles]) / arguments.singles
    waited, whole, proving = together(actor, cases[arguments.singles :])
    each = whole / arguments.subjects
    print(f"one by one: {alone * 1000:.1f} ms a case")
    print(f"{arguments.subjects:,} together: the person waits {waited:.2f} s; all decided after {whole:.1f} s,")
    print(
        f"    {each * 1000:.1f} ms a case, {each / alone:.2f} × one by one; a proof read and checked in {proving:.2f} s"
    )


if __name__ == "__main__":
    main()
