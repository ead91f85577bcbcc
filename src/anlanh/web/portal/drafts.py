"""A report while it is being written: kept from page to page, so that no error, break or double click loses a word."""

import secrets
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.http import HttpRequest

from anlanh.base.identity.models import Organisation
from anlanh.web.portal import vault

KEPT_FOR = timedelta(days=2)


@dataclass
class KeptFile:
    """A file already uploaded: the stored file's id, its name, its size in bytes."""

    id: str
    name: str
    size: int


@dataclass
class Draft:
    """The answers so far.

    Args:
        token: sends once; a new one is drawn when sending failed.
        answers: by field name, of all steps.
        details: answers to the questions of the kind of report, by question.
        files: uploaded already.
        passed: slugs of the steps answered.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    answers: dict[str, str] = field(default_factory=dict)
    files: list[KeptFile] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    details: dict[str, str] = field(default_factory=dict)

    def pass_step(self, slug: str, answers: dict[str, str]) -> None:
        """Takes over a step's answers."""
        self.answers.update(answers)
        if slug not in self.passed:
            self.passed.append(slug)

    def pass_question(self, slug: str, question: str, answer: str) -> None:
        """Takes over the answer to a question of the kind of report."""
        self.details[question] = answer
        self.pass_step(slug, {})

    def forget_questions(self, slugs: str) -> None:
        """Drops the answers to the questions of another kind of report, whose slugs begin so."""
        self.details = {}
        self.passed = [slug for slug in self.passed if not slug.startswith(slugs)]

    def renew_token(self) -> None:
        """Makes it possible to send again."""
        self.token = secrets.token_urlsafe(18)


def load(request: HttpRequest, organisation: Organisation) -> Draft:
    """The visitor's draft to this organisation, or an empty one."""
    kept = vault.get(request, _name(organisation), within=KEPT_FOR)
    if not isinstance(kept, dict):
        return Draft()
    files = [KeptFile(**entry) for entry in kept["files"]]
    return Draft(kept["token"], kept["answers"], files, kept["passed"], kept.get("details", {}))


def save(request: HttpRequest, organisation: Organisation, draft: Draft) -> None:
    """Keeps the draft for two days from now."""
    vault.put(request, _name(organisation), asdict(draft))


def forget(request: HttpRequest, organisation: Organisation) -> None:
    """Drops the draft, once it is sent or given up."""
    vault.drop(request, _name(organisation))


def _name(organisation: Organisation) -> str:
    return f"report {organisation.code}"
