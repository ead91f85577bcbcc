"""A lawyer's signature holds for exactly what was read."""

from dataclasses import replace

import pytest

from anlanh.base.actor import NotAllowed, system
from anlanh.base.acts.models import Act
from anlanh.law import vietnam
from anlanh.law.model import Text
from anlanh.primitives.errors import BadInput
from anlanh.reporting.signing import actions, queries
from anlanh.reporting.signing.targets import KINDS, target, targets
from tests.builders import Office

pytestmark = pytest.mark.django_db
PACK = vietnam()


def sign(platform: Office, kind: str = "choice", identifier: str = "lock-thresholds") -> object:
    return actions.sign(platform.actor("lawyer"), kind, identifier, target(PACK, kind, identifier).digest, "Đã đọc.")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_thing_can_be_signed(platform: Office, kind: str) -> None:
    one = targets(PACK, kind)[0]
    signature = sign(platform, kind, one.id)
    leaf = Act.objects.get(id=signature.act_id).body
    assert leaf["clear"]["digest"] == one.digest
    assert leaf["clear"]["pack_version"] == PACK.version
    assert "Đã đọc" not in Act.objects.get(id=signature.act_id).leaf
    assert queries.signatures(platform.actor("lawyer"), PACK).on(kind, one.id).state == queries.HOLDS


def test_only_a_lawyer_signs(platform: Office) -> None:
    digest = target(PACK, "pack", "").digest
    for actor in (platform.actor("admin"), platform.actor("compliance"), system(platform.organisation.id)):
        with pytest.raises(NotAllowed):
            actions.sign(actor, "pack", "", digest)


def test_what_has_changed_meanwhile_is_not_signed(platform: Office) -> None:
    with pytest.raises(BadInput, match="thay đổi"):
        actions.sign(platform.actor("lawyer"), "choice", "lock-thresholds", "0" * 64)
    with pytest.raises(BadInput, match="no choice"):
        actions.sign(platform.actor("lawyer"), "choice", "khong-co", "0" * 64)


def test_a_version_is_signed_once(platform: Office) -> None:
    first = sign(platform)
    with pytest.raises(BadInput):
        sign(platform)
    actions.withdraw(platform.actor("lawyer"), first.id, "Ký nhầm.")
    assert queries.signatures(platform.actor("lawyer"), PACK).on("choice", "lock-thresholds").state == queries.UNSIGNED
    sign(platform)


def test_the_whole_law_signed_signs_every_value(platform: Office) -> None:
    sign(platform, "pack", "")
    signed = queries.signatures(platform.actor("lawyer"), PACK)
    assert signed.on("clock", "vn.nd147.35.5.remove").state == queries.HOLDS
    assert signed.on("calendar", "2026").state == queries.HOLDS


def test_a_changed_law_leaves_signatures_for_an_earlier_version(platform: Office) -> None:
    sign(platform, "pack", "")
    changed = replace(PACK, version="f" * 64)
    signed = queries.public_signatures(changed)
    assert signed.on("pack", "").state == queries.EARLIER
    assert signed.on("clock", "vn.nd147.35.5.remove").state == queries.EARLIER
    assert signed.on("pack", "").signatures[0].pack_version == PACK.version


def test_a_value_stays_signed_while_it_reads_the_same(platform: Office) -> None:
    sign(platform, "choice", "lock-thresholds")
    elsewhere = replace(PACK, version="e" * 64)
    assert queries.public_signatures(elsewhere).on("choice", "lock-thresholds").state == queries.HOLDS
    choice = replace(PACK.choices["lock-thresholds"], answer=Text("Khác.", "Another."))
    here = replace(PACK, version="d" * 64, choices={**PACK.choices, "lock-thresholds": choice})
    assert queries.public_signatures(here).on("choice", "lock-thresholds").state == queries.EARLIER


def test_the_public_learns_whose_lawyer_signed_and_not_who(platform: Office) -> None:
    sign(platform)
    (shown,) = queries.public_signatures(PACK).on("choice", "lock-thresholds").signatures
    assert shown.organisation == platform.organisation.name
    assert (shown.by, shown.signature_id, shown.note) == (None, None, "")
