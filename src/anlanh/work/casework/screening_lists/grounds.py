"""What the Vietnamese law pack says of the grounds that lists, rules and models name."""

from anlanh.primitives.clauses import ClauseRef
from anlanh.screening.grounds import GroundFacts


def pack_ground(ref: ClauseRef) -> GroundFacts | None:
    """What the Vietnamese pack says of a ground; a clause above several grounds allows only what all of them allow."""
    # Read only when a list names a ground.
    from anlanh.law.model import lies_under
    from anlanh.law.pack import vietnam

    under = [ground for ground in vietnam().grounds.values() if lies_under(ground.ref, ref)]
    if not under:
        return None
    categories = {ground.category for ground in under}
    allowed = all(ground.screening_allowed and not ground.national_security for ground in under)
    return GroundFacts(str(ref), categories.pop() if len(categories) == 1 else "", allowed)
