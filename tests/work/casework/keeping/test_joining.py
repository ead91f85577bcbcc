"""Photographs of a paper become one document; each is kept as it was taken, and the act names all digests."""

import io

import pypdfium2
import pytest

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.files.models import StoredFile
from anlanh.base.files.store import open_file
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.actions import orders
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.keeping import joining
from anlanh.work.casework.keeping.joining import PageInput
from anlanh.work.casework.keeping.models import JoinedPages
from anlanh.work.casework.models import Case, Order
from tests.base.files.test_drawing import MARK, photograph
from tests.builders import Office
from tests.work.casework.steps_of import order_input

pytestmark = pytest.mark.django_db


def photographs(*sizes: tuple[int, int]) -> list[tuple[str, io.BytesIO]]:
    return [(f"trang-{at}.jpg", io.BytesIO(photograph("JPEG", *size))) for at, size in enumerate(sizes, start=1)]


def entered(office: Office, *sizes: tuple[int, int]) -> Case:
    given = order_input(office, document_id=None)
    return joining.enter_with_photographs(office.actor("officer"), given, photographs(*(sizes or ((120, 160),) * 3)))


def pages_of(stored: StoredFile) -> list[tuple[int, int]]:
    """Width and height of the pages of a document, in points."""
    with open_file(stored) as stream:
        content = stream.read()
    assert MARK not in content
    assert b"pdfaid:part>2" in content
    return [tuple(map(round, page.get_size())) for page in pypdfium2.PdfDocument(content)]


UPRIGHT, ACROSS = (595, 842), (842, 595)


def near(size: tuple[int, int], wanted: tuple[int, int]) -> bool:
    return (size[0] > size[1]) == (wanted[0] > wanted[1]) and max(size) <= 843


def test_they_are_joined_in_their_order_and_kept_as_they_were(platform: Office) -> None:
    case = entered(platform, (120, 160), (160, 120))
    order = Order.objects.get(case=case)
    first, second = pages_of(order.document)
    assert near(first, UPRIGHT)
    assert near(second, ACROSS)
    originals = joining.photographs_of(platform.actor("officer"), case.id)
    assert [stored.name for stored in originals] == ["trang-1.jpg", "trang-2.jpg"]
    with open_file(originals[0]) as stream:
        assert MARK in stream.read(), "an original keeps all that it came with"
    act = Act.objects.get(subject_id=case.id, type="order.pages_joined")
    assert act.clear == {
        "sha256": order.document.sha256,
        "pages": 2,
        "originals": [stored.sha256 for stored in originals],
    }
    received = Act.objects.get(subject_id=case.id, type="order.received")
    assert received.clear["document_sha256"] == order.document.sha256
    assert case.evidence.count() == 3


def test_pages_are_put_in_another_order_turned_left_out_and_added(platform: Office) -> None:
    officer, case = platform.actor("officer"), entered(platform)
    before = Order.objects.get(case=case).document
    one, two, three = joining.photographs_of(officer, case.id)
    joining.rejoin(officer, case.id, [PageInput(three.id, 90), PageInput(one.id)], photographs((50, 50)))
    order = Order.objects.get(case=case)
    assert order.document != before
    sizes = pages_of(order.document)
    assert len(sizes) == 3
    assert near(sizes[0], ACROSS), "turned by a quarter"
    assert near(sizes[1], UPRIGHT)
    assert two in joining.photographs_of(officer, case.id), "what is left out is kept"
    assert JoinedPages.objects.filter(case=case, replaced_at__isnull=True).count() == 1
    assert Act.objects.filter(subject_id=case.id, type="order.pages_joined").count() == 2
    assert StoredFile.objects.filter(id=before.id).exists()


def test_what_is_no_photograph_is_refused_and_leaves_nothing(platform: Office) -> None:
    officer, given = platform.actor("officer"), order_input(platform, document_id=None)
    before = StoredFile.objects.count()

    def enter(name: str, content: bytes) -> None:
        joining.enter_with_photographs(officer, given, [*photographs((9, 9)), (name, io.BytesIO(content))])

    heic = b"\0\0\0\x18ftypheic" + b"\0" * 50
    for name, content, said in (("a.heic", heic, "JPEG hoặc PNG"), ("a.txt", b"chu", "không dựng được")):
        with pytest.raises(BadInput, match=said) as refusal:
            enter(name, content)
        assert refusal.value.where == name
    with pytest.raises(secrecy.Secret):
        enter("cong-van-toi-mat.jpg", photograph("JPEG", 9, 9))
    assert StoredFile.objects.count() == before
    assert not Case.objects.exists()


def test_only_pages_of_this_order_and_only_before_it_is_verified(platform: Office, other: Office) -> None:
    officer, case = platform.actor("officer"), entered(platform)
    one, *_rest = joining.photographs_of(officer, case.id)
    strange = joining.photographs_of(other.actor("officer"), entered(other).id)[0]
    for pages in ([PageInput(strange.id)], [PageInput(one.id), PageInput(one.id)], [], [PageInput(one.id, 45)]):
        with pytest.raises(BadInput):
            joining.rejoin(officer, case.id, pages)
    with pytest.raises(NotFound):
        joining.rejoin(other.actor("officer"), case.id, [PageInput(one.id)])
    with pytest.raises(NotAllowed):
        joining.rejoin(platform.actor("inspector"), case.id, [PageInput(one.id)])
    orders.verify_order(platform.actor("verifier"), case.id, "Đã gọi lại.")
    with pytest.raises(BadInput, match="đã được xác minh"):
        joining.rejoin(officer, case.id, [PageInput(one.id)])
