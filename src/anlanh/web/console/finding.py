"""What Ctrl-K and the search page find, in groups: everything that the person may see, and the console's own pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anlanh.base.actor import Actor
from anlanh.base.identity.models import Membership
from anlanh.base.identity.queries import members
from anlanh.base.identity.words import ROLE_TITLES
from anlanh.law.finding import find as find_law
from anlanh.law.pack import vietnam
from anlanh.law.sheets import Sheet
from anlanh.law.wording import KINDS
from anlanh.primitives.folding import fold_search
from anlanh.web.console.links import Link
from anlanh.web.console.shell import place_links, queue_links
from anlanh.web.law_words import clause_title, language
from anlanh.work.casework import measures
from anlanh.work.casework.letters import word_for
from anlanh.work.casework.models import Appeal, Case, Decision, Order, Report
from anlanh.work.casework.queries import everything
from anlanh.work.casework.queries.finding import MOST_LOOKED_AT, Found
from anlanh.work.registry import queries as registry
from anlanh.work.registry.models import Holder, Page

SHORTEST = 2  # characters below which a search would find half the house
LONGEST = 200


@dataclass(frozen=True)
class Hit:
    """One thing found.

    Args:
        title: what people call it.
        more: what tells it from others of its kind.
        address: where it is.
        key: the keys that go there, for pages of the console.
    """

    title: str
    more: str
    address: str
    key: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one kind.

    Args:
        title: of the kind.
        hits: at most as many as were asked for.
        all_at: where more of them are listed; empty where that is nowhere.
    """

    title: str | Promise
    hits: list[Hit] = field(default_factory=list)
    all_at: str = ""


def find(actor: Actor, words: str, most: int) -> list[Group]:
    """The groups that hold something; the console's pages alone while less than two characters are typed.

    Args:
        actor: who searches.
        words: as they are typed.
        most: hits of each kind.
    """
    words = words.strip()[:LONGEST]
    groups = [*_groups(actor, words, most)] if len(words) >= SHORTEST else []
    return [group for group in [*groups, Group(_("Go to"), _commands(actor, words))] if group.hits]


def _groups(actor: Actor, words: str, most: int) -> Iterator[Group]:
    pages = registry.find(actor, words, limit=MOST_LOOKED_AT) if actor.can("registry.view") else None
    if actor.can("cases.view"):
        page_ids = None if pages is None else [page.id for page in pages]
        yield from _of_cases(everything(actor, words, most, page_ids), words)
    if pages is not None:
        at = _at("console:registry", words)
        yield Group(_("Pages"), [_page(page) for page in pages[:most]], at)
        yield Group(_("Accounts"), [_holder(holder) for holder in _holders(pages, words)[:most]], at)
    if actor.can("people.manage"):
        yield Group(_("People"), _people(actor, words)[:most], reverse("accounts:people"))
    entries = find_law(vietnam(), words)[:most]
    yield Group(_("Law"), [_entry(sheet) for sheet in entries], f"{reverse('portal:law')}?q={quote(words)}")


def _of_cases(found: Found, words: str) -> Iterator[Group]:
    yield Group(_("Cases"), [_case(case) for case in found.cases], _at("console:queue", words))
    yield Group(_("Reports"), [_report(report) for report in found.reports])
    yield Group(_("Orders of authorities"), [_order(order) for order in found.orders])
    yield Group(_("Decisions"), [_decision(decision) for decision in found.decisions])
    yield Group(_("Appeals"), [_appeal(appeal) for appeal in found.appeals])


def _case(case: Case) -> Hit:
    return Hit(_name(case.page), case.number, reverse("console:case", args=[case.id]))


def _report(report: Report) -> Hit:
    return Hit(report.reference, _name(report.case.page), reverse("console:case", args=[report.case_id]))


def _order(order: Order) -> Hit:
    return Hit(order.number or order.office, order.office, reverse("console:case", args=[order.case_id]))


def _decision(decision: Decision) -> Hit:
    title = measures.named(decision.measure).described(measures.Terms.of(decision), language())
    more = f"{decision.case.number} · {clause_title(decision.ground)}"
    address = f"{reverse('console:case', args=[decision.case_id])}#decision-{decision.id}"
    return Hit(f"{title[0].upper()}{title[1:]}: {_name(decision.case.page)}", more, address)


def _appeal(appeal: Appeal) -> Hit:
    outcome = word_for(appeal.outcome, language()) if appeal.outcome else gettext("not yet answered")
    return Hit(
        _name(appeal.case.page), f"{appeal.case.number} · {outcome}", reverse("console:case", args=[appeal.case_id])
    )


def _page(page: Page) -> Hit:
    return Hit(page.title or page.address, page.address, _at("console:registry", page.address))


def _holder(holder: Holder) -> Hit:
    return Hit(holder.name or holder.address, holder.address, _at("console:registry", holder.address))


def _entry(sheet: Sheet) -> Hit:
    more = f"{KINDS[sheet.kind].in_language(language())} · {sheet.id}"
    return Hit(sheet.title.in_language(language()), more, reverse("portal:law_entry", args=[sheet.id]))


def _holders(pages: Iterable[Page], words: str) -> list[Holder]:
    """The accounts behind the pages that hold all the words themselves, each once."""
    asked = fold_search(words).split()
    holders = {page.holder_id: page.holder for page in pages if page.holder}
    return [one for one in holders.values() if _holds(f"{one.name} {one.address}", asked)]


def _people(actor: Actor, words: str) -> list[Hit]:
    asked = fold_search(words).split()
    found = [person for person in members(actor).select_related("account") if asked and _holds(person.name, asked)]
    return [Hit(person.name, _roles(person), reverse("accounts:person", args=[person.ref])) for person in found]


def _roles(person: Membership) -> str:
    return ", ".join(str(ROLE_TITLES.get(role, role)) for role in person.roles)


def _commands(actor: Actor, words: str) -> list[Hit]:
    asked = fold_search(words).split()
    links: list[Link] = [*queue_links(actor), *place_links(actor)]
    return [Hit(str(link.title), "", link.address, link.key) for link in links if _holds(str(link.title), asked)]


def _holds(text: str, asked: Iterable[str]) -> bool:
    folded = fold_search(text)
    return all(word in folded for word in asked)


def _name(page: Page) -> str:
    return page.title or page.address


def _at(view: str, words: str) -> str:
    return f"{reverse(view)}?q={quote(words)}"
