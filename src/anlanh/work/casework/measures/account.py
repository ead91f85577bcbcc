"""Measures against the account that a page belongs to."""

from django.utils.translation import gettext as _

from anlanh.law.model import Text
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.measures.kind import AccountMeasure, Terms, Words
from anlanh.work.casework.models import Case, Measure
from anlanh.work.registry.models import Holder


class Warn(AccountMeasure):
    """The person is warned; nothing else changes."""

    code = "warn"
    statement = ("decision_account", "warned")
    words = Words(
        label=Text("Nhắc nhở", "Warn"),
        act=Text("nhắc nhở chủ tài khoản", "warn the account"),
        headline=Text("Tài khoản của bạn bị nhắc nhở", "Your account is warned"),
        outcome=Text("chủ tài khoản bị nhắc nhở", "the account is warned"),
        undo=Text("rút lại lời nhắc nhở", "withdraw the warning"),
        undone=Text("Lời nhắc nhở tài khoản của bạn đã được rút lại", "The warning to your account is withdrawn"),
    )


class Suspend(AccountMeasure):
    """The account is locked for a number of days; then it opens by itself."""

    code = "suspend"
    terms = frozenset({"days"})
    holder_state = Holder.State.SUSPENDED
    statement = ("decision_account", "suspended")
    words = Words(
        label=Text("Tạm khoá tài khoản", "Suspend the account"),
        act=Text("tạm khoá tài khoản", "suspend the account"),
        headline=Text("Tài khoản của bạn bị tạm khoá", "Your account is suspended"),
        outcome=Text("tài khoản bị tạm khoá", "the account is suspended"),
        undo=Text("mở khoá tài khoản", "unlock the account"),
        undone=Text("Tài khoản của bạn đã được mở khoá", "Your account is unlocked"),
    )

    def check_terms(self, terms: Terms) -> None:
        """As of every measure, and refuses a suspension without an end.

        Raises:
            BadInput: naming the field.
        """
        super().check_terms(terms)
        if not terms.days:
            raise BadInput(_("no length is given"), where="days", mend=_("say for how many days"))


class EndAccount(AccountMeasure):
    """The account is closed for good."""

    code = "end_account"
    holder_state = Holder.State.ENDED
    statement = ("decision_account", "terminated")
    words = Words(
        label=Text("Khoá vĩnh viễn tài khoản", "End the account"),
        act=Text("khoá vĩnh viễn tài khoản", "end the account"),
        headline=Text("Tài khoản của bạn bị khoá vĩnh viễn", "Your account is ended"),
        outcome=Text("tài khoản bị khoá vĩnh viễn", "the account is ended"),
        undo=Text("mở lại tài khoản", "reopen the account"),
        undone=Text("Tài khoản của bạn đã được mở lại", "Your account is open again"),
    )


class RefuseService(AccountMeasure):
    """The person gets no new account either; only while a decision is live that takes service from them."""

    code = "refuse_service"
    holder_state = Holder.State.REFUSED
    law_alone = True
    statement = ("decision_provision", "total_termination")
    words = Words(
        label=Text("Từ chối cung cấp dịch vụ", "Refuse service"),
        act=Text("từ chối cung cấp dịch vụ", "refuse service"),
        headline=Text("Chúng tôi từ chối cung cấp dịch vụ cho bạn", "We refuse you our service"),
        outcome=Text("chủ tài khoản bị từ chối cung cấp dịch vụ", "the person is refused service"),
        undo=Text("cung cấp dịch vụ trở lại", "give service again"),
        undone=Text("Bạn được cung cấp dịch vụ trở lại", "You can use our service again"),
    )

    def check_case(self, case: Case) -> None:
        """Refuses where no live decision takes service from this person: neither a verified order nor an ended account.

        Raises:
            BadInput: as said.
        """
        super().check_case(case)
        if case.kind == Case.Kind.ORDER or ended_account_of(case) is not None:
            return
        raise BadInput(
            _("no decision is live under which service could be refused"),
            where="measure",
            mend=_("end the account first, or wait for the order of an authority"),
        )


def ended_account_of(case: Case) -> Measure | None:
    """The live measure that ended the account of the case's page."""
    return Measure.objects.filter(
        kind=EndAccount.code, state=Measure.State.APPLIED, decision__case__page__holder_id=case.page.holder_id
    ).first()
