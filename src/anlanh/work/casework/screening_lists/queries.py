"""The readers of lists of screening."""

import io
import zipfile
from collections.abc import Iterable

from django.db.models import QuerySet

from anlanh.base.actor import Actor
from anlanh.work.casework import policy
from anlanh.work.casework.screening_lists.models import ListEntry

_LOOKED_UP_AT_ONCE = 500


def entries(actor: Actor) -> QuerySet[ListEntry]:
    """The organisation's entries, oldest first.

    Raises:
        NotAllowed: without `imports.run`.
    """
    actor.require(policy.IMPORT)
    return ListEntry.objects.visible_to(actor).order_by("added_at", "id")


def known(actor: Actor, hashes: Iterable[str]) -> set[str]:
    """Those of the hashes of forms (`checking.key_hash`) that are on a list.

    Raises:
        NotAllowed: without `imports.run`.
    """
    wanted = sorted(hashes)
    found: set[str] = set()
    for first in range(0, len(wanted), _LOOKED_UP_AT_ONCE):
        part = entries(actor).filter(key_hash__in=wanted[first : first + _LOOKED_UP_AT_ONCE])
        found |= set(part.values_list("key_hash", flat=True))
    return found


def files(actor: Actor) -> dict[str, str]:
    """The lists as the screening command reads them: name of the file and its text; a list without entries is none.

    Raises:
        NotAllowed: without `imports.run`.
    """
    rows = list(entries(actor).iterator())
    phrases = [row for row in rows if row.kind == ListEntry.Kind.PHRASE]
    domains = [row for row in rows if row.kind == ListEntry.Kind.DOMAIN]
    texts = {
        "phrases.tsv": ("\t".join((row.name, row.value, row.level, row.ground)) for row in phrases),
        "domains.txt": ("\t".join((row.value, row.ground)) for row in domains),
    }
    return {name: text for name, lines in texts.items() if (text := "".join(f"{line}\n" for line in lines))}


def archive(actor: Actor) -> bytes:
    """Those files in one ZIP, to be unpacked into a directory of lists.

    Raises:
        NotAllowed: without `imports.run`.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in files(actor).items():
            info = zipfile.ZipInfo(name)  # of no date: the same lists make the same file
            info.external_attr = 0o644 << 16
            packed.writestr(info, text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
