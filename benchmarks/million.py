"""An organisation with very many open cases, made by the program's own actions: every case with its acts and clocks.

Reports come in the way a register is brought in (`bring_in_reports`), a thousand a transaction, with titles for a tenth
of the pages and one order for each hundred cases. Then the log is sealed, exported, and verified by the command.

    ANLANH_DATABASE_URL=postgresql://… python benchmarks/million.py [--cases 1000000] [--code trieu] [--verify]

Run again it goes on where it stopped. `queues.py` measures what was made.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from anlanh.server.django_setup import setup

setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from anlanh.base import clock  # noqa: E402
from anlanh.base.acts.models import Act  # noqa: E402
from anlanh.base.acts.sealing import seal_everything  # noqa: E402
from anlanh.base.identity import actions as identity  # noqa: E402
from anlanh.base.identity.models import Membership, Organisation  # noqa: E402
from anlanh.base.identity.policy import ROLES, actor_for_member  # noqa: E402
from anlanh.work.casework.actions.intake import bring_in_reports  # noqa: E402
from anlanh.work.casework.actions.orders import OrderInput  # noqa: E402
from anlanh.work.casework.actions.orders import checked as checked_order  # noqa: E402
from anlanh.work.casework.actions.report_input import ReportInput, checked  # noqa: E402
from anlanh.work.casework.categories import CATEGORIES  # noqa: E402
from anlanh.work.casework.desk import actions as desk  # noqa: E402
from anlanh.work.casework.desk.plans import Plan, Rule  # noqa: E402
from anlanh.work.casework.importing.bulk_orders import bring_in_orders  # noqa: E402
from anlanh.work.casework.models import Case  # noqa: E402
from anlanh.work.registry.actions import PageInput, put_pages  # noqa: E402

PASSWORD = "mat-khau-du-dai-2026"  # noqa: S105 (of people who exist in a benchmark alone)
BATCH = 1000
SPREAD = timedelta(days=40)
WORDS = [
    "lừa",
    "đảo",
    "trúng",
    "thưởng",
    "vay",
    "nhanh",
    "giả",
    "mạo",
    "ngân",
    "hàng",
    "công",
    "an",
    "bịa",
    "đặt",
    "dịch",
    "bệnh",
    "thuốc",
    "gia",
    "truyền",
    "cá",
    "độ",
    "bóng",
    "đá",
    "xúc",
    "phạm",
    "danh",
    "dự",
    "đăng",
    "ảnh",
    "riêng",
    "tư",
    "tiền",
    "điện",
    "tử",
    "sàn",
    "quyền",
    "chợ",
    "tỉnh",
    "huyện",
    "phường",
    "trường",
    "học",
    "bệnh",
    "viện",
    "đường",
    "dây",
    "tuyển",
    "dụng",
    "việc",
    "làm",
    "tại",
    "nhà",
    "hoa",
    "hồng",
    "cộng",
    "tác",
    "viên",
    "thẻ",
    "cào",
    "nạp",
    "game",
    "quà",
    "tặng",
    "miễn",
    "phí",
    "khuyến",
    "mãi",
    "sốc",
]


def found(code: str) -> Organisation:
    """The organisation with a person for each role, one who holds all, and three queues with their rules."""
    known = Organisation.objects.filter(code=code).first()
    if known:
        return known
    organisation = identity.create_organisation(code=code, kind="licensed-social-network", name="Mạng Một Triệu")
    admin = actor_for_member(identity.found_administrator(organisation, f"admin@{code}.example", "Quản Trị", PASSWORD))
    for role in [*ROLES, "tất cả"]:
        roles = [role] if role in ROLES else sorted(ROLES)
        name = role.replace("_", "-").replace("tất cả", "tat-ca")
        _, token = identity.invite(admin, f"{name}@{code}.example", role, roles)
        identity.accept_invitation(token, role, PASSWORD)
    fraud, child, news = (
        desk.write_queue(admin, desk.QueueInput(name=name, position=at))
        for at, name in enumerate(("Lừa đảo", "Trẻ em", "Tin giả"))
    )
    rules = (
        Rule(queue=child.id, child=True),
        Rule(queue=fraud.id, category="fraud"),
        Rule(queue=news.id, category="false_information", kind="report"),
    )
    desk.write_plan(admin, Plan(rules=rules))
    return organisation


def reports(chance: random.Random, start: int, count: int) -> Iterator[tuple[ReportInput, PageInput | None]]:
    """Reports of pages nobody reported before, and for a tenth what the register knows of the page."""
    moment, categories = clock.now(), [*CATEGORIES]
    for number in range(start, start + count):
        words = chance.sample(WORDS, 5)
        address = f"https://mang.example/nguoi{chance.randrange(200_000)}/{'-'.join(words[:3])}-{number}"
        page = None
        if number % 10 == 0:
            holder = f"https://mang.example/nguoi{start // 1_000_000_000}-{chance.randrange(100_000)}"
            page = PageInput(address, title=" ".join(words).capitalize(), holder_address=holder, holder_name=words[0])
        category = chance.choices(categories, [1, *[10] * (len(categories) - 1)])[0]
        happened_at = moment - timedelta(seconds=chance.random() * SPREAD.total_seconds())
        given = ReportInput(
            address,
            category,
            f"Trang này {' '.join(words)}, đề nghị xem giúp.",
            via="letter",
            happened_at=happened_at,
            backdating_reason="Chuyển từ hệ thống cũ.",
        )
        yield given, page


def orders(chance: random.Random, start: int, count: int) -> Iterator[OrderInput]:
    """Orders of an office about pages nobody knew before."""
    for number in range(start, start + count):
        yield OrderInput(
            address=f"https://mang.example/lenh/{number}",
            office="Sở Thử nghiệm",
            number=f"{number}/STN",
            signed_by="",
            words="Đề nghị gỡ nội dung tại địa chỉ nêu trên.",
            clause="147/2024/NĐ-CP/36.1",
            channel="document",
            received_at=clock.now() - timedelta(hours=chance.random() * 40),
            emergency=chance.random() < 0.05,
            category="fraud",
            document_id=None,
            backdating_reason="Chuyển từ sổ cũ.",
        )


def fill(organisation: Organisation, first: int, cases: int) -> None:
    """Brings in that many cases, numbered from the first on."""
    everybody = actor_for_member(Membership.objects.get(organisation=organisation, name="tất cả"))
    chance, begun, made = random.Random(first), time.perf_counter(), 0
    while made < cases:
        pairs = list(reports(chance, first + made, min(BATCH, cases - made)))
        with transaction.atomic():
            put_pages(everybody, [page for _, page in pairs if page])
            good = [checked(everybody, given, clock.now(), from_register=True) for given, _ in pairs]
            bring_in_reports(everybody, organisation, good)
            bring_in_orders(
                everybody, organisation, [checked_order(o) for o in orders(chance, first + made, BATCH // 100)]
            )
        made += len(pairs) + BATCH // 100
        if made // 10_000 != (made - BATCH) // 10_000:
            print(f"{made:,} cases, {made / (time.perf_counter() - begun):,.0f}/s", file=sys.stderr, flush=True)


def fill_side_by_side(organisation: Organisation, cases: int, processes: int) -> None:
    """Fills up to a number of cases, each process a part of what is missing."""
    there = Case.objects.filter(organisation=organisation).count()
    share = max(0, cases - there) // processes
    if share:
        command = [sys.executable, __file__, "--code", organisation.code, "--part"]
        parts = [
            subprocess.Popen([*command, str(number * 1_000_000_000 + there), "--cases", str(share)])
            for number in range(processes)
        ]
        ended = [part.wait() for part in parts]
        if any(ended):
            raise SystemExit("a process failed")


def seal() -> None:
    """Gives every act its leaf, and says how fast."""
    begun, sealed = time.perf_counter(), seal_everything()
    print(f"sealed {sealed:,} acts in {time.perf_counter() - begun:,.0f} s", file=sys.stderr, flush=True)


def verify(code: str) -> None:
    """Exports the log and verifies it with the command, which knows no database."""
    with tempfile.TemporaryDirectory() as folder:
        path, command = Path(folder) / f"{code}.ledger", [sys.executable, "-m", "anlanh.server.cli", "ledger"]
        subprocess.run([*command, "export", str(path), "--org", code], check=True)
        begun = time.perf_counter()
        subprocess.run([*command, "verify", str(path)], check=True)
        print(f"verified {path.stat().st_size / 1e6:,.0f} MB in {time.perf_counter() - begun:,.0f} s")


def main() -> None:
    """Makes, seals, and verifies where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--code", default="trieu")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--part", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--verify", action="store_true", help="export the log and verify it")
    arguments = parser.parse_args()
    if arguments.part is not None:
        fill(Organisation.objects.get(code=arguments.code), arguments.part, arguments.cases)
        return
    call_command("migrate", verbosity=0)
    organisation = found(arguments.code)
    fill_side_by_side(organisation, arguments.cases, arguments.processes)
    seal()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    acts, cases = Act.objects.count(), Case.objects.filter(organisation=organisation, closed_at__isnull=True).count()
    print(f"{cases:,} open cases, {acts:,} acts")
    if arguments.verify:
        verify(arguments.code)


if __name__ == "__main__":
    main()
