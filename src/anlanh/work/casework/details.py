"""Answers to the questions that a kind of report asks, checked once for every way in and told apart for the log."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from anlanh.law.report_types import Question
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.categories import CATEGORIES, said

LONGEST_ANSWER = 1000
MOST_OFFSETS = 20
AGREED = "agreed"
_OFFSET = re.compile(r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)")
_SPAN = re.compile(r"\s*(?:-|–|—|đến|to)\s*")


def checked(category: str, given: Mapping[str, str], *, complete: bool = False) -> dict[str, str]:
    """The answers that were given, in one spelling.

    Args:
        category: the kind of report.
        given: answers by question; empty ones count as not given.
        complete: every question that is not optional has to have its answer. A claim, which is a kind of report with
            a statement to agree to, has to be complete in any case.

    Raises:
        BadInput: naming the question as `details.…`.
    """
    questions = CATEGORIES[category].questions
    for name in given:
        if name not in questions:
            raise BadInput(_("no such question"), where=f"details.{name}"[:80], mend=_("leave it out"))
    answers = {name: answer(question, given.get(name, "")) for name, question in questions.items()}
    if complete or (any(answers.values()) and is_claim(category)):
        for name, question in questions.items():
            if not answers[name] and not question.optional:
                raise BadInput(_("this question needs an answer"), where=f"details.{name}", mend=_("answer it"))
    return {name: value for name, value in answers.items() if value}


def is_known(category: str) -> bool:
    """Whether reports of this kind can still be filed."""
    return category in CATEGORIES


def is_claim(category: str) -> bool:
    """Whether reports of this kind state something that their sender answers for."""
    return any(question.kind == "statement" for question in CATEGORIES[category].questions.values())


def answer(question: Question, value: str) -> str:
    """One answer in one spelling; empty where none is given.

    Raises:
        BadInput: no option of a choice, too long, no time of a recording.
    """
    value = " ".join(str(value).replace("\x00", "").split()) if question.kind != "words" else _words(value)
    where = f"details.{question.id}"
    if not value:
        return ""
    if question.kind == "choice" and value not in question.options:
        raise BadInput(_("no such answer"), where=where, mend=", ".join(question.options))
    if question.kind == "statement" and value != AGREED:
        raise BadInput(_("the statement is agreed to, or not"), where=where, mend=AGREED)
    if len(value) > LONGEST_ANSWER:
        raise BadInput(
            _("longer than %(most)s characters") % {"most": LONGEST_ANSWER}, where=where, mend=_("shorten it")
        )
    return offsets(value, where) if question.kind == "offsets" else value


def offsets(text: str, where: str) -> str:
    """Times of a recording, counted from its beginning, as `0:12:30, 1:02:10-1:05:00`.

    Raises:
        BadInput: one that is no such time, or ends before it begins; too many.
    """
    spans = [part for part in re.split(r"[,;\n]", text) if part.strip()]
    if len(spans) > MOST_OFFSETS:
        raise BadInput(_("too many times"), where=where, mend=_("name those that matter most"))
    return ", ".join(_span(part.strip(), where) for part in spans)


def codes_of(category: str, answers: Mapping[str, str]) -> list[str] | None:
    """What figures may count of the answers: words from the pack, as `question:answer`."""
    questions = CATEGORIES[category].questions
    coded = [f"{name}:{value}" for name, value in answers.items() if questions[name].kind in ("choice", "statement")]
    return coded or None


def words_of(category: str, answers: Mapping[str, str]) -> dict[str, str] | None:
    """What is the reporter's own among the answers; the log holds a digest of it."""
    questions = CATEGORIES[category].questions
    own = {name: value for name, value in answers.items() if questions[name].kind not in ("choice", "statement")}
    return own or None


def holds_back_files(category: str, answers: Mapping[str, str]) -> bool:
    """Whether the files of a report with these answers may show the abuse of a child."""
    questions = CATEGORIES[category].questions
    return any(answers.get(name) in question.restricts for name, question in questions.items())


def says_running(category: str, answers: Mapping[str, str]) -> bool:
    """Whether a report with these answers says that a broadcast is running now."""
    questions = CATEGORIES[category].questions
    return any(answers.get(name) in question.running for name, question in questions.items())


def is_broadcast(category: str) -> bool:
    """Whether reports of this kind are about broadcasts."""
    return category in CATEGORIES and any(question.running for question in CATEGORIES[category].questions.values())


def is_own(category: str, answers: Mapping[str, str]) -> bool:
    """Whether a report with these answers is about the reporter's own person."""
    questions = CATEGORIES[category].questions if category in CATEGORIES else {}
    return any(answers.get(name) in question.own for name, question in questions.items())


def in_words(category: str, answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """Question and answer for people, in the language of the page; those no longer asked are left out."""
    questions = CATEGORIES[category].questions if category in CATEGORIES else {}
    return [
        (str(said(questions[name].title)), _told(questions[name], answers[name])) for name in _asked(questions, answers)
    ]


def _asked(questions: Mapping[str, Question], answers: Mapping[str, str]) -> Iterable[str]:
    return (name for name in questions if name in answers)


def _told(question: Question, value: str) -> str:
    if question.kind == "statement":
        return _("agreed to")
    option = question.options.get(value)
    return str(said(option)) if option else value


def _words(text: str) -> str:
    return "".join(sign for sign in text.replace("\r\n", "\n") if sign >= " " or sign == "\n").strip()


def _span(text: str, where: str) -> str:
    ends = [seconds(end, where) for end in _SPAN.split(text)]
    if len(ends) > 2 or ends != sorted(ends):
        raise _no_time(text, where)
    return "-".join(clock_words(end) for end in ends)


def clock_words(offset: int) -> str:
    """A time of a recording in seconds, as `h:mm:ss`."""
    return f"{offset // 3600}:{offset % 3600 // 60:02}:{offset % 60:02}"


def seconds(text: str, where: str) -> int:
    """A time of a recording, written `h:mm:ss` or `mm:ss`, in seconds from its beginning.

    Raises:
        BadInput: no such time.
    """
    found = _OFFSET.fullmatch(text.strip())
    if not found:
        raise _no_time(text, where)
    return int(found["hours"] or 0) * 3600 + int(found["minutes"]) * 60 + int(found["seconds"])


def _no_time(text: str, where: str) -> BadInput:
    return BadInput(
        _("“%(text)s” is no time of a recording") % {"text": text[:40]},
        where=where,
        mend=_("write minutes and seconds, such as 12:30 or 1:02:10-1:05:00"),
    )
