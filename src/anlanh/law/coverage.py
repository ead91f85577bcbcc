"""The coverage table: each duty id with what serves it, what measures it and what proves it. Generated."""

from collections import Counter
from collections.abc import Iterator

from anlanh.law.contents import Pack
from anlanh.law.duties import ASKING_NOTHING, Duty


def coverage(pack: Pack) -> str:
    """The table as Markdown, in English with the ids as printed.

    Args:
        pack: the law.
    """
    return "\n".join(_lines(pack)) + "\n"


def homeless(pack: Pack) -> list[str]:
    """The ids of duties that ask something of somebody and that nothing proves, sorted."""
    return sorted(
        duty.id
        for duty in pack.duties.values()
        if duty.kind not in ASKING_NOTHING and not (duty.proof.acts or duty.proof.evidence)
    )


def _lines(pack: Pack) -> Iterator[str]:
    kinds = Counter(duty.kind for duty in pack.duties.values())
    yield "# What serves each duty"
    yield ""
    yield (
        f"Generated from the law pack: {len(pack.duties)} entries of {len(pack.documents)} papers. *Served by* is the "
        "room of the program; *acts* are recorded by it, *evidence* is given with a task for what people do outside it."
    )
    yield ""
    yield from (f"- {kind}: {number}" for kind, number in sorted(kinds.items()))
    for paper in pack.documents.values():
        yield from ("", f"## {paper.short.en}", "")
        yield "| id | kind | what | binds | strength | served by | clocks | acts | evidence | flags |"
        yield "|---|---|---|---|---|---|---|---|---|---|"
        for duty in pack.duties.values():
            if duty.document == paper.id:
                yield _row(pack, duty)


def _row(pack: Pack, duty: Duty) -> str:
    flaws = len(duty.flags) + sum(basis.flaw is not None for basis in duty.bases)
    cells = (
        duty.printed_id,
        duty.kind,
        duty.title.en,
        ", ".join(duty.actors),
        duty.strength or "",
        duty.area,
        ", ".join(rule.id for rule in pack.clocks_of(duty)),
        ", ".join(duty.proof.acts),
        ", ".join(duty.proof.evidence),
        str(flaws) if flaws else "",
    )
    return "| " + " | ".join(cells) + " |"
