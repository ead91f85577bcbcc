"""Reading the sealed log: export, proofs for single acts, whether an act is sealed yet."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.apps import apps

from anlanh.base.acts.models import Act, Checkpoint, Leaf
from anlanh.base.acts.sealing import open_log, seal, seal_heads
from anlanh.ledger.export import write_export
from anlanh.primitives.errors import BadInput


@dataclass(frozen=True)
class Proof:
    """That an act is in the log that a checkpoint signs.

    Args:
        leaf: the act's exact bytes as text.
        position: its place, from 0.
        size: the log's size at the checkpoint.
        path: inclusion proof, 32-byte hashes.
        checkpoint: the signed note.
    """

    leaf: str
    position: int
    size: int
    path: list[bytes]
    checkpoint: str


def export_organisation(code: str, path: Path | IO[bytes]) -> int:
    """Seals what waits and writes the organisation's whole log, then its checkpoint.

    Args:
        code: the organisation's code.
        path: a file's path, or an open binary stream.

    Returns:
        The log's size.

    Raises:
        BadInput: no organisation has that code.
    """
    organisation = apps.get_model("identity", "Organisation").objects.filter(code=code).first()
    if organisation is None:
        raise BadInput(f"no organisation has the code {code!r}", where="--org", mend="give one that is set up here")
    while seal(organisation.id, code):
        pass
    seal_heads()
    checkpoint = latest_checkpoint(organisation.id)
    if checkpoint is None:
        raise BadInput("the organisation has no acts yet", where="--org", mend="export once something was recorded")
    leaves = _leaf_bytes(organisation.id, checkpoint.size)
    # The hashes come from the tiles, not from the rows, so that a row changed in the database is named as such.
    hashes = open_log(organisation.id).leaf_hashes(checkpoint.size)
    if isinstance(path, Path):
        with path.open("wb") as out:
            write_export(out, leaves, checkpoint.note, hashes)
    else:
        write_export(path, leaves, checkpoint.note, hashes)
    return checkpoint.size


def code_of(organisation_id: uuid.UUID) -> str:
    """The code by which an organisation's log is named."""
    codes = apps.get_model("identity", "Organisation").objects.values_list("code", flat=True)
    return codes.get(id=organisation_id)


def latest_checkpoint(log_id: uuid.UUID) -> Checkpoint | None:
    """The newest signed statement of a log."""
    return Checkpoint.objects.filter(log_id=log_id).order_by("-size").first()


def prove(act: Act) -> Proof | None:
    """A proof that the act is in its organisation's log; None while it is recorded but not yet sealed."""
    leaf = Leaf.objects.filter(act_id=act.id).first()
    checkpoint = leaf and latest_checkpoint(leaf.log_id)
    if not leaf or not checkpoint or checkpoint.size <= leaf.position:
        return None
    path = open_log(leaf.log_id).inclusion_proof(leaf.position, checkpoint.size)
    return Proof(act.leaf, leaf.position, checkpoint.size, path, checkpoint.note)


def places_of(
    organisation_id: uuid.UUID, acts: Iterable[Act], checkpoint: Checkpoint | None = None
) -> tuple[dict[uuid.UUID, tuple[int, list[bytes]]], str]:
    """For several acts their places in the log and the ways to one checkpoint's root, and that checkpoint's note.

    Acts that the checkpoint does not cover yet are left out; without a checkpoint the note is empty.

    Args:
        organisation_id: whose log.
        acts: which.
        checkpoint: of that log; the newest when left out.
    """
    checkpoint = checkpoint or latest_checkpoint(organisation_id)
    if checkpoint is None:
        return {}, ""
    log = open_log(organisation_id)
    leaves = Leaf.objects.filter(act_id__in=[act.id for act in acts], position__lt=checkpoint.size)
    places = {
        leaf.act_id: (leaf.position, log.inclusion_proof(leaf.position, checkpoint.size))
        for leaf in leaves.order_by("position")
    }
    return places, checkpoint.note


def _leaf_bytes(log_id: uuid.UUID, size: int) -> Iterator[bytes]:
    rows = (
        Leaf.objects.filter(log_id=log_id, position__lt=size).order_by("position").values_list("act__leaf", flat=True)
    )
    for text in rows.iterator(chunk_size=2000):
        yield text.encode()
