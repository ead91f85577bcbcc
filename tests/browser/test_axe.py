"""Every page there is, with real rows on it: axe finds nothing, and nothing is wider than the screen.

The list of pages is read from the resolver, so a new one is looked at as soon as it is there. Each page is opened once
and looked at light and dark, on a phone and on a desk.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from anlanh.base.identity import actions as identity
from anlanh.base.identity.policy import actor_for_member
from anlanh.server.worker import drain
from anlanh.work.casework.actions import appeals, decide, review
from anlanh.work.casework.models import Case
from tests.architecture.routes import page_routes
from tests.architecture.world import World, build_world, entered, report
from tests.browser import steps
from tests.browser.conftest import Installation
from tests.web.portal.conftest import Visitor
from tests.work.casework.steps_of import decision_input

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (360, 1440)
# Where the addresses of the portal's pages begin.
PORTAL = (
    "bao/",
    "ho-so/",
    "xac-nhan-thu/",
    "phap-luat/",
    "dai-dien/",
    "cong-khai/",
    "so-lieu/",
    "quyet-dinh/",
    "quy-dinh/",
)
SCHEMES = ("light", "dark")

# Parts of addresses that name something of the law.
LAW = {"duty_id": "BD.5.4.a", "entry_id": "147/2024/NĐ-CP", "kind": "department"}
# Pages that are shown in more than one state: what else to open, beside the plain address.
STATES: dict[str, list[str]] = {
    "console:queue": ["?view=mine", "?view=all", "?view=appeals", "?view=orders", "?view=closed", "?q=vuon",
                      "?q=khong-co-gi", "?category=child"],
    "console:tasks": ["?state=done"],
    "console:quality": ["?check=1"],
    "console:registry": ["?q=vuon", "?q=khong-co-gi"],
    "console:search": ["?q=vuon", "?q=khong-co-gi"],
    "console:duties": ["?group=area", "?group=source&state=met", "?from=mai"],
    "console:signing": ["?kind=calendar", "?kind=pack"],
    "portal:find": ["?viec=khieu-nai"],
    "portal:law": ["?q=bao+cao", "?q=khong-co-gi", "?ngay=2026-09-01&biet=2026-08-20"],
    "portal:law_clocks": ["?event=order.received&actor=telecom&at=2026-09-01T09:00", "?event=khong-co"],
    "portal:start": ["?muc=impersonation"],
}  # fmt: skip


def ready_world(site: Installation) -> tuple[World, list[Case]]:
    """An organisation with rows of every kind, and cases in every phase."""
    office = site.office
    world = build_world(office)
    moderator = office.actor("moderator")
    cases = [Case.objects.get(id=world.ids["order_case_id"])]
    waiting = report(office, "chưa ai xem", "https://mang.example/bai/1")
    claimed = report(office, "đang xem", "https://mang.example/bai/2")
    everyone_holds(office, claimed.case)
    kept = report(office, "giữ lại", "https://mang.example/bai/3")
    review.claim(moderator, kept.case.id)
    decide.decide(moderator, kept.case.id, decision_input("no_action"))
    appeals.file_appeal(kept.report.reference, kept.secret, "Trang này vẫn còn lừa người khác.")
    verified = entered(office, "yêu cầu thứ hai")
    drain()
    return world, [*cases, waiting.case, claimed.case, kept.case, verified]


def everyone_holds(office: Any, case: Case) -> None:
    """The case is taken by the person whose pages are looked at, so that its decision panel is open."""
    review.claim(actor_for_member(office.members["everyone"]), case.id)


def sign_in_as(page: Page, site: Installation, nickname: str) -> None:
    """Gives the window the session of somebody who signed in, without the way through the form."""
    client = Client()
    client.force_login(site.office.members[nickname].account)
    give_session(page, site, client)


def give_session(page: Page, site: Installation, client: Client) -> None:
    """Lets the window go on where a test client is."""
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}])


def faults_of(page: Page) -> Iterator[str]:
    """What is wrong with the page that is open, in both widths and both schemes."""
    page.evaluate(AXE.read_text())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{wide} px wide on a screen of {width} px"
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(
                """async ([rules, scheme]) => {
                    for (const move of document.getAnimations()) {
                        move.effect.getComputedTiming().endTime === Infinity ? move.cancel() : move.finish();
                    }
                    const only = scheme === "light" ? rules : ["color-contrast"];
                    const result = await axe.run({ runOnly: only, resultTypes: ["violations"] });
                    return result.violations.map((v) => `${v.id} at ${v.nodes.map((n) => n.target).join(", ")}`);
                }""",
                [RULES, scheme],
            )
            yield from (f"{width} px, {scheme}: {fault}" for fault in found)


def look_at(page: Page, site: Installation, paths: list[str]) -> list[str]:
    """Opens each address and gathers what is wrong; all at once, so that one run tells everything."""
    faults, seen = [], set()
    for path in paths:
        answer = page.goto(site.url + path, wait_until="load")
        assert answer.status < 500, path
        if page.url in seen:  # several addresses lead to one page
            continue
        seen.add(page.url)
        faults += [f"{path}: {fault}" for fault in faults_of(page)]
    return faults


def paths_of(rooms: tuple[str, ...], world: World, cases: list[Case]) -> list[str]:
    """The addresses of all pages of some rooms, with every state that is known."""
    values = {"slug": "dia-chi", "token": "khong-phai", "uidb36": "1", "key": "set-password", **LAW, **world.ids}
    client = Client()
    client.force_login(world.office.members["everyone"].account)
    paths = []
    for route in page_routes():
        if route.template.startswith(rooms) and is_page(client, route.path(values)):
            paths += [route.path(values) + state for state in ["", *STATES.get(route.name, [])]]
            if route.name == "console:case":
                paths += [route.path({"case_id": case.id}) for case in cases]
    return paths


def is_page(client: Client, path: str) -> bool:
    """Whether an address shows a page: not a part of one, not a file, and not only a place that forms are sent to."""
    answer = client.get(path, follow=True)
    return answer.status_code != 405 and answer.getvalue().lstrip().startswith(b"<!doctype html")


def test_the_console(installation: Installation, window: Callable[..., Page]) -> None:
    world, cases = ready_world(installation)
    page = window()
    sign_in_as(page, installation, "everyone")
    paths = paths_of(("console/",), world, cases)
    marked = "&".join(f"case={case.id}" for case in cases)
    paths += [f"/console/together/?{marked}", f"/console/together/?like=domain&case={cases[-1].id}"]
    assert_none(look_at(page, installation, paths))


def test_the_accounts(installation: Installation, window: Callable[..., Page]) -> None:
    world, cases = ready_world(installation)
    somebody, nobody = window(), window()
    _, invitation = identity.invite(installation.office.actor("admin"), "ba@mang.example", "Ba", ["moderator"])
    first = f"/accounts/invitation/{invitation}/"
    sign_in_as(somebody, installation, "everyone")
    paths = [path for path in paths_of(("accounts/",), world, cases) if "logout" not in path]
    faults = look_at(nobody, installation, [*paths_before_signing_in(paths), first])
    faults += look_at(somebody, installation, paths)
    faults += look_at(somebody, installation, with_second_step(installation, somebody))
    assert_none([*faults, *look_at(somebody, installation, ["/accounts/logout/"])])


def paths_before_signing_in(paths: list[str]) -> list[str]:
    """The account pages that show something to nobody."""
    doors = ("login", "password", "invitation", "first", "inactive")
    return [path for path in paths if path.removeprefix("/accounts/").startswith(doors)]


def with_second_step(site: Installation, page: Page) -> list[str]:
    """Pages that look different once an authenticator app is set up; setting one up needs the password again."""
    steps.set_up_second_step(page, site)
    return ["/accounts/second-step/", "/accounts/second-step/codes/", "/accounts/second-step/deactivate/"]


def test_the_portal(installation: Installation, window: Callable[..., Page]) -> None:
    world, cases = ready_world(installation)
    answered, sent = Visitor(world.office.organisation.code), Visitor(world.office.organisation.code)
    answered.fill_in()
    sent.report()
    for key in ((world.ids["reference"], world.secret), world.door):
        sent.client.post("/ho-so/", dict(zip(("reference", "secret"), key, strict=True)))
    nobodys, first, second = window(), window(), window()
    give_session(first, installation, answered.client)
    give_session(second, installation, sent.client)
    paths = ["/", *paths_of(PORTAL, world, cases)]
    steps_answered = [path for path in paths if path.startswith("/bao/") and not path.endswith("/da-gui/")]
    steps_answered += [f"/bao/{answered.office}/{slug}/" for slug in answered.answers]
    files = [answered.at("da-gui"), f"/ho-so/{world.ids['reference']}/", f"/ho-so/{world.ids['reference']}/khieu-nai/",
             f"/ho-so/{world.door[0]}/"]  # fmt: skip
    files += [f"/ho-so/{world.ids['reference']}/trao-doi/", f"/ho-so/{world.door[0]}/dai-dien/"]
    faults = look_at(nobodys, installation, paths) + look_at(first, installation, steps_answered)
    assert_none([*faults, *look_at(second, installation, files)])


def assert_none(faults: list[str]) -> None:
    """Fails with all that was found, a line each."""
    assert not faults, "\n" + "\n".join(faults)
