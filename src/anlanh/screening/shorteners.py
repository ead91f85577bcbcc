"""Hosts whose links lead to anybody's pages: what is known of a post with such a link is that it hides where it leads.

They are named as such wherever they are met: a listed one never holds a post, rules may count them (`short_links`), and
lists that hold one do not pass the check.
"""

from anlanh.screening.domains import DomainIndex

# Services open to everyone, named from common knowledge; a service that shortens links to one site only does not belong
# here. An operator's own additions go into a rule: "name" in domains.
_NAMES = """
    adf.ly bit.do bit.ly bitly.com bl.ink bom.so buff.ly clck.ru cutt.ly da.gd dub.co gg.gg goo.gl goo.su is.gd j.mp
    link1s.com ouo.io ow.ly qr.ae rb.gy rebrand.ly s.id short.gy short.io shorte.st shorten.asia shorturl.at soo.gd t.co
    t.ly t2m.io tiny.cc tinyurl.com u.to urlz.fr v.gd vk.cc
"""
SHORTENERS = frozenset(_NAMES.split())
_INDEX = DomainIndex(SHORTENERS)


def is_shortener(listed: str) -> bool:
    """Whether an entry of the list of domains, as written there, is such a host."""
    return listed.strip().removeprefix("*.").rstrip(".").lower() in SHORTENERS


def short_links(text: str) -> int:
    """How many host names in a text are those of shorteners."""
    return sum(1 for _ in _INDEX.find(text))
