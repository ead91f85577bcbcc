"""What was uploaded and never sent goes after a week; what anybody refers to, or sent again, stays."""

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from anlanh.base import clock
from anlanh.base.files import forgetting, store
from anlanh.base.files.models import StoredFile
from anlanh.base.identity.policy import public_actor
from tests.work.casework.steps_of import report

LATER = forgetting.KEPT_FOR + timedelta(hours=1)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ANLANH_FILES_DIR = tmp_path
    return tmp_path


def uploaded(office: Any, content: bytes = b"anh", *, aged: timedelta = timedelta()) -> StoredFile:
    """A file that a visitor uploaded that long ago."""
    moment = clock.now() - aged
    with clock.set_to(moment):
        stored = store.keep(public_actor(office.organisation.id), "anh.txt", io.BytesIO(content))
    path = store.path_of(stored.organisation_id, stored.sha256)
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    return stored


def bytes_of(stored: StoredFile) -> bool:
    return store.path_of(stored.organisation_id, stored.sha256).exists()


def test_what_was_never_sent_goes_after_a_week(platform: Any, folder: Path) -> None:
    old, young = uploaded(platform, b"cu", aged=LATER), uploaded(platform, b"moi")
    assert forgetting.forget_unsent() == 1
    assert list(StoredFile.objects.all()) == [young]
    assert (bytes_of(old), bytes_of(young)) == (False, True)
    assert forgetting.forget_unsent() == 0


def test_what_a_report_or_a_colleague_holds_stays(platform: Any) -> None:
    sent = uploaded(platform, b"gui", aged=LATER)
    report(platform, file_ids=[sent.id])
    with clock.set_to(clock.now() - LATER):
        of_staff = store.keep(platform.actor("moderator"), "cong-van.pdf", io.BytesIO(b"%PDF-1.7"))
    assert forgetting.forget_unsent() == 0
    assert bytes_of(sent)
    assert bytes_of(of_staff)


def test_bytes_that_another_file_holds_stay(platform: Any, other: Any) -> None:
    old = uploaded(platform, aged=LATER)
    again, elsewhere = uploaded(platform), uploaded(other)
    assert forgetting.forget_unsent() == 1
    assert not StoredFile.objects.filter(id=old.id).exists()
    assert bytes_of(again)
    assert bytes_of(elsewhere)


def test_bytes_that_are_just_being_uploaded_again_stay(platform: Any) -> None:
    """Their row is not there yet, but they are newer than what is being removed."""
    old = uploaded(platform, aged=LATER)
    os.utime(store.path_of(old.organisation_id, old.sha256))
    assert forgetting.forget_unsent() == 1
    assert bytes_of(old)
