"""What people report, and the few questions that each kind needs: a list for each country."""

import re
from dataclasses import dataclass

from anlanh.law.model import Text
from anlanh.law.nodes import Node
from anlanh.law.readers import listed, text_pair, text_pair_or_none

# choice: one of the options · words: the reporter's own · offsets: minutes of a recording · statement: to be agreed to
QUESTION_KINDS = ("choice", "words", "offsets", "statement")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Question:
    """One question, asked on a page of its own.

    Args:
        id: the name of its answer, told apart within the type.
        kind: one of QUESTION_KINDS.
        title: the question.
        help: what helps to answer it; for a statement its words.
        options: the answers of a choice, by their word.
        optional: it may be left unanswered.
        restricts: the options after which the files of the report are held back from most eyes.
        running: the options that say that a broadcast is running now.
        own: the options that say that the report is about the reporter's own person.
    """

    id: str
    kind: str
    title: Text
    help: Text | None
    options: dict[str, Text]
    optional: bool
    restricts: frozenset[str] = frozenset()
    running: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReportType:
    """One answer to "what is wrong with it?".

    Args:
        id: a word that acts and figures keep.
        title: what the choice is called.
        help: one sentence that tells it from its neighbours.
        questions: by id, in the order in which they are asked.
        distressing: what is shown as evidence of it is often hard to look at; the program's own word, no law's.
    """

    id: str
    title: Text
    help: Text
    questions: dict[str, Question]
    distressing: bool = False


def report_type(node: Node) -> ReportType:
    """One entry of `report-types.yaml`."""
    with node.fields() as fields:
        questions: dict[str, Question] = {}
        for item in listed(fields.maybe("questions")):
            question = _question(item)
            if question.id in questions:
                raise item.fault(f"question '{question.id}' is asked twice", "keep one of the two")
            questions[question.id] = question
        distressing = fields.maybe("distressing")
        return ReportType(
            id=_word(fields.take("id")),
            title=text_pair(fields.take("title")),
            help=text_pair(fields.take("help")),
            questions=questions,
            distressing=distressing.flag() if distressing else False,
        )


def _question(node: Node) -> Question:
    with node.fields() as fields:
        optional, options_at = fields.maybe("optional"), fields.maybe("options")
        kind = fields.take("kind").word(QUESTION_KINDS, "kind of question")
        if (kind == "choice") != (options_at is not None):
            raise node.fault("'options' belong to a choice, and a choice needs them", "add or remove 'options'")
        help_at = fields.maybe("help")
        options = [_option(item) for item in listed(options_at)]
        return Question(
            id=_word(fields.take("id")),
            kind=kind,
            title=text_pair(fields.take("title")),
            help=text_pair_or_none(help_at),
            options={option.word: option.text for option in options},
            optional=optional.flag() if optional else False,
            restricts=frozenset(option.word for option in options if option.restricts),
            running=frozenset(option.word for option in options if option.running),
            own=frozenset(option.word for option in options if option.own),
        )


@dataclass(frozen=True, slots=True)
class _Option:
    word: str
    text: Text
    restricts: bool
    running: bool
    own: bool


def _option(node: Node) -> _Option:
    with node.fields() as fields:
        flags = [fields.maybe(name) for name in ("restricts_files", "is_running", "own_person")]
        text = Text(vi=fields.take("vi").text(), en=fields.take("en").text())
        return _Option(_word(fields.take("id")), text, *(at.flag() if at else False for at in flags))


def _word(node: Node) -> str:
    """A word that acts keep: small letters, digits and underscores."""
    word = node.text()
    if not _WORD.fullmatch(word):
        raise node.fault(f"'{word}' is no word for acts", "write small letters, digits and underscores")
    return word
