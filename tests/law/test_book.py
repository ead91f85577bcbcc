"""What is generated from the pack: the law book and the coverage table are as the pack gives them now."""

import subprocess
import sys
from pathlib import Path

import pytest

from anlanh.law import load_pack, vietnam
from anlanh.law.book import law_book
from anlanh.law.wording import CERTAINTY

ROOT = Path(__file__).resolve().parents[2]


def test_book_and_table_are_fresh() -> None:
    checked = subprocess.run(
        [sys.executable, str(ROOT / "script" / "law-book"), "--check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_entry_is_printed_with_its_certainty(language: str) -> None:
    pack = vietnam()
    book = "\n".join(law_book(pack, language).values())
    for entries in (pack.clock_rules, pack.parameters, pack.sanctions, pack.checklists, pack.forms, pack.choices):
        for name in entries:
            assert f"`{name}`" in book
    for duty in pack.duties.values():
        assert f"`{duty.printed_id}`" in book
    for word in CERTAINTY.values():
        assert word.in_language(language) in book


def test_both_languages_have_the_same_pages() -> None:
    vietnamese, english = law_book(vietnam(), "vi"), law_book(vietnam(), "en")
    assert vietnamese.keys() == english.keys()
    for name, text in vietnamese.items():
        assert text.count("\n#") == english[name].count("\n#")
        assert text != english[name]


def test_a_page_says_that_no_lawyer_has_signed_it() -> None:
    for name, text in law_book(vietnam(), "vi").items():
        assert "chưa có luật sư ký" in text.splitlines()[2], name


def test_the_contents_link_to_every_page() -> None:
    pages = law_book(vietnam(), "en")
    for name in pages.keys() - {"README.md"}:
        assert f"]({name})" in pages["README.md"]


def test_a_page_of_an_invented_country() -> None:
    """Golden: how a clause with everything that can stand on it is printed."""
    page = law_book(load_pack(Path(__file__).parent / "atoll"), "en")["7-2031-reef.md"]
    start = page.index("## Article 2\n")
    assert (
        page[start : page.index("## Article 3")]
        == """## Article 2

No harm to the reef (*quoted*)

**Ground `7/2031/REEF/2`** (*quoted*): Harm to the reef

- Category: reef
- In force: from 2031-01-01 (quoted) until 2040-12-31 (quoted)
- May be screened for: yes
- National security: no

**Number `litter.most`**: Most litter

- For: Islander
- ≤ 5 shells: Article 2 of Reef Law; from 2031-01-01 (quoted) until 2040-12-31 (quoted); secondary source
- 1–2 shells: Article 5 of New Reef Law; from 2041-01-01 (quoted); quoted

**Number `litter.away`**: Kept off the reef

- For: Islander
- 4 shells: Article 2 of Reef Law; from 2031-01-01 (quoted) until 2040-12-31 (quoted); quoted

**Sanction `litter.fine`** (*quoted*): Littering

- Clause: Article 2 of Reef Law
- In force: from 2031-01-01 (quoted) until 2040-12-31 (quoted)
- Fine: 1–3 million đồng, for individuals
- The other subject: 200 %
- Answers a breach of: 7/2031/REEF/2

**Minimum contents `board.shows`** (*quoted*): A board shows

- Clause: Article 2 of Reef Law
- In force: from 2031-01-01 (quoted) until 2040-12-31 (quoted)
- 1: its name

"""
    )
