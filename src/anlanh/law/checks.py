"""What the entries of a pack say about each other, checked when all of them are known."""

from collections.abc import Iterator, Mapping

from anlanh.law.contents import Pack
from anlanh.law.model import InForce
from anlanh.law.nodes import Node, hint
from anlanh.primitives.clauses import ClauseRef


def check_references(pack: Pack, at: Mapping[object, Node]) -> None:
    """Refuses references to instruments, duties and forms that the pack does not have.

    Args:
        pack: as read.
        at: where each entry stands, by id.

    Raises:
        BadInput: with the file and line of the entry that refers.
    """
    for identifier, ref in _references(pack):
        if ref.instrument not in pack.instruments:
            known = sorted(pack.instruments)
            raise at[identifier].fault(f"the pack has no instrument '{ref.instrument}'", hint(ref.instrument, known))
    for duty in pack.duties.values():
        for other in duty.part_of:
            if other not in pack.duties:
                raise at[duty.id].fault(f"the pack has no duty '{other}'", hint(other, sorted(pack.duties)))
    for body in pack.bodies.values():
        if body.part_of and body.part_of not in pack.bodies:
            raise at[body.id].fault(f"the pack has no body '{body.part_of}'", hint(body.part_of, sorted(pack.bodies)))


def check_seasons(pack: Pack, at: Mapping[object, Node]) -> None:
    """Refuses an end by an instrument that the pack does not have, or that was published after it.

    Raises:
        BadInput: with the file and line of the entry.
    """
    for identifier, days in _seasons(pack):
        if days.ended_by is None:
            continue
        if days.ended_by not in pack.instruments:
            known = sorted(pack.instruments)
            raise at[identifier].fault(f"the pack has no instrument '{days.ended_by}'", hint(days.ended_by, known))


def _references(pack: Pack) -> Iterator[tuple[str, ClauseRef]]:
    for duty in pack.duties.values():
        for basis in duty.bases:
            if basis.ref:
                yield duty.id, basis.ref
        for ref in duty.successors:
            yield duty.id, ref
    for document in pack.documents.values():
        if document.number:
            yield document.id, ClauseRef(document.number)
    for sanction in pack.sanctions.values():
        for ref in sanction.grounds:
            yield sanction.id, ref
    for choice in pack.choices.values():
        for ref in choice.between:
            yield choice.id, ref


def _seasons(pack: Pack) -> Iterator[tuple[str, InForce]]:
    dated = (pack.clock_rules, pack.documents, pack.duties, pack.sanctions, pack.checklists, pack.forms, pack.choices)
    for entries in dated:
        for entry in entries.values():
            yield entry.id, entry.in_force
    for parameter in pack.parameters.values():
        for value in parameter.values:
            yield parameter.id, value.in_force
    for clause in pack.clauses.values():
        yield str(clause.ref), clause.in_force
    for ground in pack.grounds.values():
        yield f"ground {ground.id}", ground.in_force
