"""A correction is an act beside the one it corrects; nothing recorded changes."""

import pytest
from django.db import transaction

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.correcting import correct, corrections_of
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.acts.types import ActType, declare
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id

declare(ActType("probe.made", "case", {"vi": "Thử", "en": "Probe"}))


@pytest.fixture
def wrong(platform) -> Act:
    with transaction.atomic():
        return record(platform.actor("moderator"), Draft("probe.made", Subject("case", new_id())))


def test_it_joins_the_same_history_and_leaves_the_act_alone(platform, wrong):
    before = wrong.leaf
    correction = correct(platform.actor("moderator"), wrong.id, right="ngày 20", reason="gõ nhầm ngày")
    assert (correction.subject_id, correction.seq) == (wrong.subject_id, wrong.seq + 1)
    assert correction.clear == {"corrects": str(wrong.id), "type": "probe.made"}
    assert "gõ nhầm" not in correction.leaf, "words are held apart"
    assert Act.objects.get(id=wrong.id).leaf == before
    assert corrections_of(platform.actor("inspector"), wrong) == [correction]


def test_a_correction_can_be_corrected(platform, wrong):
    first = correct(platform.actor("moderator"), wrong.id, right="20", reason="nhầm")
    second = correct(platform.actor("moderator"), first.id, right="21", reason="vẫn nhầm")
    assert corrections_of(platform.actor("moderator"), first) == [second]
    assert corrections_of(platform.actor("moderator"), wrong) == [first]


def test_not_by_those_who_only_read_nor_by_others(platform, other, wrong):
    with pytest.raises(NotAllowed):
        correct(platform.actor("inspector"), wrong.id, right="x", reason="y")
    with pytest.raises(NotFound):
        correct(other.actor("moderator"), wrong.id, right="x", reason="y")


@pytest.mark.parametrize(("right", "reason"), [("", "vì"), ("đúng", "  "), ("x" * 2001, "vì")])
def test_both_words_are_needed(platform, wrong, right, reason):
    with pytest.raises(BadInput):
        correct(platform.actor("moderator"), wrong.id, right=right, reason=reason)
