"""One entry of the pack as people read it: what it is, since when, how sure, and lines of labelled facts.

The command line, the law book and the pages show the same sheets.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from anlanh.law.contents import Pack
from anlanh.law.duties import Basis, Document, Duty
from anlanh.law.figures import Checklist, Form, Parameter, Sanction
from anlanh.law.model import ActorKind, Clause, ClockRule, Ground, InForce, Instrument, Text
from anlanh.law.places import Body, Place, predecessors, standing_on
from anlanh.law.wording import CERTAINTY, KINDS, STATES, citation, joined, named_days, of_vocabulary, state_on, yes_no
from anlanh.primitives.clauses import ClauseRef

Line = tuple[Text, Text]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One entry.

    Args:
        kind: a word of `wording.KINDS`.
        id: its id, number or reference.
        title: what it says, in short.
        in_force: its days; None for kinds of actor, which have none.
        certainty: how sure; None where the days alone carry a certainty.
        lines: labelled facts, in the order of reading.
    """

    kind: str
    id: str
    title: Text
    in_force: InForce | None
    certainty: str | None
    lines: tuple[Line, ...]

    def to_dict(self, language: str = "vi", day: date | None = None) -> dict:
        """For JSON.

        Args:
            language: of the texts.
            day: the day for which the state is told; None leaves it out.
        """
        days = self.in_force
        return {
            "kind": self.kind,
            "id": self.id,
            "title": self.title.in_language(language),
            "from": days.since.isoformat() if days else None,
            "until": days.until.isoformat() if days and days.until else None,
            "state": state_on(days, day) if days and day else None,
            "certainty": self.certainty,
            "facts": [[label.in_language(language), value.in_language(language)] for label, value in self.lines],
        }


def head(sheet: Sheet, language: str, day: date | None = None) -> str:
    """The first line of a sheet for people: kind, id, state on the day, certainty."""
    parts = [KINDS[sheet.kind].in_language(language), sheet.id]
    if sheet.in_force and day:
        parts.append(STATES[state_on(sheet.in_force, day)].in_language(language))
    if sheet.certainty:
        parts.append(CERTAINTY[sheet.certainty].in_language(language))
    return " · ".join(parts)


def instrument(pack: Pack, entry: Instrument) -> Sheet:
    """An instrument, with what it changes and what follows it."""
    lines = [
        (Text("Tên gọi tắt", "Short name"), entry.short),
        (Text("Hiệu lực", "In force"), named_days(entry.in_force)),
        (Text("Ràng buộc", "Binding"), yes_no(entry.binding)),
        *_some(Text("Sửa đổi", "Amends"), entry.amends),
        *_some(Text("Được thay bằng", "Replaced by"), entry.replaced_by),
        (Text("Nguồn", "Source"), entry.source),
        *_line("Ghi chú", "Note", entry.note),
    ]
    return Sheet("instrument", entry.number, entry.title, entry.in_force, None, tuple(lines))


def clause(pack: Pack, entry: Clause) -> Sheet:
    """A clause in our own words."""
    lines = [
        (Text("Nơi ghi", "Place"), citation(pack, entry.ref)),
        (Text("Hiệu lực", "In force"), named_days(entry.in_force)),
    ]
    return Sheet("clause", str(entry.ref), entry.summary, entry.in_force, entry.certainty, tuple(lines))


def ground(pack: Pack, entry: Ground) -> Sheet:
    """A ground for decisions, with the safeguards that hold for it."""
    lines = [
        (Text("Nhóm", "Category"), of_vocabulary(pack, "categories", entry.category)),
        (Text("Hiệu lực", "In force"), named_days(entry.in_force)),
        (Text("Được rà soát tự động", "May be screened for"), yes_no(entry.screening_allowed)),
        (Text("An ninh quốc gia", "National security"), yes_no(entry.national_security)),
        *_some(Text("Cũng tính là", "Counts as"), entry.counts_as),
    ]
    return Sheet("ground", entry.id, entry.title, entry.in_force, pack.clauses[entry.ref].certainty, tuple(lines))


def clock(pack: Pack, rule: ClockRule) -> Sheet:
    """A clock rule."""
    lines = [
        (Text("Điều khoản", "Clause"), citation(pack, rule.clause)),
        (Text("Hiệu lực", "In force"), named_days(rule.in_force)),
        *_line("Bắt đầu khi", "Starts when", _words(pack, "events", rule.events)),
        *_line("Áp dụng cho", "Binds", _words(pack, "actors", rule.actors)),
        (Text("Dừng khi", "Stopped by"), of_vocabulary(pack, "obligations", rule.obligation)),
        (Text("Thời hạn", "Time"), _time(rule)),
        *_line("Gia hạn tối đa", "Extension of at most", _same(f"{rule.extension}") if rule.extension else None),
        *_line("Nội dung", "Content", rule.grounds.title if rule.grounds else None),
        *_line("Bên yêu cầu", "Asked by", _words(pack, "requesters", rule.requesters)),
        *_line("Yêu cầu", "Request", _words(pack, "requests", rule.requests)),
        *_line("Mẫu", "Form", _words(pack, "forms", rule.forms)),
        *_line("Chỉ khi khẩn cấp", "Only in an emergency", yes_no(rule.emergency) if rule.emergency else None),
        *_line("Có bên thứ ba", "Third party", yes_no(rule.third_party) if rule.third_party is not None else None),
        *_line("Ghi chú", "Note", rule.note),
    ]
    return Sheet("clock", rule.id, pack.clauses[rule.clause].summary, rule.in_force, rule.certainty, tuple(lines))


def document(pack: Pack, entry: Document) -> Sheet:
    """A paper that lays duties on people."""
    force = {
        "law": Text("văn bản quy phạm", "legal instrument"),
        "order": Text("mệnh lệnh hành chính", "administrative order"),
        "guidance": Text("khuyến nghị, đề nghị", "guidance"),
    }
    lines = [
        (Text("Cơ quan ban hành", "Issuer"), pack.bodies[entry.issuer].title),
        *_line("Phạm vi", "Scope", pack.places[entry.place].title if entry.place else None),
        (Text("Hiệu lực", "In force"), named_days(entry.in_force)),
        (Text("Tính chất", "Force"), force[entry.force]),
        (Text("Nguồn", "Source"), entry.source),
        *_line("Ghi chú", "Note", entry.note),
    ]
    return Sheet("document", entry.id, entry.title, entry.in_force, None, tuple(lines))


def duty(pack: Pack, entry: Duty) -> Sheet:
    """A duty, with whom it binds, what it rests on, what measures and what proves it."""
    paper = pack.documents[entry.document]
    strength = {"must": Text("phải", "must"), "should": Text("nên", "should"), "may": Text("được khuyến khích", "may")}
    lines = [
        (Text("Nơi ghi", "Place"), Text(f"{paper.short.vi}, {entry.place}", f"{paper.short.en}, {entry.place}")),
        (Text("Hiệu lực", "In force"), named_days(entry.in_force)),
        *_line("Áp dụng cho", "Binds", _words(pack, "actors", entry.actors)),
        *_line("Mức độ", "Strength", strength[entry.strength] if entry.strength else None),
        *_line("Lời văn", "Worded", strength[entry.worded] if entry.worded != entry.strength else None),
        (Text("Khi", "When"), _triggers(pack, entry)),
        *_line("Nhanh đến đâu", "How fast", of_vocabulary(pack, "timings", entry.timing) if entry.timing else None),
        (Text("Lặp lại", "How often"), of_vocabulary(pack, "recurrences", entry.recurrence)),
        *_line("Gửi tới", "To", _words(pack, "recipients", entry.recipients)),
        *_bases(pack, entry.bases),
        *_some(Text("Quy định sau này", "Later law"), entry.successors),
        *_some(Text("Thời hạn đo", "Measured by"), [rule.id for rule in pack.clocks_of(entry)]),
        *_some(Text("Thuộc về", "Part of"), entry.part_of),
        (Text("Phần phục vụ", "Served by"), of_vocabulary(pack, "areas", entry.area)),
        *_line("Chứng minh bằng hoạt động", "Proved by acts", _words(pack, "acts", entry.proof.acts)),
        *_line("Minh chứng khác", "Other evidence", _words(pack, "evidence", entry.proof.evidence)),
        *((Text("Lưu ý", "Flag"), flag) for flag in entry.flags),
    ]
    return Sheet("duty", entry.printed_id, entry.title, entry.in_force, None, tuple(lines))


def parameter(pack: Pack, entry: Parameter) -> Sheet:
    """A number of the law with all its values."""
    unit = pack.vocabulary["units"][entry.unit]
    lines = _line("Áp dụng cho", "For", _words(pack, "actors", entry.actors))
    for value in entry.values:
        number, place, days = value.words(), citation(pack, value.clause), named_days(value.in_force)
        sure = CERTAINTY[value.certainty]
        lines.append(
            (
                Text(f"{number.vi} {unit.vi}", f"{number.en} {unit.en}"),
                Text(f"{place.vi}; {days.vi}; {sure.vi}", f"{place.en}; {days.en}; {sure.en}"),
            )
        )
    lines += _line("Ghi chú", "Note", entry.note)
    since, last = entry.values[0].in_force, entry.values[-1].in_force
    days = InForce(since.since, last.until, since.since_certainty, last.until_certainty, last.ended_by)
    return Sheet("parameter", entry.id, entry.title, days, None, tuple(lines))


def sanction(pack: Pack, entry: Sanction) -> Sheet:
    """A range of fines."""
    subject = {"organisation": Text("tổ chức", "organisations"), "individual": Text("cá nhân", "individuals")}
    whose = subject[entry.subject]
    lines = [
        (Text("Điều khoản", "Clause"), citation(pack, entry.clause)),
        (Text("Hiệu lực", "In force"), named_days(entry.in_force)),
        (
            Text("Mức phạt", "Fine"),
            Text(
                f"{entry.low}–{entry.high} triệu đồng, với {whose.vi}",
                f"{entry.low}–{entry.high} million đồng, for {whose.en}",
            ),
        ),
        *_line("Đối tượng kia", "The other subject", _same(f"{entry.other} %") if entry.other else None),
        *_line("Kèm theo", "Besides", entry.extra),
        *_some(Text("Vi phạm", "Answers a breach of"), entry.grounds),
    ]
    return Sheet("sanction", entry.id, entry.conduct, entry.in_force, entry.certainty, tuple(lines))


def checklist(pack: Pack, entry: Checklist) -> Sheet:
    """Minimum contents."""
    lines = [
        (Text("Điều khoản", "Clause"), citation(pack, entry.clause)),
        (Text("Hiệu lực", "In force"), named_days(entry.in_force)),
        *((_same(f"{number}"), item) for number, item in enumerate(entry.items, start=1)),
        *_line("Lưu ý", "Flag", None if entry.complete else Text("chưa đọc đủ các mục", "not all items were read")),
    ]
    return Sheet("checklist", entry.id, entry.title, entry.in_force, entry.certainty, tuple(lines))


def form(pack: Pack, entry: Form) -> Sheet:
    """A report form with its fields and when it is due."""
    due = [_time(rule) for rule in pack.clock_rules.values() if entry.id in rule.forms]
    lines = [
        (Text("Điều khoản", "Clause"), citation(pack, entry.clause)),
        (Text("Hiệu lực", "In force"), named_days(entry.in_force)),
        *_line("Người lập", "Filled in by", _words(pack, "actors", entry.actors)),
        *_line("Gửi tới", "To", _words(pack, "recipients", entry.recipients)),
        *_line("Hạn nộp hằng năm", "Due each year", joined(due) if due else None),
        *((_same(f"{number}"), field.title) for number, field in enumerate(entry.fields, start=1)),
        *_line("Lưu ý", "Flag", None if entry.complete else Text("chưa thấy đủ mẫu", "not all of it was seen")),
        *_line("Ghi chú", "Note", entry.note),
    ]
    return Sheet("form", entry.id, entry.title, entry.in_force, entry.certainty, tuple(lines))


def choice(pack: Pack, identifier: str) -> Sheet:
    """An open question and what is done meanwhile."""
    entry = pack.choices[identifier]
    lines = [
        (Text("Đang làm", "Meanwhile"), entry.answer),
        (Text("Phát sinh", "Arises"), named_days(entry.in_force)),
        *_some(Text("Giữa", "Between"), entry.between),
        *_some(Text("Con số liên quan", "Numbers concerned"), entry.parameters),
        *_some(Text("Nghĩa vụ liên quan", "Duties concerned"), entry.duties),
    ]
    return Sheet("choice", entry.id, entry.question, entry.in_force, entry.certainty, tuple(lines))


def actor(pack: Pack, entry: ActorKind, day: date) -> Sheet:
    """A kind of actor, with the duties that bind it on the day."""
    bound = [found.printed_id for found in pack.duties_on(day, entry.id)]
    lines = [
        *_line("Cũng là", "Is also", _words(pack, "actors", entry.counts_as)),
        *_some(Text("Nghĩa vụ vào ngày hỏi", "Duties on the day"), bound),
    ]
    return Sheet("actor", entry.id, entry.title, None, None, tuple(lines))


def place(pack: Pack, entry: Place, day: date) -> Sheet:
    """A place, with those that came before and stand on the day."""
    lines = [
        (Text("Thời gian", "Days"), named_days(entry.in_force)),
        *_some(Text("Trước đó", "Before"), [found.id for found in predecessors(pack.places, entry.id)]),
        *_some(Text("Vào ngày hỏi", "On the day"), [found.id for found in standing_on(pack.places, entry.id, day)]),
    ]
    return Sheet("place", entry.id, entry.title, entry.in_force, None, tuple(lines))


def body(pack: Pack, entry: Body, day: date) -> Sheet:
    """A public body, with those that came before and stand on the day."""
    lines = [
        (Text("Thời gian", "Days"), named_days(entry.in_force)),
        *_line("Thuộc", "Part of", pack.bodies[entry.part_of].title if entry.part_of else None),
        *(
            (Text("Chuyển việc cho", "Handed on to"), _handed_on(pack, step.body, step.matter))
            for step in entry.successors
        ),
        *_some(Text("Trước đó", "Before"), [found.id for found in predecessors(pack.bodies, entry.id)]),
        *_some(Text("Vào ngày hỏi", "On the day"), [found.id for found in standing_on(pack.bodies, entry.id, day)]),
        *_line("Ghi chú", "Note", entry.note),
    ]
    return Sheet("body", entry.id, entry.title, entry.in_force, None, tuple(lines))


def _handed_on(pack: Pack, identifier: str, matter: Text | None) -> Text:
    title = pack.bodies[identifier].title
    return Text(f"{title.vi}: {matter.vi}", f"{title.en}: {matter.en}") if matter else title


def _bases(pack: Pack, bases: Iterable[Basis]) -> Iterator[Line]:
    for basis in bases:
        named = citation(pack, basis.ref) if basis.ref else Text("không xác định được", "can't be identified")
        if basis.cited_as:
            named = Text(f"{named.vi} (dẫn là “{basis.cited_as.vi}”)", f"{named.en} (cited as “{basis.cited_as.en}”)")
        yield Text("Căn cứ", "Rests on"), named
        if basis.flaw:
            yield Text("Lỗi dẫn chiếu", "Citation defect"), basis.flaw


def _time(rule: ClockRule) -> Text:
    if rule.days:
        vi = ", ".join(f"{'trước ' if rule.strict else 'chậm nhất '}{day:02}/{month:02}" for month, day in rule.days)
        en = ", ".join(f"{'before' if rule.strict else 'by'} {month:02}-{day:02}" for month, day in rule.days)
        return Text(vi, en)
    named = {
        "immediate": Text("ngay", "immediately"),
        "unstated": Text("văn bản không ghi", "the text gives none"),
        "hours": Text(f"{rule.amount} giờ", f"{rule.amount} hours"),
        "calendar_days": Text(f"{rule.amount} ngày", f"{rule.amount} days"),
        "working_days": Text(f"{rule.amount} ngày làm việc", f"{rule.amount} working days"),
    }
    return named[rule.counting]


def _triggers(pack: Pack, entry: Duty) -> Text:
    both = {**pack.vocabulary["triggers"], **pack.vocabulary["events"]}
    return joined([both[word] for word in entry.triggers])


def _words(pack: Pack, vocabulary: str, words: tuple[str, ...]) -> Text | None:
    return joined([of_vocabulary(pack, vocabulary, word) for word in words]) if words else None


def _line(vi: str, en: str, value: Text | None) -> list[Line]:
    """A line, or none when there is nothing to say."""
    return [(Text(vi, en), value)] if value else []


def _same(written: str) -> Text:
    """What reads the same in both languages."""
    return Text(written, written)


def _some(label: Text, values: Iterable[ClauseRef | str]) -> list[Line]:
    written = ", ".join(map(str, values))
    return [(label, _same(written))] if written else []
