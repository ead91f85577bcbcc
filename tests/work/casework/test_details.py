"""The questions of each kind of report: answers are words of the pack, times of a recording, or the reporter's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base.acts.models import Act, CommittedValue
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import details
from anlanh.work.casework.models import Report
from tests.builders import Office
from tests.work.casework.steps_of import report

NEEDED = (
    "false_information", "honour", "privacy", "impersonation", "child", "copyright", "prohibited_ads", "livestream",
    "fraud", "other",
)  # fmt: skip
CLAIM = {
    "work": "Bài hát “Mùa nhãn”, trang baihat.example",
    "right_holder": "Nhạc sĩ Lê Văn C",
    "standing": "holder",
    "good_faith": "agreed",
}


def test_every_kind_that_people_report_is_there_with_few_questions() -> None:
    types = vietnam().report_types
    assert set(NEEDED) <= set(types)
    assert all(len(entry.questions) <= 4 for entry in types.values())
    assert set(CLAIM) == set(types["copyright"].questions)


@pytest.mark.django_db
def test_codes_are_clear_and_words_only_committed(platform: Office) -> None:
    said = {"still_live": "live", "what_happens": "fraud", "offsets": "12:30, 1:2:3 - 1:5:00"}
    with pytest.raises(BadInput):
        report(platform, category="livestream", details=said)
    said["offsets"] = "12:30, 1:02:03 - 1:05:00"
    filed = report(platform, category="livestream", details=said)
    assert Report.objects.get().details["offsets"] == "0:12:30, 1:02:03-1:05:00"
    act = Act.objects.get(id=filed.report.act_id)
    assert act.clear["answers"] == ["still_live:live", "what_happens:fraud"]
    assert "1:02:03" not in str(act.clear)
    assert CommittedValue.objects.get(act_id=act.id, field="details").value == {"offsets": "0:12:30, 1:02:03-1:05:00"}


@pytest.mark.django_db
@pytest.mark.parametrize("missing", list(CLAIM))
def test_a_copyright_claim_is_complete_or_not_taken(platform: Office, missing: str) -> None:
    assert report(platform, category="copyright", details=CLAIM).report.details == CLAIM
    with pytest.raises(BadInput) as refused:
        report(platform, category="copyright", details={**CLAIM, missing: ""})
    assert refused.value.where == f"details.{missing}"


@pytest.mark.parametrize(
    ("category", "answers"),
    [
        ("fraud", {"fraud_kind": "phishing\n"[:-1] + "x"}),
        ("fraud", {"work": "của loại khác"}),
        ("copyright", {**CLAIM, "good_faith": "có"}),
        ("livestream", {"offsets": "1:99"}),
        ("livestream", {"offsets": "5:00-4:00"}),
        ("livestream", {"offsets": ",".join(["1:00"] * 21)}),
        ("honour", {"passage": "a" * 1001}),
    ],
)
def test_what_is_no_answer_is_refused_by_name(category: str, answers: dict) -> None:
    with pytest.raises(BadInput) as refused:
        details.checked(category, answers)
    assert refused.value.where.startswith("details.")
    assert refused.value.mend


@given(st.dictionaries(st.sampled_from([*CLAIM, "offsets", "claim", "x"]), st.text(max_size=60), max_size=4))
def test_checking_is_stable_and_never_breaks(answers: dict) -> None:
    for category in vietnam().report_types:
        try:
            once = details.checked(category, answers)
        except BadInput:
            continue
        assert details.checked(category, once) == once
