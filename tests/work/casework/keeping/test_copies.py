"""What a reporter sent reaches the person affected as a copy from which the reporter was removed, or not at all."""

import io
import json
import zipfile
from typing import Any

import pytest

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.keys import verify_key
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.base.acts.sealing import seal_everything
from anlanh.base.files.blackening import BLACK, Span
from anlanh.base.files.drawing import Place
from anlanh.base.files.models import StoredFile
from anlanh.base.files.store import keep, open_file
from anlanh.base.identity.policy import public_actor
from anlanh.ledger import case_file
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.actions import protection
from anlanh.work.casework.actions.intake import Filed
from anlanh.work.casework.keeping import actions, case_files, copies
from anlanh.work.casework.keeping.copies import TextPlaces
from anlanh.work.casework.keeping.models import Copy
from anlanh.work.casework.models import Case
from tests.base.files.test_cleaning import workbook_file
from tests.base.files.test_drawing import MARK, pdf_of, photograph
from tests.builders import Office
from tests.work.casework.keeping.test_case_file import affected
from tests.work.casework.steps_of import decided, report

pytestmark = pytest.mark.django_db

CORNER = Place(1, 0.1, 0.1, 0.3, 0.3)
TEXT = "Người báo: Lê Thị Mận\nBị lừa 2 triệu.\n"


def reported(office: Office, name: str, content: bytes) -> tuple[Filed, Case, StoredFile]:
    """A case in which a reporter sent a file."""
    stored = keep(public_actor(office.organisation.id), name, io.BytesIO(content))
    filed = report(office, file_ids=(stored.id,))
    return filed, filed.case, stored


def taken(office: Office, case: Case) -> tuple[dict[str, bytes], dict[str, Any]]:
    """What the person affected takes home: files by name, and the manifest."""
    seal_everything()
    content = case_files.take(*affected(case))
    assert case_file.verify(io.BytesIO(content), verify_key(office.organisation.code)).ok
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return files, json.loads(files["manifest.json"])


def test_only_the_copy_enters_the_case_file(platform: Office) -> None:
    filed, case, original = reported(platform, "man-hinh-cua-man.jpg", photograph("JPEG"))
    moderator = platform.actor("moderator")
    copy = copies.redact(moderator, case.id, original.id, [CORNER])
    decided(platform, filed)
    files, manifest = taken(platform, case)
    (entry,) = [one for one in manifest["files"] if one["what"] == "relied_on_redacted"]
    assert entry["sha256"] == copy.file.sha256 != original.sha256
    assert MARK not in files[entry["name"]]
    whole = b"\n".join(files.values())
    for secret in (b"man-hinh-cua-man", original.sha256.encode(), str(case.reports.get().reporter_id).encode(), MARK):
        assert secret not in whole
    with open_file(original) as stream:
        assert case_file.digest(stream.read()) == original.sha256, "the original stays as it was"
    types = [json.loads(one["leaf"])["type"] for one in manifest["acts"]]
    assert "evidence.redacted" in types


def test_the_act_says_who_and_which_and_how_many_and_nothing_of_where(platform: Office) -> None:
    _filed, case, original = reported(platform, "anh.jpg", photograph("JPEG"))
    moderator = platform.actor("moderator")
    copy = copies.redact(moderator, case.id, original.id, [CORNER, Place(1, 0.5, 0.5, 0.1, 0.1)])
    act = Act.objects.get(subject_id=case.id, type="evidence.redacted")
    assert act.actor_ref == moderator.ref
    assert act.clear == {"copy": str(copy.id), "sha256": copy.file.sha256, "places": 2}
    assert CommittedValue.objects.get(act=act).value == original.sha256


def test_the_same_copy_twice_is_one_and_another_takes_its_place(platform: Office) -> None:
    filed, case, original = reported(platform, "anh.jpg", photograph("JPEG"))
    moderator = platform.actor("moderator")
    first = copies.redact(moderator, case.id, original.id, [CORNER])
    assert copies.redact(moderator, case.id, original.id, [CORNER]) == first
    assert Act.objects.filter(type="evidence.redacted").count() == 1
    second = copies.redact(moderator, case.id, original.id, [Place(1, 0, 0, 1, 1)])
    first.refresh_from_db()
    assert first.withdrawn_at
    assert second.withdrawn_at is None
    decided(platform, filed)
    copies.withdraw(moderator, case.id, second.id)
    files, manifest = taken(platform, case)
    assert not [name for name in files if name.startswith("chung-cu/")]
    assert "evidence.redacted" not in [json.loads(one["leaf"])["type"] for one in manifest["acts"]]
    with pytest.raises(NotFound):
        copies.withdraw(moderator, case.id, second.id)


def test_words_go_from_a_text(platform: Office) -> None:
    _filed, case, original = reported(platform, "loi.txt", TEXT.encode())
    moderator = platform.actor("moderator")
    places = TextPlaces(words=("lê thị mận",), lines=(Span(2, 2),))
    assert copies.shown(moderator, case.id, original.id, places) == f"Người báo: {BLACK}\n{BLACK}\n"
    copy = copies.redact(moderator, case.id, original.id, places)
    with open_file(copy.file) as stream:
        assert stream.read().decode() == f"Người báo: {BLACK}\n{BLACK}\n"
    assert copy.places == 2
    with pytest.raises(BadInput) as refusal:
        copies.redact(moderator, case.id, original.id, TextPlaces(words=("không có",)))
    assert refusal.value.where == "words"


def test_one_misspelt_name_among_others_stops_the_copy(platform: Office) -> None:
    _filed, case, original = reported(platform, "loi.txt", TEXT.encode())
    moderator = platform.actor("moderator")
    for places, where, named in (
        (TextPlaces(words=("2 triệu", "Lê Thị Mân")), "words", "Lê Thị Mân"),
        (TextPlaces(words=("2 triệu",), lines=(Span(3, 40),)), "lines", "3"),
    ):
        with pytest.raises(BadInput) as refusal:
            copies.redact(moderator, case.id, original.id, places)
        assert refusal.value.where == where
        assert named in refusal.value.what
    assert not Copy.objects.filter(case=case, way=Copy.Way.REDACTED).exists()


def test_pages_of_a_pdf_become_pictures(platform: Office) -> None:
    _filed, case, original = reported(platform, "don.pdf", pdf_of())
    copy = copies.redact(platform.actor("moderator"), case.id, original.id, [Place(2, 0, 0, 0.5, 0.5)])
    with open_file(copy.file) as stream:
        assert MARK not in stream.read()
    assert copy.file.media_type == "application/pdf"


def test_nothing_is_marked_only_on_purpose(platform: Office) -> None:
    _filed, case, original = reported(platform, "anh.jpg", photograph("JPEG"))
    moderator = platform.actor("moderator")
    with pytest.raises(BadInput) as refusal:
        copies.redact(moderator, case.id, original.id, [])
    assert refusal.value.where == "places"
    assert copies.redact(moderator, case.id, original.id, [], nothing=True).places == 0
    for wrong in (Place(1, 1.2, 0, 0.1, 0.1), Place(1, 0, 0, 0, 0.1), Place(2, 0, 0, 0.1, 0.1), Place(1, -1, 0, 1, 1)):
        with pytest.raises(BadInput):
            copies.redact(moderator, case.id, original.id, [wrong])


def test_who_may_not_makes_no_copy(platform: Office, other: Office) -> None:
    _filed, case, original = reported(platform, "anh.jpg", photograph("JPEG"))
    for stranger, refused in ((platform.actor("inspector"), NotAllowed), (other.actor("moderator"), NotFound)):
        with pytest.raises(refused):
            copies.redact(stranger, case.id, original.id, [CORNER])
    protection.restrict_file(platform.actor("moderator"), case.id, original.id)
    with pytest.raises(NotAllowed):
        copies.redact(platform.actor("moderator"), case.id, original.id, [CORNER])
    assert not Copy.objects.exists()


def test_a_file_held_back_later_leaves_the_case_file(platform: Office) -> None:
    filed, case, original = reported(platform, "anh.jpg", photograph("JPEG"))
    copies.redact(platform.actor("moderator"), case.id, original.id, [CORNER])
    decided(platform, filed)
    protection.restrict_file(platform.actor("moderator"), case.id, original.id)
    files, _manifest = taken(platform, case)
    assert not [name for name in files if name.startswith("chung-cu/")]


def test_what_staff_rely_on_goes_out_without_metadata(platform: Office) -> None:
    filed = report(platform)
    moderator = platform.actor("moderator")
    for name, content in (("anh.jpg", photograph("JPEG")), ("bang.xlsx", workbook_file()), ("don.pdf", pdf_of())):
        actions.add_evidence(moderator, filed.case.id, "file", name, io.BytesIO(content), relied_on=True)
    decided(platform, filed)
    files, manifest = taken(platform, filed.case)
    cleaned = [one["name"] for one in manifest["files"] if one["what"] == "relied_on_cleaned"]
    assert cleaned == ["chung-cu/01-anh.jpg", "chung-cu/02-bang.xlsx", "chung-cu/03-don.pdf"]
    for name in cleaned:
        assert MARK not in files[name]


def test_what_can_not_be_cleaned_is_not_relied_on_and_leaves_nothing(platform: Office) -> None:
    filed = report(platform)
    moderator, before = platform.actor("moderator"), StoredFile.objects.count()

    def add(relied_on: bool) -> object:
        sound = io.BytesIO(b"ID3\x04am thanh")
        return actions.add_evidence(moderator, filed.case.id, "file", "ghi.mp3", sound, relied_on=relied_on)

    with pytest.raises(BadInput):
        add(relied_on=True)
    assert StoredFile.objects.count() == before
    assert add(relied_on=False)
