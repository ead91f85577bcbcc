"""How long the console's pages take at the server among very many open cases; see `million.py`, which makes them.

Each page is asked for through the whole stack (middleware, session, templates), as a signed-in person does; the network
and the browser are left out. Beside the time that passed stands the processor's time of this process and the time spent
waiting for the database, since other work may run on the machine.

    ANLANH_DATABASE_URL=postgresql://… python benchmarks/queues.py [--code trieu] [--times 40] [--explain]
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib import import_module

from anlanh.server.django_setup import setup

setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from anlanh.base.identity.models import Membership, Organisation  # noqa: E402
from anlanh.base.identity.policy import actor_for_member  # noqa: E402
from anlanh.work.casework.actions import review  # noqa: E402
from anlanh.work.casework.desk.models import Queue  # noqa: E402
from anlanh.work.casework.models import Case  # noqa: E402

AIM = 100  # milliseconds, at the 95th percentile
SEARCHES = ("lua dao", "ngân hàng", "vay nhanh giả", "tuyển dụng", "dịch bệnh bịa", "mang example", "khong co dau")


@dataclass
class Times:
    """What one page took, in milliseconds."""

    passed: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    statements: int = 0

    def line(self, name: str) -> str:
        """The figures in a row."""
        p95 = statistics.quantiles(self.passed, n=20)[-1]
        middle = [statistics.median(values) for values in (self.passed, self.processor, self.database)]
        verdict = "" if p95 < AIM else "  above the aim"
        return (
            f"{name:34} p50 {middle[0]:7.1f}  p95 {p95:7.1f}  processor {middle[1]:6.1f}  "
            f"database {middle[2]:6.1f}  statements {self.statements:3}{verdict}"
        )


def measured(ask: Callable[[], object], times: int, warm: int = 3) -> Times:
    """Asks again and again."""
    taken = Times()
    for number in range(times + warm):
        spent: list[float] = []

        def watch(
            execute: Callable, sql: str, values: object, many: bool, context: object, spent: list = spent
        ) -> object:
            begun = time.perf_counter()
            try:
                return execute(sql, values, many, context)
            finally:
                spent.append((time.perf_counter() - begun) * 1000)

        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(watch))
            begun, worked = time.perf_counter(), time.process_time()
            ask()
            passed, processor = time.perf_counter() - begun, time.process_time() - worked
        if number >= warm:
            taken.passed.append(passed * 1000)
            taken.processor.append(processor * 1000)
            taken.database.append(sum(spent))
            taken.statements = len(spent)
    return taken


def get(client: Client, path: str) -> None:
    """A page, which has to be there."""
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")


def main() -> None:
    """Measures every page and prints a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--code", default="trieu")
    parser.add_argument("--times", type=int, default=40)
    arguments = parser.parse_args()
    settings.ALLOWED_HOSTS = ["*"]
    import_module("anlanh.server.wsgi")  # sets the collector of garbage as it is while serving
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    organisation = Organisation.objects.get(code=arguments.code)
    member = Membership.objects.get(organisation=organisation, name="tất cả")
    client = Client(headers={"accept-language": "vi"})
    client.force_login(member.account)
    chance = random.Random(7)
    head = Case.objects.filter(organisation=organisation).order_by("begin_by").values_list("id", flat=True)
    some = list(head[:50]) + list(head[100_000:100_050]) or list(head[:100])
    queues = list(Queue.objects.filter(organisation=organisation).order_by("position"))
    pages: dict[str, Callable[[], object]] = {
        f"list: {view}": lambda view=view: get(client, f"/console/?view={view}")
        for view in ("unclaimed", "mine", "orders", "appeals", "all", "closed")
    }
    pages |= {
        f"queue: {queue.name}": lambda queue=queue: get(client, f"/console/?queue={queue.id}") for queue in queues
    }
    pages |= {
        "list, one category": lambda: get(client, "/console/?view=all&category=privacy"),
        "list, overdue": lambda: get(client, "/console/?view=all&state=overdue"),
        "list, due soon": lambda: get(client, "/console/?view=all&state=soon"),
        "list, on time": lambda: get(client, "/console/?view=all&state=running"),
        "list, no clock": lambda: get(client, "/console/?view=all&state=without"),
        "list, newest first": lambda: get(client, "/console/?view=all&sort=newest"),
        "list, page 20": lambda: get(client, "/console/?view=all&page=20"),
        "case": lambda: get(client, f"/console/cases/{chance.choice(some)}/"),
        "search by words": lambda: get(client, f"/console/?q={chance.choice(SEARCHES)}"),
        "search by number": lambda: get(client, f"/console/?q={Case.objects.get(id=chance.choice(some)).number}"),
        "palette": lambda: get(client, f"/console/palette/?q={chance.choice(SEARCHES)}"),
    }
    actor = actor_for_member(member)

    def take() -> None:
        case = review.claim_next(actor)
        review.release(actor, case.id)

    pages["take the next and give it back"] = take
    count = Case.objects.filter(organisation=organisation, closed_at__isnull=True).count()
    print(f"{count:,} open cases; milliseconds; aim: p95 under {AIM}")
    for name, ask in pages.items():
        print(measured(ask, arguments.times).line(name), flush=True)


if __name__ == "__main__":
    main()
