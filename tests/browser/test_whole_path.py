"""The whole path in a real browser, with a real worker, mail server and receiver: from the report to the proof."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from anlanh.base import clock
from anlanh.base.identity.actions import change_roles
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.work.casework.models import Appeal, Measure
from anlanh.work.registry import queries as registry
from anlanh.work.registry.actions import PageInput, put_page
from tests.browser import steps
from tests.browser.conftest import Installation
from tests.proving import assert_proven

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "https://mang.example/bai/khuyen-mai-hom-nay"
STORY = "Bài này tự xưng là ngân hàng và xin mã xác nhận."
FACTS = "Bài viết tự nhận là ngân hàng và đưa đường dẫn xin mã xác nhận."
SUBJECT_FACT = "Dòng thứ ba ghi “nhập mã để nhận 500.000 đồng”."
OBJECTION = "Tôi đăng lại lời mời đó để cảnh báo mọi người."
REASONS = "Dòng đầu ghi rõ đây là lời cảnh báo, nên bài viết không lừa ai."
HOLDER, REPORTER = "chu-trang@mang.example", "man@thu.example"


def fraud_ground() -> str:
    """A ground in force today under which a scam falls."""
    today = civil_date(clock.now())
    return next(ground.id for ground in vietnam().grounds_on(today) if ground.category == "fraud")


def decide_to_remove(page: Page, ground: str) -> None:
    """Fills in the decision panel of the open case, looks at the letters, and decides."""
    panel = page.locator("#decide")
    panel.locator("input[name=measure][value=remove]").check()
    panel.locator(f"input[name=ground][value='{ground}']").check()
    panel.locator("#id_facts").fill(FACTS)
    panel.locator("#id_subject_fact").fill(SUBJECT_FACT)
    panel.locator("details.c-preview summary").click()
    panel.locator("details.c-preview button").click()
    expect(page.locator("#letters article").first).to_contain_text(FACTS)
    panel.locator("button[name=then][value=stay]").click()
    expect(page.locator(".c-decided")).to_contain_text(SUBJECT_FACT)


def look_at_the_law(page: Page) -> None:
    """The case page says until when something is due, by which clause, and how that was counted."""
    first = page.locator("#law .c-clock").first
    first.locator("summary").first.click()
    expect(first.locator(".al-clock-detail ol li").first).to_be_visible()
    assert first.locator(".c-clock-law").first.inner_text().strip()


def test_from_a_report_to_the_proof(
    connected: Installation, window: Callable[..., Page], tmp_path: Path, settings: object
) -> None:
    site, office = connected, connected.office
    settings.MFA_TOTP_TOLERANCE = 1  # a code may grow old while the browser types it
    put_page(
        office.actor("registrar"),
        PageInput(ADDRESS, title="Khuyến mãi hôm nay", holder_address="https://mang.example/@man",
                  holder_name="Trần Văn Chủ", holder_email=HOLDER),
    )  # fmt: skip
    # The decider may hear appeals, too, so that only having decided stands in the way.
    change_roles(office.actor("admin"), office.members["moderator"].ref, ["moderator", "appeals_officer"])

    # A reporter without an account, on a phone, who then proves that the address is theirs.
    phone = window(phone=True)
    reference, secret = steps.report(phone, site, ADDRESS, STORY, REPORTER)
    confirmation = site.mail.wait_for(REPORTER)[0]
    phone.goto(steps.link_in(confirmation.text, site))
    phone.click("main form button")
    expect(phone.locator(".al-arrived")).to_be_visible()

    # A moderator with a second step takes the next case, reads the law, and decides.
    desk = window()
    steps.sign_in(desk, site, "moderator")
    authenticator = steps.set_up_second_step(desk, site)
    steps.sign_out(desk, site)
    steps.sign_in(desk, site, "moderator", authenticator)
    desk.click("form[action='/console/next/'] button")
    desk.wait_for_url("**/console/cases/*/")
    expect(desk.locator(".c-words").first).to_have_text(STORY)
    look_at_the_law(desk)
    ground = fraud_ground()
    decide_to_remove(desk, ground)
    case_page = desk.url

    # The platform gets a signed order with the reasons, and its answer is the receipt.
    order = site.receiver.wait_for(1)[0]
    assert site.receiver.genuine(order, time.time())
    assert (order.order["step"], order.order["page"]["address"]) == ("apply", ADDRESS)
    assert order.order["statement_of_reasons"]["subject_fact"] == SUBJECT_FACT
    assert order.order["statement_of_reasons"]["illegal_content_legal_ground"] == ground
    assert REPORTER not in str(order.order)
    page_id = registry.page_at(office.actor("registrar"), ADDRESS).id
    steps.eventually(lambda: registry.page(office.actor("registrar"), page_id).state == "removed")
    assert Measure.objects.get().receipt

    # Both are told, by letter and on their own pages; the person affected learns nothing about the reporter.
    assert FACTS in site.mail.wait_for(REPORTER, 2)[1].text
    letter = site.mail.wait_for(HOLDER)[0].text
    assert FACTS in letter
    assert SUBJECT_FACT in letter
    assert REPORTER not in letter
    assert "Mận" not in letter
    steps.open_file(phone, site, reference, secret)
    assert FACTS in steps.letters_on(phone)[0]

    # The person affected opens the door from the letter, and appeals.
    affected = window(phone=True)
    steps.open_file(affected, site, *steps.key_in(letter))
    assert FACTS in steps.letters_on(affected)[0]
    affected.click("a[href$='/khieu-nai/']")
    affected.fill("#id_text", OBJECTION)
    affected.click("button.al-go")
    expect(affected.locator("blockquote")).to_have_text(OBJECTION)
    affected.click("button[name=send]")
    affected.wait_for_url("**/ho-so/*/")
    expect(affected.locator("a[href$='/khieu-nai/']")).to_have_count(0)

    # Who decided can't hear it, not even by sending the form that is not offered.
    desk.goto(case_page)
    expect(desk.locator("#hear-why")).to_be_visible()
    expect(desk.locator("form[action^='/console/appeals/'] button:enabled")).to_have_count(0)
    appeal = Appeal.objects.get()
    answer = send_unoffered(desk, f"/console/appeals/{appeal.id}/hear/", outcome="upheld", reasons="Tôi vẫn thấy đúng.")
    assert answer.status == 403
    appeal.refresh_from_db()
    assert not appeal.decided_at

    # The appeals officer reverses; the platform restores the page; both are told.
    officer = window()
    steps.sign_in(officer, site, "appeals")
    officer.goto(f"{site.url}/console/?view=appeals")
    officer.click("a[data-row-link]")
    expect(officer.locator("form[action^='/console/appeals/']")).to_be_visible()
    hear(officer, "reversed", REASONS)
    reversal = site.receiver.wait_for(2)[1]
    assert site.receiver.genuine(reversal, time.time())
    assert (reversal.order["step"], reversal.order["measure"]) == ("reverse", order.order["measure"])
    steps.eventually(lambda: registry.page(office.actor("registrar"), page_id).state == "live")
    assert any(REASONS in told.text for told in site.mail.wait_for(REPORTER, 3))
    steps.eventually(lambda: any(REASONS in told.text for told in site.mail.to(HOLDER)))
    for person, key in ((phone, reference), (affected, steps.key_in(letter)[0])):
        person.goto(f"{site.url}/ho-so/{key}/")
        assert any(REASONS in shown for shown in steps.letters_on(person))

    site.settle()
    entries = assert_proven(office.organisation.code, tmp_path)
    for act in ("report.received", "decision.made", "measure.applied", "appeal.decided", "measure.reversed"):
        assert any(f'"{act}"' in entry for entry in entries)
    assert not any(REPORTER in entry or HOLDER in entry or STORY in entry for entry in entries)


def hear(page: Page, outcome: str, reasons: str) -> None:
    """Answers the appeal on the open case."""
    form = page.locator("form[action^='/console/appeals/']")
    form.locator(f"input[name=outcome][value={outcome}]").check()
    form.locator("textarea[name=reasons]").fill(reasons)
    with page.expect_navigation():
        form.locator("button[name=then]").click()


def send_unoffered(page: Page, address: str, **fields: str) -> Response:
    """Sends a form that the open page does not have, as somebody would who knows how pages work."""
    with page.expect_navigation() as navigation:
        page.evaluate(
            """([address, fields]) => {
                const form = document.createElement("form");
                const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
                for (const [name, value] of Object.entries({ ...fields, csrfmiddlewaretoken: token })) {
                    form.append(Object.assign(document.createElement("input"), { name, value }));
                }
                Object.assign(form, { action: address, method: "post" });
                document.body.append(form);
                form.submit();
            }""",
            [address, fields],
        )
    return navigation.value


def settle_task(task: Locator, note: str) -> None:
    """Says how a task was done."""
    folded = task.locator("details.c-task-close:not([open]) > summary")
    if folded.count():
        folded.click()
    task.locator("textarea").fill(note)
    task.locator("form.c-task-done button").click()


def test_an_order_typed_in_verified_by_another_and_carried_out_by_hand(
    installation: Installation, window: Callable[..., Page], tmp_path: Path
) -> None:
    site = installation

    # An officer types in what came by post, with its scan.
    officer = window()
    steps.sign_in(officer, site, "officer")
    officer.goto(f"{site.url}/console/orders/new/")
    officer.fill("#id_office", "Sở Thử nghiệm")
    officer.fill("#id_number", "45/STN-VP")
    officer.check("input[name=channel][value=document]")
    officer.set_input_files(
        "#id_document", {"name": "cong-van.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%scan\n%%EOF\n"}
    )
    officer.fill("#id_address", ADDRESS)
    officer.select_option("#id_category", "fraud")
    officer.fill("#id_clause", "khoản 6 Điều 35 Nghị định 147/2024/NĐ-CP")
    officer.fill("#id_words", "Đề nghị gỡ bài viết tại địa chỉ nêu trên.")
    officer.fill("#id_backdating_reason", "Văn thư chuyển đến sau khi đóng dấu.")
    officer.click("form.c-order .c-sticky button.btn-primary")
    officer.wait_for_url("**/console/cases/*/")
    case_page = officer.url
    look_at_the_law(officer)
    expect(officer.locator("#verify-why")).to_be_visible()

    # Somebody else compares it with the scan and verifies it.
    verifier = window()
    steps.sign_in(verifier, site, "verifier")
    verifier.goto(case_page)
    with verifier.expect_download() as download:
        verifier.click("a[href*='/evidence/']")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    verifier.fill("form[action$='/verify/'] textarea", "Đã gọi lại số tổng đài của Sở.")
    verifier.click("form[action$='/verify/'] button")
    expect(verifier.locator("form[action$='/verify/']")).to_have_count(0)

    # The officer takes the case and decides; there is no machine to tell, so a person is asked to do it.
    officer.reload()
    officer.click("form[action$='/claim/'] button")
    decide_to_remove(officer, fraud_ground())
    assert not site.receiver.calls
    officer.goto(f"{site.url}/console/tasks/")
    by_hand = officer.locator("article.c-task:has(form.c-task-done button.btn-primary)")
    expect(by_hand).to_contain_text(ADDRESS)
    settle_task(by_hand, "Gỡ trong trang quản trị, lúc 9 giờ.")
    expect(by_hand).to_have_count(0)
    measure = Measure.objects.get()
    assert (measure.state, measure.by_hand) == (Measure.State.APPLIED, True)
    assert registry.page_at(site.office.actor("registrar"), ADDRESS).state == "removed"

    # The office gave no e-mail address, so its letters are handed on by a person: it came, is decided, is done.
    to_hand_on = officer.locator("article.c-task:has(a[href$='/letter/'])")
    expect(to_hand_on).to_have_count(3)
    for left in (2, 1, 0):
        to_hand_on.first.locator("a[href$='/letter/']").click()
        expect(officer.locator("#letter")).to_contain_text("45/STN-VP")
        officer.goto(f"{site.url}/console/tasks/")
        settle_task(to_hand_on.first, "Gửi qua văn thư.")
        expect(to_hand_on).to_have_count(left)

    site.settle()
    entries = assert_proven(site.office.organisation.code, tmp_path)
    for act in ("order.received", "order.verified", "decision.made", "measure.applied"):
        assert any(f'"{act}"' in entry for entry in entries)
