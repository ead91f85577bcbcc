"""Bringing in a register through the pages: file, columns, what each row becomes, what became of it, and back."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anlanh.base import clock
from anlanh.server.worker import drain
from anlanh.work.casework.importing.models import Import, ImportMapping
from anlanh.work.casework.models import Case
from anlanh.work.registry.models import Page
from tests.builders import Office
from tests.work.casework.importing import ugly
from tests.work.casework.importing.test_ugly_registers import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> object:
    """The registers are of November 2026."""
    with clock.set_to(NOW):
        yield


def sent(person: Client, kind: str, name: str, content: bytes) -> Import:
    """A file sent through the form."""
    answer = person.post("/console/import/", {"kind": kind, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get(id=answer.url.split("/")[3])


def columns_of(source: Import) -> dict[str, object]:
    """The form of columns as it is shown."""
    return {f"column_{name}": place for name, place in source.columns.items()}


def test_from_the_file_to_the_cases_and_back(platform: Office, signed_in: Callable[..., Client]) -> None:
    person = signed_in(platform, "registrar")
    source = sent(person, "reports", "đơn.xlsx", ugly.complaints())
    shown = person.get(f"/console/import/{source.id}/").content.decode()
    assert "Kênh tiếp nhận" in shown
    form = columns_of(source) | {"sheet": 1, "default_category": "other", "default_via": "letter", "save_as": "Tổ trực"}
    answer = person.post(f"/console/import/{source.id}/", form)
    assert answer.url == f"/console/import/{source.id}/check/"
    shown = person.get(answer.url).content.decode()
    assert "“tuần trước”" in shown
    assert not Case.objects.exists()
    told = person.get(f"/console/import/{source.id}/results/").content.decode("utf-8-sig").splitlines()
    assert len(told) == 1 + 9
    person.post(f"/console/import/{source.id}/run/")
    assert Case.objects.count() == 3
    shown = person.get(f"/console/import/{source.id}/?outcome=refused").content.decode()
    assert "phong thủy" in shown
    person.post(f"/console/import/{source.id}/undo/")
    assert not Case.objects.exists()
    assert ImportMapping.objects.get().name == "Tổ trực"


def test_a_kept_mapping_reads_the_next_file(platform: Office, signed_in: Callable[..., Client]) -> None:
    person = signed_in(platform, "registrar")
    odd = "Cột A;Cột B;Cột C\nhttps://mang.example/x;1/11/2026;Lừa tiền.\n".encode()
    source = sent(person, "reports", "la.csv", odd)
    assert source.columns == {}
    form = {"column_address": 0, "column_received_at": 1, "column_text": 2, "save_as": "Sổ lạ"}
    person.post(f"/console/import/{source.id}/", form | {"default_category": "fraud", "default_via": "phone"})
    again = sent(person, "reports", "la-2.csv", odd.replace(b"/x", b"/y"))
    assert again.columns == {"address": 0, "received_at": 1, "text": 2}
    assert again.defaults == {"category": "fraud", "via": "phone"}
    person.post(f"/console/import/{again.id}/run/")
    assert Case.objects.get().category == "fraud"


def test_a_long_register_is_the_workers(platform: Office, signed_in: Callable[..., Client]) -> None:
    person = signed_in(platform, "registrar")
    rows = "".join(f"https://mang.example/{n};2/11/2026;Lừa lần {n}.\n" for n in range(620))
    source = sent(person, "reports", "dai.csv", ("link;ngày nhận;nội dung\n" + rows).encode())
    person.post(f"/console/import/{source.id}/run/")
    assert Case.objects.count() == 0
    shown = person.get(f"/console/import/{source.id}/").content.decode()
    assert 'max="620"' in shown
    drain()
    source.refresh_from_db()
    assert (source.state, source.totals["opened"], Case.objects.count()) == ("done", 620, 620)
    assert source.items.count() == 620


def test_a_file_that_cannot_be_read_is_told_in_the_form(platform: Office, signed_in: Callable[..., Client]) -> None:
    person = signed_in(platform, "registrar")
    upload = SimpleUploadedFile("so.xlsx", b"%PDF-1.4 khong phai so")
    answer = person.post("/console/import/", {"kind": "reports", "file": upload})
    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_what_is_open_goes_out_and_comes_in_again(platform: Office, signed_in: Callable[..., Client]) -> None:
    person = signed_in(platform, "registrar")
    source = sent(person, "pages", "trang.csv", ugly.sites("vni"))
    person.post(f"/console/import/{source.id}/run/")
    before = {(page.address, page.title, page.kind) for page in Page.objects.all()}
    taken = person.get("/console/import/export/?kind=pages").content
    person.post(f"/console/import/{source.id}/undo/")
    again = sent(person, "pages", "lai.csv", taken)
    person.post(f"/console/import/{again.id}/run/")
    assert {(page.address, page.title, page.kind) for page in Page.objects.all()} == before


def test_formulas_in_exports_are_text(platform: Office, signed_in: Callable[..., Client]) -> None:
    person = signed_in(platform, "registrar")
    source = sent(person, "pages", "xau.csv", b"link,title\nhttps://xau.example/,=cmd|' /C calc'!A0\n")
    person.post(f"/console/import/{source.id}/run/")
    taken = person.get("/console/import/export/?kind=pages").content.decode("utf-8-sig")
    assert "'=cmd" in taken


def test_others_bring_in_nothing(platform: Office, signed_in: Callable[..., Client]) -> None:
    person = signed_in(platform, "moderator")
    assert person.get("/console/import/").status_code == 403
    upload = {"kind": "reports", "file": io.BytesIO(b"a,b\n1,2\n")}
    assert person.post("/console/import/", upload).status_code == 403
    assert person.get("/console/import/export/?kind=reports").status_code == 403
