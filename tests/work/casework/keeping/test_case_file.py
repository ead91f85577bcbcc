"""The file that people take home: complete for them, silent about others, and checkable by anybody."""

import contextlib
import io
import json
import warnings
import zipfile
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base import clock
from anlanh.base.actor import NotAllowed
from anlanh.base.acts.erasing import erase_values
from anlanh.base.acts.keys import verify_key
from anlanh.base.acts.models import Act
from anlanh.base.acts.sealing import seal_everything
from anlanh.ledger import case_file
from anlanh.ledger.checkpoints import SigningKey
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.server.cli import main
from anlanh.work.casework import numbers
from anlanh.work.casework.actions import appeals
from anlanh.work.casework.keeping import actions, case_files
from anlanh.work.casework.models import Access, Case
from anlanh.work.casework.talking import actions as talking
from tests.builders import Office
from tests.work.casework.steps_of import decided, report

pytestmark = pytest.mark.django_db

SECRETS = ("Lê Thị Mận", "man@thu.example", "Chữ riêng của người báo")


def affected(case: Case) -> tuple[str, str]:
    access = Access.objects.get(case=case)
    return access.reference, numbers.secret_for(access.id)


def told_case(platform: Office) -> tuple[tuple[str, str], tuple[str, str], Case]:
    """A case with all that can be in one; the doors of the reporter and of the person affected."""
    filed = report(platform, reporter_name=SECRETS[0], reporter_email=SECRETS[1], text=SECRETS[2])
    own = (filed.report.reference, filed.secret)
    stored = talking.keep_file(*own, "man-hinh-cua-man.png", io.BytesIO(b"anh cua nguoi bao"))
    talking.write_by_door(*own, SECRETS[2], [stored.id])
    moderator = platform.actor("moderator")
    page = io.BytesIO(b"<html><script>alert(1)</script>trang</html>")
    actions.add_evidence(moderator, filed.case.id, "archive", "trang.html", page, relied_on=True)
    actions.add_evidence(moderator, filed.case.id, "screenshot", "noi-bo.png", io.BytesIO(b"rieng"), relied_on=False)
    decided(platform, filed)
    door = affected(filed.case)
    appeals.file_appeal(*door, "Tôi không lừa ai.")
    seal_everything()
    return own, door, filed.case


def test_the_person_affected_takes_home_what_was_decided_and_relied_on(platform: Office) -> None:
    _reporter, door, case = told_case(platform)
    content = case_files.take(*door)
    verdict = case_file.verify(io.BytesIO(content), verify_key(platform.organisation.code))
    assert verdict.ok, verdict.problems
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        whole = b"\n".join(archive.read(name) for name in names).decode(errors="replace")
        manifest = json.loads(archive.read("manifest.json"))
    assert "chung-cu/01-trang.html.txt" in names, "the page as delivered, so named that opening it runs nothing"
    assert len([name for name in names if name.startswith("chung-cu/")]) == 1
    assert "Tôi không lừa ai." in whole
    for secret in (*SECRETS, "man-hinh-cua-man", "anh cua nguoi bao", "noi-bo"):
        assert secret not in whole
    types = {json.loads(entry["leaf"])["type"] for entry in manifest["acts"]}
    assert {"decision.made", "appeal.filed", "notice.sent", "evidence.added"} <= types
    assert not {"report.received", "message.received", "case.claimed", "evidence.viewed"} & types
    reporter = str(case.reports.get().reporter_id)
    assert reporter not in whole
    taken = Act.objects.get(subject_id=case.id, type="case_file.taken")
    assert taken.clear["sha256"] == case_file.digest(content)


def test_the_paper_says_what_was_decided_and_how_to_check_it(platform: Office) -> None:
    _reporter, door, case = told_case(platform)
    with zipfile.ZipFile(io.BytesIO(case_files.take(*door))) as archive:
        paper, manifest = archive.read("ho-so.pdf"), json.loads(archive.read("manifest.json"))
    assert b"pdfaid:part>2" in paper
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))
    whole = " ".join(text.split())
    for said in (case.number, "Tôi không lừa ai.", "chung-cu/01-trang.html.txt", "Ra quyết định", "BLDS"):
        assert said in whole, said
    assert whole.count("Vị trí trong sổ") >= 1
    digest = next(one["sha256"] for one in manifest["files"] if one["name"].startswith("chung-cu/"))
    assert digest in text.replace("\r\n", "")
    for secret in SECRETS:
        assert secret not in whole


def test_a_reporter_takes_home_their_own_words_and_nothing_of_the_other_side(platform: Office) -> None:
    own, _door, case = told_case(platform)
    content = case_files.take(*own)
    assert case_file.verify(io.BytesIO(content), verify_key(platform.organisation.code)).ok
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = b"\n".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")
    assert SECRETS[2] in whole
    assert "Tôi không lừa ai." not in whole
    assert Access.objects.get(case=case).reference not in whole


def test_a_removal_never_blocks_ones_own_copy(platform: Office) -> None:
    _reporter, door, case = told_case(platform)
    with clock.set_to(clock.now() + timedelta(days=4000)):
        assert case_files.take(*door)
    assert Case.objects.get(id=case.id)


@pytest.mark.parametrize("what", ["file", "manifest", "added", "leaf", "value", "key"])
def test_whatever_is_changed_is_found(platform: Office, what: str) -> None:
    _reporter, door, _case = told_case(platform)
    content = changed(case_files.take(*door), what)
    key = SigningKey.generate("khac/mang").verify_key() if what == "key" else verify_key(platform.organisation.code)
    verdict = case_file.verify(io.BytesIO(content), key)
    assert not verdict.ok
    assert verdict.problems


def test_an_act_not_yet_sealed_is_said_to_be_so(platform: Office) -> None:
    filed = report(platform)
    content = case_files.take(filed.report.reference, filed.secret)
    verdict = case_file.verify(io.BytesIO(content), verify_key(platform.organisation.code))
    assert verdict.ok
    assert any("not yet sealed" in note for note in verdict.notes)


def test_the_command_checks_it(platform: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _reporter, door, _case = told_case(platform)
    path, key = tmp_path / "ho-so.zip", tmp_path / "khoa.txt"
    path.write_bytes(case_files.take(*door))
    key.write_text(verify_key(platform.organisation.code).vkey() + "\n")
    words = ["case-file", "verify", str(path), "--key", str(key), "--json"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["ok"]
    paper = tmp_path / "ho-so.pdf"
    with zipfile.ZipFile(path) as archive:
        paper.write_bytes(archive.read("ho-so.pdf"))
    assert main([*words, "--paper", str(paper)]) == 0
    assert any(
        case_file.digest(paper.read_bytes()) in line for line in json.loads(capsys.readouterr().out)["summaries"]
    )
    paper.write_bytes(paper.read_bytes() + b" ")
    assert main([*words, "--paper", str(paper)]) == 1
    assert "not the summary of this case file" in capsys.readouterr().err
    path.write_bytes(changed(path.read_bytes(), "file"))
    assert main(words) == 1
    assert "it was changed" in capsys.readouterr().err
    path.write_bytes(b"khong phai zip")
    assert main(words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@given(st.binary(max_size=200))
def test_no_bytes_make_the_check_fall_over(content: bytes) -> None:
    with pytest.raises(BadInput):
        case_file.verify(io.BytesIO(content))


@given(st.dictionaries(st.sampled_from(["v", "log", "files", "acts", "checkpoint", "about"]), st.text(max_size=5)))
def test_no_manifest_makes_the_check_fall_over(manifest: dict[str, str]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("manifest.sig", "")
    with pytest.raises(BadInput):
        case_file.verify(out)


KEY = SigningKey.generate("mang.example/log/mang")
ENTRY = {"leaf": "{}", "position": None, "path": [], "revealed": {}}


@pytest.mark.parametrize(
    "wrong",
    [
        {"files": [{"name": "ho-so.html", "size": 1}]},
        {"acts": [{**ENTRY, "leaf": "[]"}]},
        {"acts": [{**ENTRY, "leaf": '{"a": "\ud800"}'}]},
        {"acts": [{**ENTRY, "revealed": []}]},
    ],
)
def test_no_part_of_a_manifest_makes_the_check_fall_over(wrong: dict[str, object]) -> None:
    manifest = {"v": 1, "log": "mang", "about": {}, "files": [], "acts": [], "checkpoint": "", **wrong}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("manifest.sig", "")
    with pytest.raises(BadInput):
        case_file.verify(out)


def plain_file() -> bytes:
    """A small case file under a key of its own."""
    out = io.BytesIO()
    case_file.write(out, KEY, {"case": "AL-1"}, [("ho-so.html", "summary", b"<p>Noi dung</p>" * 40)], [], "")
    return out.getvalue()


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_a_download_with_a_damaged_byte_never_makes_the_check_fall_over(place: float, other: int) -> None:
    content = bytearray(plain_file())
    content[int(place * len(content))] ^= other
    with contextlib.suppress(BadInput):
        case_file.verify(io.BytesIO(bytes(content)), KEY.verify_key())


def test_a_manifest_that_is_there_twice_is_found() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain_file())) as good, zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", '{"about": "what a program reads that takes the first"}')
        for name in good.namelist():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the library warns of the very thing that is tried here
                archive.writestr(name, good.read(name))
    assert case_file.verify(out, KEY.verify_key()).problems == ["a file is there twice"]


def test_a_hold_stops_erasing_until_its_day(platform: Office) -> None:
    filed, decider = report(platform), platform.actor("moderator")
    until = civil_date(clock.now()) + timedelta(days=30)
    with pytest.raises(NotAllowed):
        actions.place_hold(platform.actor("inspector"), filed.case.id, "24/2018/QH14/26.2.b", until, "Toà yêu cầu.")
    for clause, day, reason, where in (
        ("Luật nào đó", until, "Toà yêu cầu.", "clause"),
        ("24/2018/QH14/26.2.b", until - timedelta(days=31), "Toà yêu cầu.", "until"),
        ("24/2018/QH14/26.2.b", until, " ", "reason"),
    ):
        with pytest.raises(BadInput) as refusal:
            actions.place_hold(decider, filed.case.id, clause, day, reason)
        assert refusal.value.where == where
    actions.place_hold(decider, filed.case.id, "24/2018/QH14/26.2.b", until, "Toà yêu cầu giữ.")
    with pytest.raises(BadInput):
        erase_values(platform.organisation.id, [filed.case.id])
    actions.lift_hold(decider, filed.case.id)
    assert erase_values(platform.organisation.id, [filed.case.id]) > 0


def changed(content: bytes, what: str) -> bytes:
    """The archive with one thing in it changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json" and what in {"manifest", "leaf", "value"}:
                manifest = json.loads(data)
                if what == "manifest":
                    manifest["about"]["page"] = "https://khac.example/"
                elif what == "leaf":
                    manifest["acts"][0]["leaf"] = manifest["acts"][0]["leaf"].replace("case", "CASE")
                else:
                    revealed = next(entry["revealed"] for entry in manifest["acts"] if entry["revealed"])
                    next(iter(revealed.values()))[1] = "Lời khác."
                data = json.dumps(manifest).encode()
            if what == "file" and name.startswith("chung-cu/"):
                data += b"!"
            new.writestr(name, data)
        if what == "added":
            new.writestr("them.txt", b"them")
    return out.getvalue()
