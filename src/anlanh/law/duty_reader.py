"""Reads a file of `duties/`: one document and the duties in it."""

from collections.abc import Mapping

from anlanh.law.duties import ASKING_NOTHING, DUTY_KINDS, FORCES, STRENGTHS, Basis, Document, Duty, Proof, strength_of
from anlanh.law.model import INSTRUMENT_KINDS, InForce, Text
from anlanh.law.nodes import Node
from anlanh.law.readers import clause_ref, flag, in_force, listed, text_pair, text_pair_or_none, word_list

Words = Mapping[str, Mapping[str, Text]]


def document(node: Node, bodies: Mapping[str, object], places: Mapping[str, object]) -> Document:
    """The head of a file.

    Args:
        node: the value of `document`.
        bodies, places: the pack's, by id; issuer and place must be among them.
    """
    with node.fields() as fields:
        number, place = fields.maybe("number"), fields.maybe("place")
        with fields.take("in_force").fields() as period:
            days = in_force(period)
        return Document(
            id=fields.take("id").text(),
            title=text_pair(fields.take("title")),
            short=text_pair(fields.take("short")),
            number=clause_ref(number).instrument if number else None,
            citable=_citable(fields.maybe("citable"), number),
            kind=fields.take("kind").word(INSTRUMENT_KINDS, "kind of document"),
            issuer=fields.take("issuer").word(bodies, "body"),
            place=place.word(places, "place") if place else None,
            in_force=days,
            force=fields.take("force").word(FORCES, "force"),
            source=text_pair(fields.take("source")),
            note=text_pair_or_none(fields.maybe("note")),
        )


def duty(node: Node, paper: Document, words: Words) -> Duty:
    """One entry of a file.

    Args:
        node: the entry.
        paper: the document of the file; the duty is in force as it is, unless the entry says otherwise.
        words: the pack's closed vocabularies by name, `actors` and `recipients` among them.
    """
    with node.fields() as fields:
        id_node = fields.take("id")
        identifier = id_node.text()
        if not identifier.startswith(f"{paper.id}."):
            raise id_node.fault(f"'{identifier}' is no duty of {paper.id}", f"begin the id with {paper.id}.")
        kind = fields.take("kind").word(DUTY_KINDS, "kind of duty")
        worded_node, actors_node = fields.maybe("worded"), fields.maybe("actors")
        asks = kind not in ASKING_NOTHING
        if asks and (actors_node is None or worded_node is None):
            raise node.fault(f"a duty of kind '{kind}' without actors or strength", "say whom it binds and how far")
        if not asks and worded_node is not None:
            raise worded_node.fault(f"a strength for kind '{kind}', which asks nothing", "leave it out")
        worded = worded_node.word(STRENGTHS, "strength") if worded_node else None
        timing = fields.maybe("timing")
        place_node = fields.take("at")
        return Duty(
            id=identifier,
            document=paper.id,
            place=place_node.text(),
            clause=clause_ref(place_node, paper.number) if paper.citable else None,
            kind=kind,
            area=fields.take("area").word(words["areas"], "area"),
            actors=word_list(actors_node, words["actors"], "actor"),
            worded=worded,
            strength=strength_of(worded, paper.force),
            triggers=word_list(fields.take("triggers"), {**words["events"], **words["triggers"]}, "trigger"),
            timing=timing.word(words["timings"], "timing") if timing else None,
            recurrence=fields.take("recurrence").word(words["recurrences"], "recurrence"),
            recipients=word_list(fields.maybe("to"), words["recipients"], "recipient"),
            title=Text(vi=fields.take("vi").text(), en=fields.take("en").text()),
            bases=tuple(_basis(item) for item in listed(fields.maybe("bases"))),
            successors=tuple(clause_ref(item) for item in listed(fields.maybe("successors"))),
            part_of=tuple(item.text() for item in listed(fields.maybe("part_of"))),
            in_force=_days(fields.maybe("in_force"), paper),
            proof=Proof(
                acts=word_list(fields.maybe("acts"), words["acts"], "act"),
                evidence=word_list(fields.maybe("evidence"), words["evidence"], "kind of evidence"),
            ),
            flags=tuple(text_pair(item) for item in listed(fields.maybe("flags"))),
        )


def _citable(node: Node | None, number: Node | None) -> bool:
    citable = flag(node, default=False)
    if citable and number is None:
        raise node.fault("a document without a number can't be cited by clause", "give its number, or leave this out")
    return citable


def _basis(node: Node) -> Basis:
    with node.fields() as fields:
        ref, cited, flaw = fields.maybe("ref"), fields.maybe("cited_as"), fields.maybe("flaw")
        if ref is None and cited is None:
            raise node.fault("a basis that names nothing", "give 'ref' or 'cited_as'")
        return Basis(
            ref=clause_ref(ref) if ref else None,
            cited_as=text_pair(cited) if cited else None,
            flaw=text_pair(flaw) if flaw else None,
        )


def _days(node: Node | None, paper: Document) -> InForce:
    if node is None:
        return paper.in_force
    with node.fields() as fields:
        days = in_force(fields)
    if not days.within(paper.in_force):
        raise node.fault(f"these days are not all days of {paper.id}", "keep within the document's days")
    return days
