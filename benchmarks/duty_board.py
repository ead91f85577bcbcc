"""How long the duty board of an organisation with a million acts takes, from the database to judged lines.

Fills a freshly migrated PostgreSQL database in bulk: one organisation, three years of acts, clocks on a quarter of them,
every act sealed in place. Then, in one process and side by side:

    board       the program's own: counts by day, the few acts beyond them, clocks by rule, judged
    naive       the same figures straight from the tables: acts grouped by type over the period, clocks read row by row

and once: how long it takes to count the whole log anew, and to recount it from an exported log.

    python benchmarks/duty_board.py [--acts 1000000] [--runs 15] [--board-only]

PostgreSQL is looked for at ANLANH_BENCH_POSTGRESQL (default postgresql://postgres@127.0.0.1/postgres); a database of
its own is made there and dropped.
"""

import argparse
import os
import platform
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import psycopg

ADMIN_URL = os.environ.get("ANLANH_BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1/postgres")
NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)

# One case in five lines: reported, taken, confirmed, decided, carried out or left; every tenth decision takes no action.
ACTS = """
INSERT INTO acts_act (id, organisation_id, type, actor_kind, actor_ref, subject_kind, subject_id, seq, happened_at, recorded_at, leaf)
SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, %(org)s, type, 'member', NULL, 'case',
       ('01900000-0000-7000-9000-' || lpad(to_hex(n / 5), 12, '0'))::uuid, n %% 5 + 1, at, at,
       json_build_object('v', 1, 'type', type, 'subject', 'case/' || n / 5, 'seq', n %% 5 + 1, 'happened_at', at, 'recorded_at', at,
           'clauses', json_build_array('116/2025/QH15/7.2.d'), 'committed', json_build_object('facts', 'sha256:' || repeat('0', 64)),
           'clear', CASE type WHEN 'decision.made' THEN json_build_object('measure', CASE WHEN n / 5 %% 10 = 0 THEN 'no_action' ELSE 'remove' END)
                    ELSE json_build_object('category', 'fraud', 'via', 'portal') END)::text
FROM (SELECT n, (ARRAY['report.received', 'case.claimed', 'violation.confirmed', 'decision.made', 'measure.applied'])[n %% 5 + 1] AS type,
             timestamptz '2026-11-26 00:00+07' - (%(acts)s - n) * (interval '1000 days' / %(acts)s) AS at
      FROM generate_series(0, %(acts)s - 1) n) made
"""
CLOCKS = """
INSERT INTO clocks_clock (id, organisation_id, subject_kind, subject_id, rule, obligation, clause, started_at, started_by,
                          law_as_of, pack_version, due_at, stopped_at, stopped_by)
SELECT gen_random_uuid(), organisation_id, 'case', subject_id,
       CASE type WHEN 'report.received' THEN 'vn.nd147.35.8.remove' ELSE 'vn.nd147.35.5.remove' END, 'remove', '147/2024/NĐ-CP/35',
       happened_at, id, happened_at::date, '', happened_at + interval '1 day' * (1 + (type = 'report.received')::int),
       CASE WHEN happened_at > timestamptz '2026-11-25' AND random() < 0.5 THEN NULL
            ELSE happened_at + interval '1 day' * random() * 1.1 END, id
FROM acts_act WHERE type IN ('report.received', 'violation.confirmed')
"""


def main() -> None:
    """Fills, measures, prints, and drops the database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--acts", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--board-only", action="store_true", help="leave out the naive way, which takes minutes")
    arguments = parser.parse_args()
    name = f"anlanh_board_{secrets.token_hex(4)}"
    with psycopg.connect(ADMIN_URL, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            with tempfile.TemporaryDirectory() as data:
                os.environ["ANLANH_DATA"] = data
                os.environ["ANLANH_DATABASE_URL"] = f"{ADMIN_URL.rsplit('/', 1)[0]}/{name}"
                measure(arguments)
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def measure(arguments: argparse.Namespace) -> None:
    """Everything that needs Django."""
    from anlanh.server.django_setup import setup

    setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from anlanh.base import clock
    from anlanh.base.actor import system
    from anlanh.base.identity import actions
    from anlanh.reporting.board import queries
    from anlanh.reporting.board.actions import catch_up_everything
    from anlanh.reporting.board.judging import dated_types

    organisation = actions.create_organisation(code="mang", kind="licensed-social-network", name="Mạng Thử")
    actor = system(organisation.id)
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with connection.cursor() as cursor:
        filled = timed(lambda: fill(cursor, organisation.id, arguments.acts))
    print(f"filled with {arguments.acts:,} acts in {filled:.0f} s")
    counted = timed(catch_up_everything)
    print(f"counting the whole log anew: {counted:.1f} s, {arguments.acts / counted:,.0f} acts a second")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        for table in ("acts_act", "clocks_clock", "board_daycount"):
            cursor.execute(
                "SELECT reltuples::bigint, pg_size_pretty(pg_total_relation_size(oid)) FROM pg_class WHERE relname = %s",
                [table],
            )
            print(f"{table}: {cursor.fetchone()}")
    with clock.set_to(NOW):
        periods = {
            "a quarter": queries.period_of(date(2026, 7, 1), date(2026, 9, 30), NOW),
            "the year": queries.this_year(),
            "three years": queries.period_of(date(2024, 1, 1), date(2026, 12, 31), NOW),
        }
        kind = organisation.kind
        for title, period in periods.items():
            ours = median(lambda period=period: queries.board_of(actor, period), arguments.runs)
            if arguments.board_only:
                print(f"{title:12} board {ours * 1000:7.1f} ms")
                continue
            asked = dated_types(queries.pack(), kind, period)
            assert naive(organisation.id, period, asked) == told(queries.facts_of(actor, period, kind)), (
                "the figures differ"
            )
            theirs = median(lambda period=period, asked=asked: naive(organisation.id, period, asked), 3)
            print(
                f"{title:12} board {ours * 1000:7.1f} ms   naive {theirs * 1000:8.1f} ms   {theirs / ours:5.1f} times"
            )


def fill(cursor: object, organisation_id: object, acts: int) -> None:
    """Acts, their places in the log, and clocks."""
    cursor.execute(ACTS, {"org": organisation_id, "acts": acts})
    cursor.execute(
        "INSERT INTO ledger_log (id, size) SELECT %s, count(*) FROM acts_act ON CONFLICT (id) DO UPDATE SET size = excluded.size",
        [organisation_id],
    )
    cursor.execute(
        "INSERT INTO ledger_leaf (act_id, log_id, position) SELECT id, organisation_id, row_number() OVER (ORDER BY recorded_at, id) - 1 FROM acts_act"
    )
    cursor.execute("DELETE FROM ledger_pending")
    cursor.execute(CLOCKS)


def naive(organisation_id: object, period: object, asked: tuple[str, ...]) -> tuple:
    """The figures without counts: acts grouped over the period, clocks one by one."""
    from django.db.models import Count

    from anlanh.base.acts.models import Act
    from anlanh.base.clocks.models import Clock
    from anlanh.reporting.board.recounting import Span, clock_counts

    acts = Act.objects.filter(organisation_id=organisation_id, happened_at__lte=period.ends_at)
    ever = dict(acts.order_by().values_list("type").annotate(Count("id")))
    within = acts.filter(happened_at__gte=period.begins_at)
    found = dict(within.order_by().values_list("type").annotate(Count("id")))
    for act in within.filter(type__in=("decision.made", "appeal.decided")).iterator():
        act.clear.get("measure")
    clocks = Clock.objects.filter(organisation_id=organisation_id).iterator()
    spans = [Span(row.rule, row.obligation, row.started_at, row.due_at, "", row.stopped_at) for row in clocks]
    return found, ever, clock_counts(spans, period)


def told(facts: object) -> tuple:
    """The program's facts in the same form."""
    by_type: dict[str, int] = {}
    for (name, _), number in facts.acts.items():
        by_type[name] = by_type.get(name, 0) + number
    return by_type, dict(facts.acts_ever), facts.clocks


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def median(work: Callable[[], object], runs: int) -> float:
    """The median of several runs, after one to warm up."""
    work()
    return statistics.median(timed(work) for _ in range(runs))


if __name__ == "__main__":
    main()
