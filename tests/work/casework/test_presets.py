"""Presets: versions with an act each, of one organisation, and decisions that say which version they began with."""

from dataclasses import replace
from typing import Any

import pytest

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.actions import decide, presets, review
from anlanh.work.casework.actions.presets import PresetInput
from anlanh.work.casework.models import Decision
from tests.builders import Office
from tests.work.casework.steps_of import GROUND, decision_input, report

pytestmark = pytest.mark.django_db

GIVEN = PresetInput("Mạo danh ngân hàng", GROUND, "Bài viết tự nhận là ngân hàng để lấy mã xác nhận.", "remove")


def test_writing_anew_makes_the_next_version_and_an_act_each(platform: Office) -> None:
    moderator = platform.actor("moderator")
    first = presets.write(moderator, GIVEN)
    second = presets.write(moderator, replace(GIVEN, measure="suspend", days=7), first.id)
    assert (first.version, second.version, second.family) == (1, 2, first.family)
    assert queries.presets(moderator) == [second]
    acts = Act.objects.filter(type="preset.written", subject_id=first.family).order_by("seq")
    assert [(act.clear["version"], act.clear["measure"]) for act in acts] == [(1, "remove"), (2, "suspend")]
    assert "facts" not in acts[0].clear
    with pytest.raises(BadInput):
        presets.write(moderator, GIVEN, first.id)
    presets.retire(moderator, second.id)
    assert queries.presets(moderator) == []
    assert Act.objects.filter(type="preset.retired").count() == 1


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"facts": ""}, "facts"),
        ({"ground": "1/2000/QH10/1"}, "ground"),
        ({"measure": "nothing"}, "measure"),
        ({"measure": "suspend"}, "days"),
        ({"days": 3}, "days"),
    ],
)
def test_what_could_not_be_decided_is_no_preset(platform: Office, fields: dict[str, Any], where: str) -> None:
    with pytest.raises(BadInput) as refusal:
        presets.write(platform.actor("moderator"), replace(GIVEN, **fields))
    assert refusal.value.where == where


def test_only_who_decides_or_manages_writes_them(platform: Office, other: Office) -> None:
    assert presets.write(platform.actor("admin"), GIVEN)
    preset = presets.write(platform.actor("moderator"), GIVEN)
    for nickname in ("inspector", "registrar", "verifier"):
        with pytest.raises(NotAllowed):
            presets.write(platform.actor(nickname), GIVEN)
    with pytest.raises(NotFound):
        presets.retire(other.actor("moderator"), preset.id)


def test_a_decision_says_which_version_it_began_with(platform: Office, other: Office) -> None:
    moderator = platform.actor("moderator")
    preset = presets.write(moderator, GIVEN)
    case = report(platform).case
    assert queries.presets_for(moderator, case.id) == [preset]
    review.claim(moderator, case.id)
    theirs = presets.write(other.actor("moderator"), GIVEN)
    with pytest.raises(BadInput):
        decide.decide(moderator, case.id, decision_input(preset_id=theirs.id))
    with pytest.raises(BadInput) as refusal:
        decide.decide(moderator, case.id, decision_input(preset_id=preset.id, subject_fact=" "))
    assert refusal.value.where == "subject_fact", "a preset never stands for the fact about the very content"
    decision = decide.decide(moderator, case.id, decision_input(preset_id=preset.id))
    assert Decision.objects.get().preset == preset
    assert Act.objects.get(id=decision.act_id).clear["preset"] == str(preset.id)
