"""The sequencer: gives acts that lack a leaf their place in the organisation's log, and signs where the log stands.

Each organisation has a log; the deployment's own log holds every checkpoint issued, so that no organisation's log can
be rolled back without the deployment's being rolled back too.
"""

import uuid

from django.conf import settings
from django.db import connection, transaction

from anlanh.base import clock
from anlanh.base.acts.keys import signing_key
from anlanh.base.acts.models import Checkpoint, Leaf, Log, PendingLeaf, Tile
from anlanh.ledger.checkpoints import Checkpoint as Statement
from anlanh.ledger.merkle import leaf_hash
from anlanh.ledger.tiles import TileLog
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.dates import format_instant

DEPLOYMENT_LOG = uuid.UUID(int=0)
DEPLOYMENT_CODE = "deployment"


class DatabaseTiles:
    """Tiles of one log in the database; what was read or written stays at hand for the length of one sealing."""

    def __init__(self, log_id: uuid.UUID) -> None:
        self.log_id = log_id
        self._known: dict[tuple[int, int], bytes | None] = {}
        self._changed: set[tuple[int, int]] = set()

    def read(self, level: int, index: int) -> bytes | None:
        """The hashes of a tile, or None where there is none yet."""
        place = (level, index)
        if place not in self._known:
            row = Tile.objects.filter(log_id=self.log_id, level=level, index=index).values_list("hashes", flat=True)
            found = row.first()
            self._known[place] = bytes(found) if found is not None else None
        return self._known[place]

    def write(self, level: int, index: int, hashes: bytes) -> None:
        """Keeps a tile until `flush`."""
        self._known[level, index] = hashes
        self._changed.add((level, index))

    def flush(self) -> None:
        """Writes the tiles that changed."""
        Tile.objects.bulk_create(
            [
                Tile(log_id=self.log_id, level=level, index=index, hashes=self._known[level, index])
                for level, index in sorted(self._changed)
            ],
            update_conflicts=True,
            unique_fields=["log", "level", "index"],
            update_fields=["hashes"],
        )
        self._changed.clear()


def origin_of(code: str) -> str:
    """The name under which a log signs."""
    return f"{settings.ANLANH_LEDGER_ORIGIN}/{code}"


def open_log(log_id: uuid.UUID) -> TileLog:
    """The log for reading and proving, as it stands."""
    row = Log.objects.filter(id=log_id).first()
    return TileLog(DatabaseTiles(log_id), row.size if row else 0)


def organisations_waiting() -> list[tuple[uuid.UUID, str]]:
    """Id and code of the organisations that have acts without a leaf."""
    return list(PendingLeaf.objects.order_by().values_list("organisation_id", "organisation__code").distinct())


def seal(organisation_id: uuid.UUID, code: str, limit: int = 5000) -> int:
    """Appends up to `limit` waiting acts to the organisation's log and signs a checkpoint; how many were sealed.

    Sealing of one log is done by one at a time: the log's row is held until commit. Acts are taken by what is waiting,
    never by a highest number seen, so an act whose transaction committed late is not passed over.
    """
    with transaction.atomic():
        log = _hold(organisation_id)
        if not _give_places(log, limit):
            return 0
        placed = Leaf.objects.filter(log_id=log.id, position__gte=log.size).order_by("position")
        hashes = [leaf_hash(text.encode()) for text in placed.values_list("act__leaf", flat=True)]
        tiles = DatabaseTiles(log.id)
        tree = TileLog(tiles, log.size)
        tree.append(hashes)
        tiles.flush()
        _advance(log, tree, code)
    return len(hashes)


def seal_heads() -> int:
    """Appends the checkpoints that the deployment's log does not hold yet; how many there were."""
    with transaction.atomic():
        log = _hold(DEPLOYMENT_LOG)
        heads = list(
            Checkpoint.objects.filter(head_position__isnull=True).exclude(log_id=DEPLOYMENT_LOG).order_by("id")
        )
        if not heads:
            return 0
        tiles = DatabaseTiles(log.id)
        tree = TileLog(tiles, log.size)
        for offset, head in enumerate(heads):
            head.head_position = log.size + offset
        tree.append([leaf_hash(head_leaf(head)) for head in heads])
        tiles.flush()
        Checkpoint.objects.bulk_update(heads, ["head_position"])
        _advance(log, tree, DEPLOYMENT_CODE)
    return len(heads)


def seal_everything() -> int:
    """Seals whatever waits, in every organisation, then the deployment's log; how many acts were sealed."""
    total = 0
    for organisation_id, code in organisations_waiting():
        while sealed := seal(organisation_id, code):
            total += sealed
    seal_heads()
    return total


def head_leaf(head: Checkpoint) -> bytes:
    """A checkpoint as a leaf of the deployment's log."""
    return canonical_bytes({"log": str(head.log_id), "issued_at": format_instant(head.issued_at), "note": head.note})


_PLACE = """
    INSERT INTO ledger_leaf (act_id, log_id, position)
    SELECT id, organisation_id, %s + ROW_NUMBER() OVER (ORDER BY recorded_at, seq, id) - 1
    FROM (
        SELECT act.id, act.organisation_id, act.recorded_at, act.seq
        FROM ledger_pending pending JOIN acts_act act ON act.id = pending.act_id
        WHERE pending.organisation_id = %s
        ORDER BY act.recorded_at, act.seq, act.id
        LIMIT %s
    ) waiting
"""
_FORGET = (
    "DELETE FROM ledger_pending WHERE act_id IN (SELECT act_id FROM ledger_leaf WHERE log_id = %s AND position >= %s)"
)


def _give_places(log: Log, limit: int) -> int:
    """Moves up to `limit` acts from waiting to the log's next positions, in the database; how many there were."""
    log_key = log.id if connection.features.has_native_uuid_field else log.id.hex
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [log.size, log_key, limit])
        placed = cursor.rowcount
        if placed:
            cursor.execute(_FORGET, [log_key, log.size])
    return placed


def _hold(log_id: uuid.UUID) -> Log:
    Log.objects.get_or_create(id=log_id)
    return Log.objects.select_for_update().get(id=log_id)


def _advance(log: Log, tree: TileLog, code: str) -> None:
    log.size = tree.size
    log.save(update_fields=["size"])
    name = origin_of(code)
    statement = Statement(name, tree.size, tree.root())
    Checkpoint.objects.create(
        log=log, size=tree.size, note=signing_key(code).sign(statement.text()), issued_at=clock.now()
    )
