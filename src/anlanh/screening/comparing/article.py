"""An article as it is compared: title, sentences, pictures, and what is said about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from anlanh.screening.comparing.lines import ADDRESS, Kind, Note, addresses_in, has_time, is_name_line, kind_of, parted
from anlanh.screening.comparing.markup import Picture
from anlanh.screening.comparing.sentences import sentences_of, words_of
from anlanh.screening.comparing.times import Stated

_NAMES_AT_END = 3  # lines of text among which by-lines stand


@dataclass(frozen=True, slots=True)
class Line:
    """One line as found, before anything is said about what it is for.

    Args:
        text: as it stands.
        at: its place in the document.
        kind: what its page says it is for; None when it says nothing.
        addresses: where its links lead.
    """

    text: str
    at: int
    kind: Kind | None = None
    addresses: tuple[str, ...] = ()


@dataclass(slots=True)
class Article:
    """One side of a comparison.

    Attributes:
        title: None when it has none that can be told from its text.
        sentences: in order.
        pictures: in order.
        notes: lines that are not its text, in order.
        author: as its page says to machines or in a by-line; empty when unknown.
        names: what its publisher is called, as far as its page says.
        addresses: of the article itself.
        host: of its site, as far as its page says.
        links: (address, the line it stands in) of every link in its text.
        time: when it was published, as far as it says.
    """

    title: str | None = None
    sentences: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    author: str = ""
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    host: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    time: Stated | None = None

    def is_empty(self) -> bool:
        """Whether nothing was found that could be compared."""
        return not (self.title or self.sentences or self.pictures)


class Sorted(NamedTuple):
    """An article's lines: its sentences, what is said about it, and the links in its text with their lines."""

    sentences: list[str]
    notes: list[Note]
    links: list[tuple[str, str]]


def sort_lines(lines: Iterable[Line], title: str | None) -> Sorted:
    """Parts an article's lines into its text and what is said about it.

    A line with a name alone is a by-line only where by-lines stand: before the text, or at its end.
    """
    heading = words_of(title or "")
    sorted_lines = [
        (line, line.kind or kind_of(line.text, linked=bool(line.addresses)))
        for line in lines
        if words_of(line.text) != heading or not heading
    ]
    if all(kind is not Kind.TEXT for _, kind in sorted_lines):
        sorted_lines = [(line, Kind.TEXT) for line, _ in sorted_lines]  # what is said is then all there is
    places = [at for at, (_, kind) in enumerate(sorted_lines) if kind is Kind.TEXT]
    edges = {*places[:1], *places[-_NAMES_AT_END:]}
    sentences: list[str] = []
    notes: list[Note] = []
    links: list[tuple[str, str]] = []
    for at, (line, kind) in enumerate(sorted_lines):
        if at in edges and line.kind is None and len(places) > 1 and is_name_line(line.text):
            kind = Kind.BY
        if kind is Kind.TEXT:
            links += [(address, line.text) for address in (*line.addresses, *ADDRESS.findall(line.text))]
            text, said = parted(ADDRESS.sub("", line.text).strip())
            notes += [Note(Kind.SOURCE, words, line.at, addresses_in(words)) for words in said]
            found = list(sentences_of(text))
            if len(found) > 1 and kind_of(found[-1]) is Kind.SOURCE:
                notes.append(Note(Kind.SOURCE, found[-1], line.at, (*line.addresses, *addresses_in(line.text))))
                del found[-1]
            sentences += found
        else:
            notes.append(Note(kind, line.text, line.at, (*line.addresses, *addresses_in(line.text))))
    return Sorted(sentences, list(_with_neighbours(notes)), links)


def _with_neighbours(notes: list[Note]) -> Iterator[Note]:
    """A by-line, time or address right beside a line that names the source belongs to it."""
    sources = {note.at for note in notes if note.kind is Kind.SOURCE}
    for note in notes:
        beside = {note.at - 1, note.at, note.at + 1} & sources
        if beside and note.kind in (Kind.BY, Kind.TIME) and (note.kind is Kind.BY or has_time(note.text)):
            note = note._replace(kind=Kind.SOURCE)
        yield note
