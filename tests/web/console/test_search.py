"""Search across everything: each kind is found, in groups, by those who may see it and by nobody else."""

import pytest

from anlanh.primitives.folding import fold_search
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, sorting
from anlanh.work.casework.actions.orders import enter_order
from anlanh.work.casework.desk import actions as desk
from anlanh.work.casework.models import Access, Case
from anlanh.work.registry.actions import put_page
from anlanh.work.registry.inputs import PageInput
from tests.work.casework.steps_of import door, order_input

PALETTE, SEARCH = "/console/palette/", "/console/search/"
ADDRESS = "https://mang.example/p/1"


@pytest.fixture
def found(signed_in):
    def find(office, nickname, words, at=SEARCH):
        return signed_in(office, nickname).get(at, {"q": words}).content.decode()

    return find


@pytest.fixture
def known(platform, decided) -> Case:
    """A case with a page that has a title and an account, a decision and an appeal."""
    given = PageInput(ADDRESS, title="Bán vé giả", holder_address="https://mang.example/@ve", holder_name="Vé Chợ Đen")
    put_page(platform.actor("registrar"), given)
    appeals.file_appeal(*door(decided.decisions.get()), "Vé của tôi là thật.")
    return decided


@pytest.mark.parametrize("at", [SEARCH, PALETTE])
def test_words_find_what_belongs_together(platform, known, found, at):
    page = found(platform, "moderator", "ve gia", at)
    for heading in ("Cases", "Pages", "Decisions", "Appeals"):
        assert f">{heading}" in page
    assert known.number in page
    assert f"#decision-{known.decisions.get().id}" in page
    accounts = found(platform, "moderator", "cho den", at)
    assert ">Accounts" in accounts
    assert "Vé Chợ Đen" in accounts


def test_numbers_and_references_find_their_case(platform, known, found):
    for words in (known.number, known.reports.get().reference.lower(), Access.objects.get(case=known).reference):
        page = found(platform, "moderator", words)
        assert f"/console/cases/{known.id}/" in page, words
    assert ">Reports" in found(platform, "moderator", known.reports.get().reference)


def test_orders_are_found_by_number_office_and_words(platform, found):
    given = order_input(platform, office="Sở Văn hoá", number="88/SVHTT-BCVT", words="Gỡ bài xúc phạm danh dự.")
    case = enter_order(platform.actor("officer"), given)
    for words in ("88/SVHTT", "so van hoa", "xuc pham danh"):
        page = found(platform, "verifier", words)
        assert ">Orders of authorities" in page, words
        assert str(case.id) in page


def test_the_law_and_the_console_s_own_pages(platform, found):
    page = found(platform, "moderator", "147/2024")
    assert ">Law" in page
    assert "/phap-luat/muc/" in page
    assert "Registry of pages" in found(platform, "moderator", "registry", PALETTE)
    assert "Nothing is found" in found(platform, "moderator", "khongcogidau")
    assert "Type at least two" in found(platform, "moderator", "x")


def test_people_are_found_by_those_who_manage_them(platform, found):
    name = platform.members["second"].name
    assert f"/accounts/people/{platform.members['second'].ref}/" in found(platform, "admin", fold_search(name))
    assert ">People" not in found(platform, "moderator", name)


def test_nobody_finds_what_is_not_theirs_to_see(platform, other, known, found):
    for office, nickname in ((other, "moderator"), (platform, "registrar"), (platform, "admin")):
        for words in ("ve gia", known.number, known.reports.get().reference, ADDRESS):
            assert f"/cases/{known.id}" not in found(office, nickname, words)
    queue = desk.write_queue(platform.actor("admin"), desk.QueueInput(name="Kín", seen_by=["order_officer"]))
    Case.objects.filter(id=known.id).update(queue=queue)
    for words in ("ve gia", known.number, known.reports.get().reference):
        assert f"/cases/{known.id}" not in found(platform, "moderator", words)
        assert f"/cases/{known.id}" in found(platform, "officer", words)


def test_a_denunciation_is_never_found(platform, report, found):
    case = report("https://mang.example/to-cao", text="Tố cáo ông Ba.")
    reference = case.reports.get().reference
    sealed = sorting.sort_report(platform.actor("moderator"), case.reports.get().id, "denunciation", "Là tố cáo.")
    for words in (reference, sealed.number, "to-cao", "mang.example/to-cao"):
        page = found(platform, "moderator", words)
        assert f"/cases/{sealed.id}" not in page
        assert "Tố cáo ông Ba." not in page


def test_each_kind_is_bounded(platform, report):
    for number in range(5):
        report(f"https://mang.example/nhieu/{number}")
    found = queries.everything(platform.actor("moderator"), "nhieu", 3)
    assert len(found.cases) == 3


@pytest.mark.parametrize(
    "words", ["'", "\\", '" OR 1', "%", "_", "\u202e đảo", "x" * 5000, "* & | !", "a:*", "\x00 ab"]
)
def test_odd_words_are_only_words(platform, report, found, words):
    report()
    assert "<!doctype html>" in found(platform, "moderator", words)
