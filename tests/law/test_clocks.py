"""What holds for clocks whatever the law says, and the counting itself."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.law import ClockRule, Extension, MissingYear, clocks_for, due, load_pack, vietnam
from anlanh.law.clocks import DATA_REQUEST, PERIODIC_REPORT
from anlanh.primitives.dates import VIETNAM, parse_instant
from anlanh.primitives.errors import BadInput

PACK = vietnam()
MINI = load_pack(Path(__file__).parent / "mini")

actors = st.sampled_from(sorted(PACK.actors))
# Requests of data subjects need calendars from 2026 on, reports fall on dates; both are asked for on their own below.
events = st.sampled_from(sorted(set(PACK.vocabulary["events"]) - {PERIODIC_REPORT, DATA_REQUEST}))
naive_times = st.datetimes(datetime(2009, 1, 1), datetime(2026, 12, 31))  # noqa: DTZ001  (hypothesis wants them so)
instants = naive_times.map(lambda time: time.replace(tzinfo=VIETNAM))
grounds = st.lists(st.sampled_from(sorted(PACK.grounds)), max_size=3)
offsets = st.timedeltas(timedelta(0), timedelta(days=20))


class Weekdays:
    """A calendar with nothing but weekends off, for one year."""

    def is_working_day(self, day: date) -> bool:
        if day.year != 2026:
            raise MissingYear(day.year)
        return day.weekday() < 5

    def remarks(self, first: date, last: date) -> tuple:
        return ()


def rule(name: str) -> ClockRule:
    return MINI.clock_rules[f"xx.one.7.{name}"]


def local(text: str) -> datetime:
    return parse_instant(f"{text}+07:00")


@given(events, actors, instants, grounds, st.booleans())
def test_every_question_from_2009_on_has_an_answer(
    event: str, actor: str, at: datetime, refs: list[str], emergency: bool
) -> None:
    answer = clocks_for(PACK, event=event, actor=actor, at=at, grounds=refs, emergency=emergency)
    assert answer.as_of == at.date()
    assert [clock.due_at for clock in answer.clocks] == sorted(clock.due_at for clock in answer.clocks)
    for clock in answer.clocks:
        assert clock.due_at >= clock.starts_at == at
        assert clock.rule.in_force.covers(at.date())
        assert answer.governing_for(clock.obligation).due_at <= clock.due_at
        assert all(step.vi and step.en for step in clock.trace)
    assert (answer.governing is None) == (not answer.clocks)


@given(events, actors, instants, grounds)
def test_a_ground_only_ever_narrows_the_answer(event: str, actor: str, at: datetime, refs: list[str]) -> None:
    everything = {clock.id for clock in clocks_for(PACK, event=event, actor=actor, at=at).clocks}
    assert {clock.id for clock in clocks_for(PACK, event=event, actor=actor, at=at, grounds=refs).clocks} <= everything


@given(st.sampled_from(sorted(PACK.clock_rules)), instants, offsets)
def test_a_later_start_is_never_due_earlier(rule_id: str, at: datetime, later: timedelta) -> None:
    found = PACK.clock_rules[rule_id]
    if found.counting in ("immediate", "hours", "calendar_days"):
        assert due(found, at)[0] <= due(found, at + later)[0]


@given(
    st.sampled_from(["remove", "days"]),
    instants,
    offsets,
    st.lists(st.tuples(offsets, offsets), max_size=4),
)
def test_pauses_keep_the_order_of_starts(
    name: str, at: datetime, later: timedelta, spans: list[tuple[timedelta, timedelta]]
) -> None:
    pauses = [(at + begun, at + begun + length) for begun, length in spans]
    first, second = due(rule(name), at, pauses)[0], due(rule(name), at + later, pauses)[0]
    assert first <= second
    assert first >= due(rule(name), at)[0]


@given(
    st.sampled_from(["remove", "days"]),
    instants,
    st.lists(st.tuples(offsets, offsets), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
def test_pauses_that_overlap_count_once(
    name: str, at: datetime, spans: list[tuple[timedelta, timedelta]], shuffler: object
) -> None:
    pauses = [(at + begun, at + begun + length) for begun, length in spans]
    repeated = pauses + [(begun, begun + (ended - begun) / 2) for begun, ended in pauses]
    shuffler.shuffle(repeated)  # type: ignore[attr-defined]
    assert due(rule(name), at, repeated)[0] == due(rule(name), at, pauses)[0]


@given(naive_times, events, actors)
def test_a_time_without_offset_is_refused(naive: datetime, event: str, actor: str) -> None:
    with pytest.raises(BadInput, match="has no offset"):
        clocks_for(PACK, event=event, actor=actor, at=naive)


def test_two_overlapping_pauses_of_two_hours_lengthen_by_three() -> None:
    start = local("2026-03-02T08:00:00")
    pauses = [
        (start + timedelta(hours=1), start + timedelta(hours=3)),
        (start + timedelta(hours=2), start + timedelta(hours=4)),
    ]
    due_at, trace = due(rule("remove"), start, pauses)
    assert due_at == start + timedelta(hours=27)
    assert [step.en for step in trace] == [
        "Add 24 hours, running without a break",
        "Paused from 09:00:00 02/03/2026 to 12:00:00 02/03/2026: not counted",
    ]


def test_a_pause_before_the_start_or_after_the_end_changes_nothing() -> None:
    start = local("2026-03-02T08:00:00")
    before = (start - timedelta(hours=9), start - timedelta(hours=2))
    after = (start + timedelta(hours=24), start + timedelta(hours=30))
    assert due(rule("remove"), start, [before, after])[0] == start + timedelta(hours=24)


def test_only_the_part_of_a_pause_after_the_start_counts() -> None:
    start = local("2026-03-02T08:00:00")
    assert due(rule("remove"), start, [(start - timedelta(hours=5), start + timedelta(hours=2))])[
        0
    ] == start + timedelta(hours=26)


def test_days_leave_out_the_first_and_end_with_the_last_second() -> None:
    due_at, trace = due(rule("days"), local("2026-03-02T23:59:59"))
    assert due_at.isoformat() == "2026-03-12T23:59:59+07:00"
    assert trace[0].vi == "Không tính ngày bắt đầu 02/03/2026; đếm 10 ngày, hết ngày 12/03/2026"


def test_a_day_off_at_the_end_is_flagged_and_not_moved() -> None:
    due_at, trace = due(rule("days"), local("2026-03-04T10:00:00"))
    assert due_at.isoformat() == "2026-03-14T23:59:59+07:00"
    assert "weekend" in trace[-1].en


def test_days_touched_by_a_pause_are_not_counted() -> None:
    pause = (local("2026-03-05T10:00:00"), local("2026-03-06T09:00:00"))
    due_at, trace = due(rule("days"), local("2026-03-02T08:00:00"), [pause])
    assert due_at.isoformat() == "2026-03-14T23:59:59+07:00"
    assert "Days paused and not counted: 2" in [step.en for step in trace]


def test_working_days_pass_over_days_off() -> None:
    due_at, trace = due(rule("reply"), local("2026-03-05T16:00:00"), calendar=Weekdays())
    assert due_at.isoformat() == "2026-03-09T23:59:59+07:00"
    assert "Days off passed over: 2" in [step.en for step in trace]


@pytest.mark.parametrize("calendar", [None, Weekdays()])
def test_a_year_without_calendar_raises_an_alarm(calendar: Weekdays | None) -> None:
    with pytest.raises(MissingYear, match="2027"):
        due(rule("reply"), local("2027-03-05T16:00:00"), calendar=calendar)


def test_an_extension_within_the_law_is_added_and_traced() -> None:
    due_at, trace = due(rule("days"), local("2026-03-02T08:00:00"), extended_by=[Extension(5, "khó khăn kỹ thuật")])
    assert due_at.isoformat() == "2026-03-17T23:59:59+07:00"
    assert trace[0].vi == "Gia hạn thêm 5: khó khăn kỹ thuật"


@pytest.mark.parametrize(
    ("name", "extensions", "message"),
    [
        ("days", [Extension(6, "x")], "give 1 to 5"),
        ("days", [Extension(0, "x")], "give 1 to 5"),
        ("days", [Extension(1, "x"), Extension(1, "y")], "once only"),
        ("remove", [Extension(1, "x")], "no extension"),
    ],
)
def test_an_extension_the_law_does_not_give_is_refused(name: str, extensions: list[Extension], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        due(rule(name), local("2026-03-02T08:00:00"), extended_by=extensions)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    start = local("2026-03-02T08:00:00")
    with pytest.raises(BadInput, match="before it begins"):
        due(rule("remove"), start, [(start, start - timedelta(seconds=1))])


def test_a_pause_without_offset_is_refused() -> None:
    naive = local("2026-03-02T09:00:00").replace(tzinfo=None)
    with pytest.raises(BadInput, match="has no offset"):
        due(rule("remove"), local("2026-03-02T08:00:00"), [(naive, naive)])


def test_dates_have_no_due_time_of_their_own() -> None:
    with pytest.raises(BadInput, match="no due time of its own"):
        due(rule("report"), local("2026-03-02T08:00:00"))


def test_before_new_year_falls_in_the_year_before() -> None:
    answer = clocks_for(
        MINI, event=PERIODIC_REPORT, actor="host", at=local("2026-03-02T08:00:00"), form="yearly", year=2025
    )
    assert [clock.due_at.isoformat() for clock in answer.clocks] == ["2025-12-31T23:59:59+01:00"]


@pytest.mark.parametrize(
    "at", [datetime.max.replace(tzinfo=UTC), datetime.max.replace(tzinfo=timezone(timedelta(hours=-12)))]
)
def test_the_edge_of_the_calendar_is_bad_input(at: datetime) -> None:
    with pytest.raises(BadInput, match="too far off"):
        clocks_for(PACK, event="order.received", actor="telecom", at=at)


ASKED = {"event": "order.received", "actor": "telecom", "at": local("2026-03-02T08:00:00")}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"event": "order.recieved"}, "unknown event 'order.recieved'; did you mean 'order.received'?"),
        ({"actor": "telco"}, "unknown actor 'telco'"),
        ({"requester": "police"}, "unknown requester 'police'"),
        ({"grounds": ["72/2013/NĐ-CP/5.1.z"]}, "is not the letter of a point"),
        ({"grounds": ["73/2013/NĐ-CP/5.1.a"]}, "ground '73/2013/NĐ-CP/5.1.a' is of an unknown instrument"),
        ({"at": local("2008-12-31T23:59:59")}, "2008-12-31 lies before every instrument of the pack"),
        ({"request": "delete"}, "a request does not belong to event 'order.received'"),
        ({"form": "nd147-mau-15"}, "a form does not belong to event 'order.received'"),
        ({"year": 2026}, "a year does not belong to event 'order.received'"),
        ({"event": DATA_REQUEST}, "event 'data_request.received' needs a request"),
        ({"event": DATA_REQUEST, "request": "see"}, "unknown request 'see'"),
        ({"event": PERIODIC_REPORT}, "event 'report.period' needs a form"),
        ({"event": PERIODIC_REPORT, "form": "nd147-mau-16"}, "unknown form 'nd147-mau-16'"),
        ({"event": PERIODIC_REPORT, "form": "nd147-mau-15"}, "no year for event 'report.period'"),
        ({"event": PERIODIC_REPORT, "form": "nd147-mau-15", "year": 1999}, "year 1999 for event 'report.period'"),
    ],
)
def test_questions_that_make_no_sense_are_refused(change: dict, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        clocks_for(PACK, **{**ASKED, **change})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("request_kind", "third_party", "reply", "execution"),
    [
        ("withdraw", False, "2026-03-04", "2026-03-17"),
        ("restrict", True, "2026-03-04", "2026-03-22"),
        ("access", False, "2026-03-04", "2026-03-12"),
        ("provide", True, "2026-03-04", "2026-03-17"),
        ("delete", False, "2026-03-04", "2026-03-22"),
        ("delete", True, "2026-03-04", "2026-04-01"),
        ("protect", True, "2026-03-04", "2026-03-17"),
    ],
)
def test_data_requests_bind_a_reply_and_an_execution(
    request_kind: str, third_party: bool, reply: str, execution: str
) -> None:
    answer = clocks_for(
        PACK,
        event=DATA_REQUEST,
        actor="data-controller",
        at=local("2026-03-02T08:00:00"),
        request=request_kind,
        third_party=third_party,
        calendar=Weekdays(),
    )
    assert [(clock.obligation, clock.due_at.date().isoformat()) for clock in answer.clocks] == [
        ("reply", reply),
        ("execute", execution),
    ]


def test_the_trace_tells_the_whole_story() -> None:
    answer = clocks_for(
        PACK, event="order.received", actor="licensed-social-network", at=local("2026-07-15T20:00:00"), emergency=True
    )
    assert [step.vi for step in answer.governing.trace] == [
        "điểm b khoản 2 Điều 25 Luật An ninh mạng 2025: Doanh nghiệp chặn, xoá nội dung, gỡ dịch vụ chậm nhất 24 giờ "
        "từ khi có yêu cầu; khẩn cấp chậm nhất 06 giờ",
        "Hiệu lực từ 01/07/2026 đến nay",
        "Mạng xã hội trong nước (có giấy phép hoặc xác nhận) cũng là doanh nghiệp cung cấp dịch vụ trên không "
        "gian mạng",
        "Trường hợp khẩn cấp theo chính điều khoản này",
        "Chỉ áp dụng cho nội dung vi phạm Luật An ninh mạng 2025; chưa nêu căn cứ nên vẫn hiện",
        "Chỉ khi bên yêu cầu là lực lượng chuyên trách an ninh mạng thuộc Bộ Công an; chưa nêu nên vẫn hiện",
        "Bắt đầu 20:00:00 ngày 15/07/2026: nhận yêu cầu của cơ quan có thẩm quyền",
        "Cộng 6 giờ chạy liên tục",
        "Đến hạn 02:00:00 ngày 16/07/2026",
    ]


def test_a_day_that_is_not_verified_is_said_so() -> None:
    answer = clocks_for(
        PACK, event="violation.detected", actor="licensed-social-network", at=local("2010-05-04T08:00:00")
    )
    assert "not verified" in answer.governing.trace[1].en
