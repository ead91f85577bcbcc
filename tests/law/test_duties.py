"""The duties of the five papers: each has its home, its own words, and what proves it."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from anlanh.law import vietnam
from anlanh.law.coverage import homeless
from anlanh.law.duties import ASKING_NOTHING, DUTY_KINDS, STRENGTHS, Proof
from anlanh.law.model import Text

PACK = vietnam()
ROOT = Path(__file__).resolve().parents[2]
LISTED = ROOT.parent / "shared" / "law" / "duties.yaml"
IDS = (Path(__file__).parent / "duty-ids.txt").read_text(encoding="utf-8").split()
TODAY = date(2026, 11, 22)


def shared() -> list[dict]:
    if not LISTED.exists():
        pytest.skip(f"the list of duties is not at {LISTED}; the ids committed here are checked instead")
    return yaml.safe_load(LISTED.read_text(encoding="utf-8"))


def test_every_id_has_a_home() -> None:
    assert len(IDS) == len(set(IDS)) == 206
    assert set(IDS) == set(PACK.duties)
    assert homeless(PACK) == []


def test_the_ids_are_those_of_the_list() -> None:
    assert [entry["id"] for entry in shared()] == IDS


def test_kind_and_area_are_those_of_the_list() -> None:
    for entry in shared():
        duty = PACK.duties[entry["id"]]
        assert (duty.kind, duty.area, duty.document) == (entry["kind"], entry["area"], entry["document"])
        assert duty.printed_id == entry.get("printed", entry["id"])


def test_every_citation_of_the_list_is_a_basis() -> None:
    for entry in shared():
        bases, cites = PACK.duties[entry["id"]].bases, entry.get("cites", [])
        assert len(bases) >= len(cites), entry["id"]


def test_an_id_without_a_home_is_named() -> None:
    """The check above would see a duty that nothing proves."""
    bare = replace(PACK.duties["NB.7"], proof=Proof((), ()))
    assert homeless(replace(PACK, duties={**PACK.duties, "NB.7": bare})) == ["NB.7"]


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_titles_are_our_own_words() -> None:
    """No title repeats a paraphrase of the list, nor a run of twelve syllables of a paper."""
    for entry in shared():
        title = PACK.duties[entry["id"]].title
        assert words_of(title.vi) != words_of(entry["duty_vi"])
        assert words_of(title.en) != words_of(entry["gloss_en"])
    papers = [
        " ".join(words_of(path.read_text(encoding="utf-8").replace("_", " ")))
        for path in (LISTED.parent.parent / "sources").glob("*.txt")
    ]
    assert len(papers) == 5
    for duty in PACK.duties.values():
        words = words_of(duty.title.vi)
        for start in range(len(words) - 11):
            run = " ".join(words[start : start + 12])
            assert not any(run in paper for paper in papers), (duty.id, run)


@pytest.mark.parametrize("duty", PACK.duties.values(), ids=lambda duty: duty.id)
def test_a_duty_is_whole(duty) -> None:
    paper = PACK.documents[duty.document]
    assert duty.kind in DUTY_KINDS
    assert duty.title.vi != duty.title.en
    assert duty.in_force.within(paper.in_force)
    if duty.kind not in ASKING_NOTHING:
        assert duty.actors
        assert duty.worded in STRENGTHS
        assert STRENGTHS.index(duty.strength) >= STRENGTHS.index(duty.worded)
    if paper.force == "guidance":
        assert duty.strength != "must"


def test_prohibitions_and_encouragements_have_their_strength() -> None:
    for duty in PACK.duties.values():
        if duty.kind == "prohibition":
            assert duty.worded == "must"
        if duty.kind == "encouragement":
            assert duty.strength == "may"


@pytest.mark.parametrize(
    "actor",
    ["grassroots-broadcaster", "party-committee", "press", "provincial-police", "department", "district-committee",
     "public-employee", "user", "telecom", "platform", "licensed-social-network", "aggregated-news-site",
     "account-owner", "information-security-authority", "electronic-information-authority", "ministry-inspectorate",
     "press-authority", "page-administrator", "agency", "website"],
)  # fmt: skip
def test_every_actor_of_the_papers_has_duties(actor: str) -> None:
    assert any(actor in duty.actors for duty in PACK.duties.values())


def test_duties_bind_by_kind_and_day() -> None:
    bound = {duty.id for duty in PACK.duties_on(date(2012, 1, 1), "licensed-social-network")}
    assert {"TT07.5.4", "TT07.6.3"} <= bound
    assert not any(duty.document == "TT07" for duty in PACK.duties_on(date(2014, 10, 3)))
    assert {"BD.3.3.a", "BD.3.3.b"} <= {duty.id for duty in PACK.duties_on(date(2025, 6, 30), "district-committee")}
    assert "BD.3.3.a" not in {duty.id for duty in PACK.duties_on(date(2025, 7, 1))}


def test_duties_of_a_period_are_those_of_any_of_its_days() -> None:
    year = PACK.duties_during(date(2025, 1, 1), date(2025, 12, 31), "district-committee", "binh-dinh")
    assert {"BD.3.3.a", "BD.3.3.b"} <= {duty.id for duty in year}
    for actor in ("press", "department", "telecom"):
        of_the_year = {duty.id for duty in PACK.duties_during(date(2014, 1, 1), date(2014, 12, 31), actor)}
        days = (date(2014, 1, 1) + timedelta(days=n) for n in range(365))
        assert of_the_year == {duty.id for day in days for duty in PACK.duties_on(day, actor)}


def test_a_social_network_has_the_duties_of_a_platform() -> None:
    bound = {duty.id for duty in PACK.duties_on(TODAY, "licensed-social-network")}
    assert {"CT.1.e", "NB.5.1", "BD.5.3.b"} <= bound
    assert bound.isdisjoint({"CT.2.d", "CT.3.b", "NB.1.3.a"})


def test_a_province_is_found_after_it_was_merged() -> None:
    in_gia_lai = {duty.document for duty in PACK.duties_on(TODAY, "department", "gia-lai-2025")}
    assert in_gia_lai == {"BD", "CT"}
    in_binh_dinh = {duty.document for duty in PACK.duties_on(date(2025, 6, 30), "department", "binh-dinh")}
    assert in_binh_dinh == {"BD", "CT"}
    assert {duty.document for duty in PACK.duties_on(TODAY, "department", "ha-noi")} == {"CT"}


def test_every_row_of_the_appendix_names_its_tasks_and_bases() -> None:
    rows = [duty for duty in PACK.duties.values() if duty.kind == "task-mapping"]
    assert len(rows) == 12
    mapped = {part for row in rows for part in row.part_of}
    tasks = {duty.id for duty in PACK.duties.values() if duty.id.startswith(("CT.1.", "CT.2."))}
    assert mapped == tasks
    for row in rows:
        assert row.bases


@pytest.mark.parametrize(
    ("row", "ref", "words"),
    [
        (1, None, "can't be identified"),
        (3, "86/2015/QH13/17.1.b", "new purpose"),
        (4, "24/2018/QH14/16.6", "only on request"),
        (5, "24/2018/QH14/26.2.c", "on request"),
        (6, "72/2013/NĐ-CP/28.5", "mobile networks"),
        (7, "27/2018/NĐ-CP/23đ.2.đ", "Wrong article"),
        (10, "04/CT-BTTTT", "malware only"),
        (12, "86/2015/QH13/12.2", "no duty to notify"),
    ],
)
def test_citation_defects_are_flagged_and_not_mended(row: int, ref: str | None, words: str) -> None:
    bases = PACK.duties[f"CT.PL02.{row}"].bases
    flawed = [basis for basis in bases if basis.flaw and words in basis.flaw.en]
    assert [str(basis.ref) if basis.ref else None for basis in flawed] == [ref]
    if row == 7:
        assert flawed[0].cited_as == Text("Khoản 2 Điều 23", "Article 23.2")


def test_clocks_of_a_duty_are_its_own_and_those_of_later_law() -> None:
    found = {rule.id for rule in PACK.clocks_of(PACK.duties["TT07.5.4"])}
    assert {"vn.tt07.5.4.remove", "vn.nd27.23d.2.c.remove", "vn.nd147.35.5.remove"} <= found
    assert PACK.clocks_of(PACK.duties["TT07.2.2"]) == []


def test_report_fields_belong_to_the_report() -> None:
    fields = [duty for duty in PACK.duties.values() if duty.kind == "report-field"]
    assert len(fields) == 6
    assert {part for field in fields for part in field.part_of} == {"TT07.6.1.a"}
    assert len(PACK.forms["tt07-blog"].fields) == 6
