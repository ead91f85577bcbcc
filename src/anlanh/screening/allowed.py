"""What must never be a hit: host names, phrases around an entry's words, pictures. It wins over every list.

allowed.tsv holds kind and value, with a tab between: `domain`, `phrase` or `image`; a third field says why.
"""

from dataclasses import dataclass, field

from anlanh.primitives.errors import BadInput
from anlanh.screening.domains import canonical_domain
from anlanh.screening.pdq import DISTANCE, parse_hash
from anlanh.screening.phrases import Phrase, keys_of

FILE = "allowed.tsv"


@dataclass(slots=True)
class Allowed:
    """What a directory allows.

    Attributes:
        domains: canonical names; what lies under them is allowed too.
        phrases: words that stand around an entry's words, as "bắt cá độ" around "cá độ".
        images: hashes.
    """

    domains: set[str] = field(default_factory=set)
    phrases: list[Phrase] = field(default_factory=list)
    images: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.domains or self.phrases or self.images)

    def add(self, kind: str, value: str) -> None:
        """Takes in one line.

        Raises:
            BadInput: another kind, or a value that is none of its kind.
        """
        if kind == "domain":
            self.domains.add(canonical_domain(value.removeprefix("*.")))
        elif kind == "phrase":
            phrase = Phrase("", value, "fold")
            keys_of(phrase)
            self.phrases.append(phrase)
        elif kind == "image":
            self.images.append(parse_hash(value))
        else:
            raise BadInput(f"{kind!r} can't be allowed", mend="write domain, phrase or image, a tab, and the value")

    def allows_domain(self, host: str) -> bool:
        """Whether a canonical host name is allowed or lies under one that is."""
        labels = host.split(".")
        return any(".".join(labels[first:]) in self.domains for first in range(len(labels)))

    def allows_image(self, known: int) -> bool:
        """Whether a hash is near enough to an allowed one to be the same picture."""
        return any((known ^ one).bit_count() <= DISTANCE for one in self.images)
