"""What can be reported, and what each kind asks: for forms that others build."""

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from anlanh.law.model import Text
from anlanh.law.pack import vietnam
from anlanh.law.report_types import Question, ReportType
from anlanh.web.api.answering import answer

router = Router()


class Said(BaseModel):
    """A text in both languages."""

    vi: str
    en: str


class QuestionOut(BaseModel):
    """A question; its answer goes into `details` under its id."""

    id: str
    kind: str = Field(description="choice, words, offsets (12:30, 1:02:10-1:05:00) or statement (agreed).")
    title: Said
    help: Said | None
    options: dict[str, Said] = Field(description="The words of a choice.")
    optional: bool


class ReportTypeOut(BaseModel):
    """A kind of report; its id is the `category`."""

    id: str
    title: Said
    help: Said
    questions: list[QuestionOut]


class ReportTypes(BaseModel):
    """Every kind, in the order in which people are offered them."""

    types: list[ReportTypeOut]


@router.get("/report-types", auth=None, response=ReportTypes)
def report_types(request: HttpRequest) -> HttpResponse:
    """The kinds of reports with their questions; open to everybody."""
    return answer(ReportTypes(types=[_type(entry) for entry in vietnam().report_types.values()]))


def _type(entry: ReportType) -> ReportTypeOut:
    questions = [_question(question) for question in entry.questions.values()]
    return ReportTypeOut(id=entry.id, title=_said(entry.title), help=_said(entry.help), questions=questions)


def _question(question: Question) -> QuestionOut:
    return QuestionOut(
        id=question.id,
        kind=question.kind,
        title=_said(question.title),
        help=_said(question.help) if question.help else None,
        options={word: _said(text) for word, text in question.options.items()},
        optional=question.optional,
    )


def _said(text: Text) -> Said:
    return Said(vi=text.vi, en=text.en)
