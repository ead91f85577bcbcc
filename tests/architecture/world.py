"""An organisation with a row of every kind, made by the program's own actions, with words found nowhere else."""

import base64
import io
import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta
from unittest import mock

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind
from anlanh.base.acts.models import Act
from anlanh.base.acts.sealing import seal_everything
from anlanh.base.files import store
from anlanh.base.identity import actions as identity
from anlanh.base.identity.policy import MACHINE_CAPABILITIES, ROLES, public_actor
from anlanh.base.outbox.models import Task
from anlanh.base.tenancy import Owned
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.reporting.board.actions import catch_up_everything
from anlanh.reporting.evidence import actions as evidence
from anlanh.reporting.evidence.actions import EvidenceInput
from anlanh.reporting.signing import actions as signing
from anlanh.work.casework import numbers
from anlanh.work.casework.actions import (
    appeals,
    decide,
    intake,
    integrations,
    presets,
    proposals,
    review,
    sorting,
)
from anlanh.work.casework.authorities import actions as authorities
from anlanh.work.casework.authorities.models import Authority
from anlanh.work.casework.broadcasts import actions as broadcasts
from anlanh.work.casework.calls import actions as calls
from anlanh.work.casework.claims import actions as claims
from anlanh.work.casework.desk import actions as desk
from anlanh.work.casework.desk import calling, times
from anlanh.work.casework.desk.plans import Plan, Rule
from anlanh.work.casework.exposure.actions import open_evidence
from anlanh.work.casework.grouping import actions as grouping
from anlanh.work.casework.holds import actions as holds
from anlanh.work.casework.importing import actions as importing
from anlanh.work.casework.importing.models import Import
from anlanh.work.casework.keeping import actions as keeping
from anlanh.work.casework.keeping import joining
from anlanh.work.casework.lists import actions as lists
from anlanh.work.casework.mailbox import actions as mailbox
from anlanh.work.casework.misuse import actions as misuse
from anlanh.work.casework.models import Access, Case, Decision, Measure, Notice
from anlanh.work.casework.preferences import actions as preferences
from anlanh.work.casework.publishing import actions as publishing
from anlanh.work.casework.quality import actions as quality
from anlanh.work.casework.quality.drawing import SamplingRule
from anlanh.work.casework.quality.models import SecondLook
from anlanh.work.casework.redress import late, mandates
from anlanh.work.casework.redress.models import LateAppeal, Mandate
from anlanh.work.casework.repeats import earlier
from anlanh.work.casework.repeats.earlier import EarlierInput
from anlanh.work.casework.screening_lists import actions as screening_lists
from anlanh.work.casework.screening_lists import checking
from anlanh.work.casework.screening_lists.checking import EntryInput
from anlanh.work.casework.talking import actions as talking
from anlanh.work.casework.withholding import actions as withholding
from anlanh.work.policies import actions as policies
from anlanh.work.policies.drafting import Clause
from anlanh.work.registry.actions import PageInput, put_page
from tests.builders import PASSWORD, Office
from tests.work.casework.steps_of import GROUND, decision_input, door, order_input

MARK = "vườn nhãn lồng"
ADDRESS = "https://mang.example/bai/7713"
_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass
class World:
    """What one organisation has.

    Args:
        office: the organisation with its people; `everyone` holds all roles at once.
        ids: an identifier of each kind, by the name that routes and queries give it.
        secret: opens the report of `ids["reference"]`.
        door: reference and secret of the person affected.
        key: a machine's key with every capability.
        marks: texts that no other organisation may ever be shown.
    """

    office: Office
    ids: dict[str, object]
    secret: str
    door: tuple[str, str]
    key: str
    marks: list[str] = field(default_factory=list)


def build_world(office: Office, words: str = MARK, address: str = ADDRESS) -> World:
    """Fills an organisation with rows of every kind.

    Args:
        office: the organisation and its people.
        words: words that stand in whatever is written.
        address: of the page that is reported.
    """
    admin = office.actor("admin")
    everyone(office)
    for percent in (0, 100):
        quality.set_plan(admin, [SamplingRule("all", percent)])
    key, secret = identity.issue_credential(admin, f"hệ thống {words}", sorted(MACHINE_CAPABILITIES))
    invitation, _ = identity.invite(admin, f"moi@{office.organisation.code}.example", words, ["moderator"])
    gone(office, words)
    sent_by_a_platform(office, key.id, words)
    page = put_page(
        office.actor("registrar"),
        PageInput(address, title=f"Bài về {words}", holder_address=f"{address}/chu", holder_name=f"Chủ {words}"),
    )
    filed = report(office, words, address)
    register = imported(office, words, address)
    earlier_violation(office, words, address)
    listed(office, words)
    review.claim(office.actor("moderator"), filed.case.id)
    holds.place(office.actor("moderator"), filed.case.id, GROUND, "list:1")
    kept_back(office, filed.case.id, words, approved=False)
    decision = decide.decide(
        office.actor("moderator"), filed.case.id, decision_input(facts=f"Nói về {words}.", subject_fact=words)
    )
    # The integration comes after the measure was left to a person, so that there are both.
    way_in = door(decision)
    appeal = appeals.file_appeal(*way_in, f"Không đồng ý về {words}.")
    talk = spoken(office, filed, words)
    integrations.set_up(admin, f"https://{office.organisation.code}.example/hook")
    order = entered(office, words)
    called(office, words)
    letter = mailed(office, words)
    just_decided(office, f"{address}/vua-xong")
    kept_back(office, order.id, words)
    authority = on_paper(office, order.id, words)
    proven, signed = stated(office, words), signed_law(office)
    looked_at(office, address, words)
    seal_everything()
    catch_up_everything()
    ids = {
        "case_id": filed.case.id,
        "order_case_id": order.id,
        "page_id": page.id,
        "holder_id": page.holder_id,
        "file_id": filed.case.evidence.first().file_id,
        "appeal_id": appeal.id,
        "notice_id": Notice.objects.filter(case=filed.case, role="affected").first().id,
        "decision_id": decision.id,
        "authority_id": authority.id,
        "measure_id": Measure.objects.get(decision=decision).id,
        "import_id": register.id,
        "letter_id": letter.id,
        "held_id": flooded(office, words),
        "sealed_case_id": denounced(office, words).id,
        "evidence_id": proven.id,
        "signature_id": signed.id,
        "document": "terms_of_use",
        "version": 1,
        "clause_key": published_rules(office, words).key,
        "preset_id": prepared(office, words).id,
        "proposal_id": proposal_of(office, f"{address}/nua").id,
        **kept(office, filed.case.id, words),
        "late_id": too_late(office, f"{address}/muon", words).id,
        "mandate_id": represented(way_in, words).id,
        **dict(zip(("consequence_id", "objection_id"), misused(office, key.id, words), strict=True)),
        **countered(office, f"{address}/ban-quyen", words),
        "partner_id": talk.report_id,
        "group_id": decided_together(office, words).id,
        "queue_id": arranged(office, words).id,
        "view_id": saved(office, words).id,
        **dict(zip(("shift_id", "stretch_id"), rostered(office, words), strict=True)),
        "look_id": looked_again(office, words).id,
        "task_id": Task.objects.visible_to(admin).filter(detail__has_key="notice").first().id,
        "act_id": Act.objects.visible_to(admin).filter(subject_id=filed.case.id).first().id,
        "ref": office.members["second"].ref,
        "invitation_id": invitation.id,
        "key_id": key.id,
        "reference": filed.report.reference,
        "access": Access.objects.get(case=filed.case).reference,
        "code": office.organisation.code,
        "words": words,
        "number": filed.case.number,
        "address": address,
    }
    hidden = [str(value) for name, value in ids.items() if name not in {"code", "address", "document", "version"}]
    return World(office, ids, filed.secret, way_in, secret, [*hidden, str(office.organisation.id)])


def report(office: Office, words: str, address: str, category: str = "fraud") -> intake.Filed:
    """Somebody reports the page, with a picture."""
    public = public_actor(office.organisation.id)
    picture = store.keep(public, "man-hinh.png", io.BytesIO(_PICTURE))
    given = intake.ReportInput(
        address, category, f"Tôi thấy {words}.", reporter_name=f"Người báo {words}", file_ids=(picture.id,)
    )
    return intake.file_report(public, office.organisation.id, given)


def looked_again(office: Office, words: str) -> SecondLook:
    """Every decision drawn: one found wrong by who holds every role, one of theirs looked at by somebody else.

    Against the first no appeal is open, as who looked a second time hears none.
    """
    decision = Decision.objects.get(case__page__address__endswith="/nhom/1", organisation=office.organisation)
    for act in Act.objects.filter(organisation_id=office.organisation.id, type="decision.made"):
        quality.draw(act, Decision.objects.get(act_id=act.id))
    looks = {look.decision_id: look for look in SecondLook.objects.filter(organisation_id=office.organisation.id)}
    theirs = Decision.objects.filter(decided_by=everyone(office).ref).first()
    for person, judged in ((everyone(office), decision), (office.actor("appeals"), theirs)):
        look = looks[judged.id]
        quality.take(person, look.id)
        quality.answer(person, look.id, "no_action" if judged == decision else "remove", GROUND, f"Xem lại {words}.")
        quality.compare(person, look.id, "wrong", f"Sai về {words}.")
    return looks[decision.id]


def looked_at(office: Office, address: str, words: str) -> None:
    """Evidence that is hard to look at, opened by somebody who has reached today's number by it."""
    filed = report(office, words, f"{address}/kho-xem", category="violence_obscenity")
    preferences.set_preferences(office.actor("admin"), undo_seconds=0, numbers={"exposure.others-first": 1})
    open_evidence(everyone(office), filed.case.id, filed.case.evidence.first().file_id)


def sent_by_a_platform(office: Office, key_id: uuid.UUID, words: str) -> None:
    """A report by a key for a user of its own."""
    machine = Actor(ActorKind.MACHINE, office.organisation.id, key_id, MACHINE_CAPABILITIES)
    address = f"https://{office.organisation.code}.example/tu-nen-tang"
    given = intake.ReportInput(address, "fraud", f"Lừa {words}.", via="api", reporter_ref=words)
    intake.file_report(machine, office.organisation.id, given)
    intake.file_report(machine, office.organisation.id, replace(given, text=f"Vẫn lừa {words}."))


def misused(office: Office, key_id: uuid.UUID, words: str) -> tuple[object, object]:
    """A sender who was warned and appeals, and against whom enough stands for a limit."""
    machine = Actor(ActorKind.MACHINE, office.organisation.id, key_id, MACHINE_CAPABILITIES)
    warning = filed = None
    for number in range(6):
        address = f"https://{office.organisation.code}.example/vo-can-cu/{number}"
        given = intake.ReportInput(address, "fraud", f"Lừa {words}.", via="api", reporter_ref="hay-bao")
        filed = intake.file_report(machine, office.organisation.id, given)
        review.claim(office.actor("moderator"), filed.case.id)
        marked = {"unfounded": (filed.report.id,), "unfounded_reason": f"Không có {words}."}
        decide.decide(office.actor("moderator"), filed.case.id, decision_input("no_action", **marked))
        if number == 2:
            warning = misuse.take(office.actor("second"), filed.report.id, "warning", f"Ba lần {words}.")
    objection = misuse.object_to(filed.report.reference, filed.secret, warning.id, f"Tôi thấy {words} thật.")
    return warning.id, objection.id


def spoken(office: Office, filed: intake.Filed, words: str) -> talking.Message:
    """The reporter writes, with a file."""
    way_in = (filed.report.reference, filed.secret)
    stored = talking.keep_file(*way_in, f"{words}.txt", io.BytesIO(b"them"))
    return talking.write_by_door(*way_in, f"Còn {words} nữa.", [stored.id])


def kept(office: Office, case_id: uuid.UUID, words: str) -> dict[str, object]:
    """Evidence of the staff, a hold, words that were released, and a month that was counted."""
    moderator, until = office.actor("moderator"), civil_date(clock.now()) + timedelta(days=30)
    page = io.BytesIO(b"<html>trang</html>")
    exhibit = keeping.add_evidence(moderator, case_id, "archive", f"{words}.html", page, relied_on=True)
    broadcasts.keep_clip(moderator, case_id, f"{words}.mp4", io.BytesIO(b"doan"), "0:10", "0:20", relied_on=False)
    broadcasts.note_over(moderator, case_id, "1:00:00")
    keeping.place_hold(moderator, case_id, "24/2018/QH14/26.2.b", until, f"Vì {words}.")
    decision = Decision.objects.get(case_id=case_id)
    publishing.release(moderator, decision.id, "Đã kiểm tra: không nêu tên ai.")
    month = civil_date(clock.now()).replace(day=1)
    with clock.set_to(clock.now() + timedelta(days=32)):
        publishing.month_counted(office.organisation.id, month)
    return {"exhibit_id": exhibit.id, "copy_id": exhibit.evidence.copies.get().id}


def too_late(office: Office, address: str, words: str) -> LateAppeal:
    """A reporter appeals after the time for it."""
    public = public_actor(office.organisation.id)
    filed = intake.file_report(public, office.organisation.id, intake.ReportInput(address, "fraud", "Lừa."))
    review.claim(office.actor("moderator"), filed.case.id)
    decide.decide(office.actor("moderator"), filed.case.id, decision_input("no_action"))
    with clock.set_to(clock.now() + timedelta(days=200)):
        return late.ask_late(filed.report.reference, filed.secret, f"Sai về {words}.", f"Tôi ốm ({words}).")


def countered(office: Office, address: str, words: str) -> dict[str, object]:
    """A claim of copyright, what it led to, and the objection to that, answered by the claimant."""
    public = public_actor(office.organisation.id)
    said = {"work": words, "right_holder": words, "standing": "holder", "good_faith": "agreed"}
    given = intake.ReportInput(address, "copyright", f"Chép {words}.", details=said)
    filed = intake.file_report(public, office.organisation.id, given)
    review.claim(office.actor("moderator"), filed.case.id)
    decide.decide(office.actor("moderator"), filed.case.id, decision_input())
    access = Access.objects.get(case=filed.case)
    way_in = (access.reference, numbers.secret_for(access.id))
    notice = claims.file(*way_in, claims.CounterInput(f"Ông {words}", f"Số 1 {words}", f"Tôi viết {words}.", True))
    paper = store.keep(public, f"{words}.pdf", io.BytesIO(b"%PDF-1.4 don kien"))
    went = claims.AnswerInput("lodged", f"Toà {words}", words, civil_date(clock.now()), [paper.id])
    claims.answer(filed.report.reference, filed.secret, went)
    return {"counter_id": notice.id}


def represented(way_in: tuple[str, str], words: str) -> Mandate:
    """The person affected lets a lawyer act for them."""
    until = civil_date(clock.now()) + timedelta(days=300)
    given = mandates.MandateInput("lawyer", f"Luật sư {words}", "", "", "case", until)
    return mandates.give(*way_in, given, f"{words}.pdf", io.BytesIO(b"%PDF-1.4 giay uy quyen")).mandate


def earlier_violation(office: Office, words: str, address: str) -> None:
    """A violation of the account, decided elsewhere."""
    given = EarlierInput(f"{address}/chu", f"1/{words}", clock.now(), "remove", decided_by=words, ground=words)
    earlier.bring_in(office.actor("registrar"), [earlier.checked(given)])


def listed_entry(words: str) -> EntryInput:
    """A phrase for the lists of screening."""
    return checking.checked(EntryInput("phrase", words, "fold", GROUND))


def listed(office: Office, words: str) -> None:
    """A phrase on the lists of screening."""
    screening_lists.add(office.actor("registrar"), [listed_entry(words)])


def imported(office: Office, words: str, address: str) -> Import:
    """A register with one more report of the page, and the mapping of its columns kept."""
    text = f"Mã đơn,Ngày nhận,Link,Nội dung\nSố {words},1/2/2026,{address},Cũng thấy {words}.\n"
    registrar = office.actor("registrar")
    source = importing.choose_file(registrar, "reports", f"{words}.csv", io.BytesIO(text.encode()))
    importing.set_columns(registrar, source.id, source.columns, {}, save_as=words)
    return importing.run(registrar, source.id)


def mailed(office: Office, words: str) -> object:
    """A letter that waits for a person, since it names no page."""
    raw = f"From: ba@thu.example\nMessage-ID: <{office.organisation.code}@x>\n\nVề {words}, không có địa chỉ.\n"
    return mailbox.take_letter(office.organisation.id, raw.encode())


def flooded(office: Office, words: str) -> object:
    """More letters from one address than the house takes in an hour; the task about them."""
    preferences.set_preferences(office.actor("admin"), undo_seconds=0, numbers={"mailbox.letters-an-hour": 5})
    for number in range(6):
        raw = f"From: bon@thu.example\nMessage-ID: <{office.organisation.code}-{number}@x>\n\nVề {words}.\n"
        mailbox.take_letter(office.organisation.id, raw.encode())
    return Task.objects.get(organisation=office.organisation, detail__has_key="held").id


def called(office: Office, words: str) -> None:
    """Somebody calls, and the clerk is still typing."""
    calls.save_draft(everyone(office), {"text": f"Người gọi nói về {words}."})


def denounced(office: Office, words: str) -> object:
    """A denunciation, sorted by a clerk and opened by who holds every role."""
    public = public_actor(office.organisation.id)
    given = intake.ReportInput(f"https://{office.organisation.code}.example/to-cao", "other", f"Tố cáo về {words}.")
    filed = intake.file_report(public, office.organisation.id, given)
    case = sorting.sort_report(office.actor("moderator"), filed.report.id, "denunciation", "Người gửi tố cáo.")
    sorting.open_sealed(everyone(office), case.id)
    return case


def proposal_of(office: Office, address: str) -> object:
    """A decision that waits for a second person."""
    put_page(office.actor("registrar"), PageInput(address, holder_address=f"{address}/chu"))
    public = public_actor(office.organisation.id)
    filed = intake.file_report(public, office.organisation.id, intake.ReportInput(address, "fraud", "Lừa."))
    review.claim(office.actor("moderator"), filed.case.id)
    return proposals.propose(office.actor("moderator"), filed.case.id, decision_input("end_account"))


def just_decided(office: Office, address: str) -> None:
    """A decision that can still be taken back."""
    preferences.set_preferences(office.actor("admin"), undo_seconds=preferences.LONGEST_UNDO)
    actor = everyone(office)
    public = public_actor(office.organisation.id)
    filed = intake.file_report(public, office.organisation.id, intake.ReportInput(address, "fraud", "Lừa."))
    review.claim(actor, filed.case.id)
    decide.decide(actor, filed.case.id, decision_input("no_action"))
    preferences.set_preferences(office.actor("admin"), undo_seconds=0)


def kept_back(office: Office, case_id: uuid.UUID, words: str, *, approved: bool = True) -> None:
    """A notice that is kept back, or was asked to be. The pack knows no clause that allows it, so one is marked."""
    pack = vietnam()
    ref = pack.grounds[GROUND].ref
    marked = replace(pack, clauses={**pack.clauses, ref: replace(pack.clauses[ref], forbids_notice=True)})
    with mock.patch("anlanh.work.casework.steps.pack", return_value=marked):
        row = withholding.ask(office.actor("moderator"), case_id, str(ref), f"Vì {words}.", 10)
        if not approved:
            withholding.drop(office.actor("moderator"), case_id, row.id)
            return
        withholding.approve(office.actor("second"), case_id, row.id)
        withholding.ask(office.actor("moderator"), case_id, str(ref), f"Lâu hơn vì {words}.", 10)


def on_paper(office: Office, case_id: uuid.UUID, words: str) -> Authority:
    """A body of the directory, called back about an order; and the note of a secret paper."""
    given = authorities.AuthorityInput(f"Sở {words}", "024 3943 1234")
    body = authorities.verify(office.actor("verifier"), authorities.add(office.actor("officer"), given).id, words)
    authorities.call_back(office.actor("officer"), case_id, body.id, f"Nói về {words}.")
    sealed = authorities.SealedInput("mat", f"Số {words}", words, civil_date(clock.now()), words)
    authorities.note_sealed(office.actor("officer"), sealed)
    return body


def published_rules(office: Office, words: str) -> Clause:
    """Two versions of the terms, one of them withdrawn, and a clause that stays in the draft."""
    person, today = office.actor("compliance"), civil_date(clock.now())
    kept = policies.set_clause(person, "terms_of_use", Clause("1", "Không lừa đảo", f"Không lừa về {words}."), 0)
    policies.publish(person, "terms_of_use", today, 1)
    policies.set_clause(person, "terms_of_use", Clause("2", "Không spam", f"Không spam {words}."), 1)
    policies.publish(person, "terms_of_use", today + timedelta(days=30), 2)
    policies.withdraw(person, "terms_of_use", 2, f"Viết sai {words}.")
    return kept


def prepared(office: Office, words: str) -> object:
    """A decision prepared for a kind of case."""
    given = decision_input(facts=f"Những bài như thế nói về {words}.")
    fields = {name: getattr(given, name) for name in ("ground", "facts", "measure")}
    return presets.write(office.actor("moderator"), presets.PresetInput(name=f"Mẫu {words}", **fields))


def arranged(office: Office, words: str) -> object:
    """A queue, and a plan that sends what an authority orders there."""
    queue = desk.write_queue(office.actor("admin"), desk.QueueInput(name=f"Hàng {words}"))
    desk.write_plan(office.actor("admin"), Plan(rules=(Rule(queue=queue.id, kind="order"),)))
    return queue


def saved(office: Office, words: str) -> object:
    """A view of a list of one's own, on which one begins."""
    person = everyone(office)
    view = lists.save_view(person, f"Xem {words}", "view=all&category=fraud")
    lists.set_start(person, view.id)
    lists.set_columns(person, ["due", "number"])
    return view


def rostered(office: Office, words: str) -> tuple[object, object]:
    """A shift that was handed over, and an absence with a stand-in; a case passed over, and a call about it."""
    admin, moderator, now = office.actor("admin"), office.members["moderator"].ref, clock.now()
    until, person = now + timedelta(days=1), everyone(office)
    shift = times.set_shift(admin, person.ref, now, until, on_call=True)
    times.hand_over_shift(person, shift.id, f"Để ý {words}.")
    absence = times.set_absence(admin, office.members["appeals"].ref, now, until)
    times.set_delegation(admin, office.members["appeals"].ref, moderator, now, until)
    skipped = report(office, words, f"https://{office.organisation.code}.example/nhuong")
    review.claim(office.actor("second"), skipped.case.id)
    review.skip(office.actor("second"), skipped.case.id)
    due = Case.objects.get(id=skipped.case.id).due_at
    with clock.set_to(due):
        calling.call(office.organisation.id)
    return shift.id, absence.id


def decided_together(office: Office, words: str) -> object:
    """Two cases decided in one go."""
    cases = [report(office, words, f"https://{office.organisation.code}.example/nhom/{at}").case.id for at in (1, 2)]
    return grouping.decide_together(office.actor("moderator"), cases, decision_input(subject_fact=words), {})


def entered(office: Office, words: str) -> object:
    """An order that waits to be verified."""
    given = order_input(office, words=words, document_id=None)
    pages = [(f"{words}-{number}.png", io.BytesIO(_PICTURE)) for number in (1, 2)]
    return joining.enter_with_photographs(office.actor("officer"), given, pages)


def stated(office: Office, words: str) -> object:
    """Evidence of a duty, with a file."""
    compliance = office.actor("compliance")
    today = civil_date(clock.now())
    given = EvidenceInput("BD.5.4.a", "done", today, today, f"Đã nộp, {words}.", "receipt")
    return evidence.give(compliance, given, ("bien-nhan.png", io.BytesIO(_PICTURE)))


def signed_law(office: Office) -> object:
    """A lawyer's signature under the whole pack."""
    return signing.sign(office.actor("lawyer"), "pack", "", vietnam().version)


def gone(office: Office, name: str) -> None:
    """Somebody who worked here and left."""
    _, token = identity.invite(office.actor("admin"), f"da-di@{office.organisation.code}.example", name, ["moderator"])
    leaver = identity.accept_invitation(token, name, PASSWORD)
    identity.leave(office.actor("admin"), leaver.ref, office.members["moderator"].ref)


def everyone(office: Office) -> Actor:
    """One person who holds every role, so that nothing but the organisation's border can stop them."""
    if "everyone" not in office.members:
        address = f"tat-ca@{office.organisation.code}.example"
        _, token = identity.invite(office.actor("admin"), address, "Tất Cả", sorted(ROLES))
        office.members["everyone"] = identity.accept_invitation(token, "Tất Cả", PASSWORD)
    capabilities = frozenset().union(*ROLES.values()) | MACHINE_CAPABILITIES
    return Actor(ActorKind.MEMBER, office.organisation.id, office.members["everyone"].ref, capabilities)


def strangers(ids: dict[str, object]) -> dict[str, object]:
    """For each identifier one of the same form that nothing has; names that all organisations share stay."""
    made = {name: uuid.uuid4() for name, value in ids.items() if isinstance(value, uuid.UUID)}
    said = {
        "reference": numbers.new_reference(numbers.REPORT_PREFIX),
        "access": numbers.new_reference(numbers.ACCESS_PREFIX),
        "code": "khong-co-ai",
        "words": "không ai biết",
        "number": numbers.new_case_number(),
        "address": "https://mang.example/bai/khong-ai-biet",
        "document": ids["document"],
        "version": ids["version"],
    }
    return {**ids, **made, **said}


def kinds_without_a_row(organisation_id: uuid.UUID) -> list[str]:
    """The owned models of which the organisation has no row: the world has to grow with the program."""
    from django.apps import apps

    owned = [model for model in apps.get_models() if issubclass(model, Owned)]
    return [model.__name__ for model in owned if not model.objects.filter(organisation_id=organisation_id).exists()]
