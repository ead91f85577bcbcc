"""The law book: what the pack believes, article by article, with how sure each value is. Generated, not hand-written.

Pages are Markdown by file name, the same names in each language.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from anlanh.law import sheets
from anlanh.law.contents import Pack
from anlanh.law.lookup import standing_on_clause
from anlanh.law.model import Instrument, Text
from anlanh.law.sheets import Sheet
from anlanh.law.wording import CERTAINTY, KINDS, named_days
from anlanh.primitives.clauses import ClauseRef

_UNSIGNED = Text(
    "Trang này được sinh từ dữ liệu, chưa có luật sư ký xác nhận. Lời tóm tắt là của hệ thống; văn bản gốc quyết định.",
    "This page is generated from data and not signed off by a lawyer. Summaries are our own words; the texts decide.",
)


def law_book(pack: Pack, language: str) -> dict[str, str]:
    """Every page of the book.

    Args:
        pack: the law.
        language: "vi" or "en".

    Returns:
        the text of each page by its file name; `README.md` is the table of contents.
    """
    pages: dict[str, str] = {}
    contents: list[tuple[Text, list[tuple[str, Text]]]] = []

    def add(heading: Text, rows: Iterable[tuple[str, Text, Iterator[str]]]) -> None:
        listed = []
        for name, title, lines in rows:
            pages[name] = _page(title, lines, language)
            listed.append((name, title))
        contents.append((heading, listed))

    by_day = sorted(pack.instruments.values(), key=lambda entry: (entry.in_force.since, entry.number))
    add(
        Text("Văn bản", "Instruments"),
        ((f"{_slug(entry.number)}.md", _named(entry), _instrument(pack, entry, language)) for entry in by_day),
    )
    add(
        Text("Văn bản giao nhiệm vụ", "Papers that lay duties on people"),
        (
            (f"duties-{_slug(paper.id)}.md", paper.title, _document(pack, paper.id, language))
            for paper in pack.documents.values()
        ),
    )
    add(
        Text("Điểm còn để ngỏ và lịch", "Open questions and calendar"),
        [
            ("questions.md", Text("Điểm cần người xác định", "Open questions"), _questions(pack, language)),
            ("calendar.md", Text("Ngày nghỉ và ngày làm bù", "Days off and days worked"), _calendar(pack, language)),
            ("places-and-bodies.md", Text("Địa phương và cơ quan", "Places and bodies"), _standing(pack, language)),
        ],
    )
    pages["README.md"] = _contents(pack, contents, language)
    return pages


def _page(title: Text, lines: Iterable[str], language: str) -> str:
    head = [f"# {title.in_language(language)}", "", f"> {_UNSIGNED.in_language(language)}", ""]
    return "\n".join([*head, *lines]).rstrip() + "\n"


def _contents(pack: Pack, contents: list[tuple[Text, list[tuple[str, Text]]]], language: str) -> str:
    lines = [Text("Mức chắc chắn:", "How sure:").in_language(language)]
    meanings = {
        "quoted": Text("thấy lời văn trong một bản sao có tên", "the words were seen in a named copy"),
        "read": Text("đọc trọn điều khoản trong bản sao đó", "the provision was read in full there"),
        "secondary": Text("chỉ thấy trong bản tóm tắt", "seen only in somebody's summary"),
        "recall": Text("hiểu biết chung, chưa đối chiếu", "general knowledge, not checked"),
        "source": Text("có trong tài liệu mà hệ thống dựa vào", "stands in the papers that the system serves"),
    }
    for word, meaning in meanings.items():
        lines.append(f"- *{CERTAINTY[word].in_language(language)}*: {meaning.in_language(language)}")
    for heading, rows in contents:
        lines += ["", f"## {heading.in_language(language)}", ""]
        lines += [f"- [{title.in_language(language)}]({name})" for name, title in rows]
    return _page(pack.title, lines, language)


def _instrument(pack: Pack, entry: Instrument, language: str) -> Iterator[str]:
    yield from _facts(sheets.instrument(pack, entry), language)
    places = sorted(_places(pack, entry.number))
    by_article: dict[str, list[ClauseRef]] = {}
    for ref in places:
        by_article.setdefault(ref.article or "", []).append(ref)
    for article, refs in by_article.items():
        title = Text(f"Điều {article}", f"Article {article}") if article else Text("Toàn văn bản", "The whole text")
        yield from ("", f"## {title.in_language(language)}")
        for ref in refs:
            yield from _clause(pack, ref, language)


def _clause(pack: Pack, ref: ClauseRef, language: str) -> Iterator[str]:
    known = pack.clauses.get(ref)
    yield ""
    if ref.clause or ref.point:  # an article by itself already has its heading
        yield from (f"### {ref.format_vi() if language == 'vi' else ref.format_en()}", "")
    if known and known.in_force != pack.instruments[ref.instrument].in_force:
        yield from (f"_{named_days(known.in_force).in_language(language)}_", "")
    if known:
        yield f"{known.summary.in_language(language)} (*{CERTAINTY[known.certainty].in_language(language)}*)"
    for sheet in standing_on_clause(pack, ref):
        if _stands_exactly(pack, sheet, ref):
            yield from ("", *_entry(sheet, language))


def _places(pack: Pack, number: str) -> set[ClauseRef]:
    """Every place of an instrument that something stands on."""
    refs = {ref for ref in pack.clauses if ref.instrument == number}
    for entries in (pack.sanctions, pack.checklists, pack.forms):
        refs.update(entry.clause for entry in entries.values() if entry.clause.instrument == number)
    for parameter in pack.parameters.values():
        refs.update(value.clause for value in parameter.values if value.clause.instrument == number)
    return refs


def _stands_exactly(pack: Pack, sheet: Sheet, ref: ClauseRef) -> bool:
    """Whether an entry is of this very place, so that each is printed once; duties have pages of their own."""
    exact: dict[str, Callable[[], bool]] = {
        "ground": lambda: pack.grounds[sheet.id].ref == ref,
        "clock": lambda: pack.clock_rules[sheet.id].clause == ref,
        "parameter": lambda: any(value.clause == ref for value in pack.parameters[sheet.id].values),
        "sanction": lambda: pack.sanctions[sheet.id].clause == ref,
        "checklist": lambda: pack.checklists[sheet.id].clause == ref,
        "form": lambda: pack.forms[sheet.id].clause == ref,
        "duty": lambda: False,
    }
    return exact[sheet.kind]()


def _document(pack: Pack, identifier: str, language: str) -> Iterator[str]:
    yield from _facts(sheets.document(pack, pack.documents[identifier]), language)
    for duty in pack.duties.values():
        if duty.document == identifier:
            yield ""
            yield from _entry(sheets.duty(pack, duty), language)


def _questions(pack: Pack, language: str) -> Iterator[str]:
    for identifier in pack.choices:
        yield from _entry(sheets.choice(pack, identifier), language)
        yield ""


def _calendar(pack: Pack, language: str) -> Iterator[str]:
    words = pack.vocabulary["holidays"]
    for year in pack.calendar.years.values():
        yield from (f"## {year.year}", "", year.source.in_language(language), "")
        for day in sorted(year.off.values(), key=lambda off: off.day):
            sure = CERTAINTY[day.certainty].in_language(language)
            yield f"- {day.day}: {words[day.why].in_language(language)} (*{sure}*)"
        worked = Text("làm việc, thay cho", "worked, for").in_language(language)
        for day in sorted(year.worked.values(), key=lambda entry: entry.day):
            yield f"- {day.day}: {worked} {day.instead_of} (*{CERTAINTY[day.certainty].in_language(language)}*)"
        for day in year.open:
            yield f"- {day.day}: **?** {day.question.in_language(language)}"
        yield ""


def _standing(pack: Pack, language: str) -> Iterator[str]:
    for entries in (pack.places, pack.bodies):
        for entry in entries.values():
            followers = ", ".join(entry.successor_ids)
            then = f" → {followers}" if followers else ""
            days = named_days(entry.in_force).in_language(language)
            yield f"- `{entry.id}` {entry.title.in_language(language)}: {days}{then}"
        yield ""


def _entry(sheet: Sheet, language: str) -> Iterator[str]:
    sure = f" (*{CERTAINTY[sheet.certainty].in_language(language)}*)" if sheet.certainty else ""
    yield f"**{KINDS[sheet.kind].in_language(language)} `{sheet.id}`**{sure}: {sheet.title.in_language(language)}"
    yield ""
    yield from _facts(sheet, language)


def _facts(sheet: Sheet, language: str) -> Iterator[str]:
    for label, value in sheet.lines:
        yield f"- {label.in_language(language)}: {value.in_language(language)}"


def _named(entry: Instrument) -> Text:
    return Text(f"{entry.short.vi}: {entry.title.vi}", f"{entry.short.en}: {entry.title.en}")


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    kept = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")
