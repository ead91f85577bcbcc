"""Sealing: every act gets one leaf, whatever the order of commits, and an export verifies by itself."""

import io
import threading

import pytest
from django.db import connection, transaction

from anlanh.base.actor import system
from anlanh.base.acts.keys import verify_key
from anlanh.base.acts.ledger import export_organisation, latest_checkpoint, prove
from anlanh.base.acts.models import Act, Checkpoint, Leaf, Log, PendingLeaf
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.acts.sealing import DEPLOYMENT_LOG, head_leaf, open_log, seal, seal_everything
from anlanh.ledger.checkpoints import open_note
from anlanh.ledger.export import verify_export
from anlanh.ledger.merkle import leaf_hash, root, verify_inclusion
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id

from . import test_guards  # noqa: F401  (declares sample.done)


def done(office, times: int = 1) -> list[Act]:
    with transaction.atomic():
        return [
            record(system(office.organisation.id), Draft("sample.done", Subject("sample", new_id())))
            for _ in range(times)
        ]


def test_every_act_gets_one_leaf_and_nothing_waits(platform):
    done(platform, 7)
    seal_everything()
    acts = Act.objects.filter(organisation=platform.organisation)
    assert not PendingLeaf.objects.exists()
    positions = sorted(Leaf.objects.filter(act__in=acts).values_list("position", flat=True))
    assert positions == list(range(acts.count()))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer, so no commit comes late")
@pytest.mark.django_db(transaction=True)
def test_an_act_that_was_committed_late_is_not_passed_over(platform):
    recorded, may_commit = threading.Event(), threading.Event()
    early: list[Act] = []

    def record_slowly() -> None:
        with transaction.atomic():
            early.extend(done(platform))
            recorded.set()
            may_commit.wait(timeout=30)
        connection.close()

    slow = threading.Thread(target=record_slowly)
    slow.start()
    assert recorded.wait(timeout=30)
    [late] = done(platform)
    seal(platform.organisation.id, platform.organisation.code)
    may_commit.set()
    slow.join()
    assert early[0].id < late.id
    assert seal(platform.organisation.id, platform.organisation.code) == 1
    assert Leaf.objects.get(act=early[0]).position > Leaf.objects.get(act=late).position


def test_the_root_is_that_of_the_leaves_in_order(platform):
    done(platform, 300)
    seal_everything()
    texts = (
        Leaf.objects.filter(log_id=platform.organisation.id).order_by("position").values_list("act__leaf", flat=True)
    )
    statement = open_note(latest_checkpoint(platform.organisation.id).note, [verify_key(platform.organisation.code)])
    assert statement.root == root([leaf_hash(text.encode()) for text in texts])


def test_a_proof_convinces_someone_who_has_only_the_checkpoint(platform):
    acts = done(platform, 20)
    assert prove(acts[3]) is None, "recorded, not yet sealed"
    seal_everything()
    done(platform, 5)
    seal_everything()
    proof = prove(acts[3])
    statement = open_note(proof.checkpoint, [verify_key(platform.organisation.code)])
    leaf = leaf_hash(proof.leaf.encode())
    assert verify_inclusion(leaf, proof.position, statement.size, proof.path, statement.root)
    assert not verify_inclusion(leaf, proof.position + 1, statement.size, proof.path, statement.root)


def test_organisations_have_logs_of_their_own(platform, other):
    done(platform, 3)
    done(other, 2)
    seal_everything()
    for office in (platform, other):
        owners = Leaf.objects.filter(log_id=office.organisation.id).values_list("act__organisation_id", flat=True)
        assert set(owners) == {office.organisation.id}


def test_the_deployment_log_holds_every_head(platform, other):
    for _ in range(3):
        done(platform)
        done(other)
        seal_everything()
    heads = list(Checkpoint.objects.exclude(log_id=DEPLOYMENT_LOG).order_by("head_position"))
    assert [head.head_position for head in heads] == list(range(Log.objects.get(id=DEPLOYMENT_LOG).size))
    assert open_log(DEPLOYMENT_LOG).root() == root([leaf_hash(head_leaf(head)) for head in heads])


def test_an_export_verifies_and_a_changed_one_does_not(platform, tmp_path):
    done(platform, 10)
    file = tmp_path / "log"
    size = export_organisation(platform.organisation.code, file)
    assert size == Act.objects.filter(organisation=platform.organisation).count()
    key = verify_key(platform.organisation.code)
    assert verify_export(file, key, None).ok
    lines = file.read_bytes().split(b"\n")
    lines[4] = lines[4].replace(b'"seq":1', b'"seq":2')
    file.write_bytes(b"\n".join(lines))
    assert verify_export(file, key, None).first_bad == 5


def test_exporting_an_unknown_organisation_is_bad_input(platform):
    with pytest.raises(BadInput, match="khong-co"):
        export_organisation("khong-co", io.BytesIO())
