"""How many rows a second a register is brought in at: read and checked, then written as one import.

A workbook of open reports, each of a page nobody knew, is brought in on a freshly migrated database, on PostgreSQL and
on SQLite. Beside it, in the same run: `read, whole workbook` is openpyxl as it is used most, loading the workbook and
reading its cells, with nothing checked; `written one by one` is the action of the form, a transaction a report.

    python benchmarks/importing.py [--rows 10000] [--only postgresql|sqlite]
"""

import argparse
import json
import subprocess
import sys

from intake import fresh_database

MEASURE = """
import io, json, sys, time
from anlanh.server.django_setup import setup
setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
import openpyxl
from anlanh.base.identity import actions as identity
from anlanh.base.identity.policy import actor_for_member, public_actor
from anlanh.work.casework.actions.intake import ReportInput, file_report
from anlanh.work.casework.importing import actions, queries
from anlanh.work.casework.importing.models import Import

rows, singles = int(sys.argv[1]), 500
organisation = identity.create_organisation(code="mang", kind="licensed-social-network", name="Mạng Thử")
admin = actor_for_member(identity.found_administrator(organisation, "a@mang.example", "Quản trị", "mat-khau-du-dai"))
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet()
sheet.append(["Mã đơn", "Ngày nhận", "Họ tên", "Link", "Lĩnh vực", "Nội dung"])
for n in range(rows):
    link = f"https://mang.example/bai/{n}"
    sheet.append([f"D-{n}", "20/11/2025 9h30", f"Người {n}", link, "Lừa đảo", f"Trang thứ {n} lừa tiền đặt cọc."])
out = io.BytesIO()
book.save(out)

def timed(work):
    begun = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begun

def whole():
    loaded = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    return [[cell.value for cell in row] for row in loaded.active.iter_rows()]

_, read_whole = timed(whole)
out.seek(0)
source = actions.choose_file(admin, "reports", "so.xlsx", out)
plan, checked = timed(lambda: queries.plan(admin, source.id))
assert sum(1 for each in plan if each.outcome == "ready") == rows
actions.run(admin, source.id)
_, written = timed(lambda: actions.work_on(organisation.id, source.id))
assert Import.objects.get(id=source.id).totals["opened"] == rows
public = public_actor(organisation.id)
def one_by_one():
    for n in range(singles):
        file_report(public, organisation.id, ReportInput(f"https://khac.example/{n}", "fraud", "Lừa tiền đặt cọc."))
_, single = timed(one_by_one)
print(json.dumps({
    "read, whole workbook": rows / read_whole,
    "read and checked": rows / checked,
    "read, checked and written": rows / written,
    "written one by one": singles / single,
}))
"""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="How many rows a second an import takes.")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--only", choices=["postgresql", "sqlite"])
    arguments = parser.parse_args()
    for vendor in [arguments.only] if arguments.only else ["postgresql", "sqlite"]:
        with fresh_database(vendor) as environment:
            command = [sys.executable, "-c", MEASURE, str(arguments.rows)]
            done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        rates = json.loads(done.stdout.splitlines()[-1])
        print(f"{vendor}, {arguments.rows} rows")
        for name, rate in rates.items():
            print(f"  {name:28}{rate:10.0f} rows/s")
        ratio = rates["read, checked and written"] / rates["written one by one"]
        print(f"  an import is {ratio:.1f} times as fast as one report after the other")


if __name__ == "__main__":
    main()
