"""The page of presets, and what they fill in on the decision panel."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from anlanh.work.casework.actions.review import claim
from anlanh.work.casework.models import Case, Decision, Preset

NAME = "Mạo danh ngân hàng"


def test_a_preset_is_written_written_anew_and_retired(
    platform: Any, signed_in: Callable[..., Client], ground: str
) -> None:
    person = signed_in(platform, "moderator")
    typed = {"name": NAME, "measure": "suspend", "ground": ground, "facts": "Xin mã xác nhận.", "days": ""}
    refused = person.post(reverse("console:new_preset"), typed)
    assert refused.status_code == 422
    assert "say for how many days" in refused.content.decode().lower()
    assert person.post(reverse("console:new_preset"), {**typed, "days": "7"}).status_code == 302
    first = Preset.objects.get()
    assert NAME in person.get(reverse("console:presets")).content.decode()
    again = reverse("console:preset", args=[first.id])
    assert NAME in person.get(again).content.decode()
    assert person.post(again, {**typed, "measure": "remove"}).status_code == 302
    second = Preset.objects.get(ended_at__isnull=True)
    assert (second.version, second.days) == (2, 0)
    assert person.post(again, typed | {"days": "7"}).status_code == 422, "that version was replaced"
    person.post(reverse("console:retire_preset", args=[second.id]))
    assert not Preset.objects.filter(ended_at__isnull=True).exists()


def test_without_scripts_a_preset_fills_in_the_panel_too(
    platform: Any, signed_in: Callable[..., Client], report: Callable[..., Case], ground: str
) -> None:
    person, case = signed_in(platform, "moderator"), report()
    claim(platform.actor("moderator"), case.id)
    person.post(
        reverse("console:new_preset"),
        {"name": NAME, "measure": "remove", "ground": ground, "facts": "Xin mã xác nhận."},
    )
    preset = Preset.objects.get()
    shown = person.get(reverse("console:case", args=[case.id]), {"preset": str(preset.id)}).content.decode()
    assert preset.facts in shown
    assert f'name="preset_id" value="{preset.id}"' in shown
    fields = {"measure": "remove", "ground": ground, "facts": preset.facts, "preset_id": str(preset.id)}
    without_fact = person.post(reverse("console:decide", args=[case.id]), fields)
    assert without_fact.status_code == 422
    person.post(reverse("console:decide", args=[case.id]), {**fields, "subject_fact": "Dòng thứ hai."})
    assert Decision.objects.get().preset == preset
