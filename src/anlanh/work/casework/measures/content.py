"""Measures against one page."""

from django.utils.translation import gettext as _

from anlanh.law.model import Text
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.measures.kind import EVERYWHERE, ContentMeasure, Terms, Words
from anlanh.work.casework.models import Case
from anlanh.work.registry.models import Page


class Remove(ContentMeasure):
    """The page is taken down."""

    code = "remove"
    terms = frozenset({"scope"})
    page_state = Page.State.REMOVED
    statement = ("decision_visibility", "removed")
    words = Words(
        label=Text("Gỡ nội dung", "Remove the content"),
        act=Text("gỡ nội dung", "remove the content"),
        headline=Text("Nội dung của bạn bị gỡ", "Your content is removed"),
        outcome=Text("nội dung bị gỡ", "the content is removed"),
        undo=Text("khôi phục nội dung", "restore the content"),
        undone=Text("Nội dung của bạn đã được khôi phục", "Your content is back"),
    )


class Interrupt(ContentMeasure):
    """A broadcast that is running is cut off; taking it back lets it be resumed."""

    code = "interrupt"
    page_state = Page.State.INTERRUPTED
    statement = ("decision_visibility", "disabled")
    words = Words(
        label=Text("Ngắt buổi phát trực tiếp", "Interrupt the broadcast"),
        act=Text("ngắt buổi phát trực tiếp", "interrupt the broadcast"),
        headline=Text("Buổi phát trực tiếp của bạn bị ngắt", "Your broadcast is interrupted"),
        outcome=Text("buổi phát trực tiếp bị ngắt", "the broadcast is interrupted"),
        undo=Text("cho phát tiếp", "let it be resumed"),
        undone=Text("Bạn có thể phát trực tiếp trở lại", "You can resume your broadcast"),
    )

    def check_case(self, case: Case) -> None:
        """Refuses what nobody says is being broadcast now.

        Raises:
            BadInput: as said.
        """
        super().check_case(case)
        if not case.on_air:
            raise BadInput(
                _("nobody says that this is being broadcast now"),
                where="measure",
                mend=_("note on the case that the broadcast is running, or choose another measure"),
            )


class Restrict(ContentMeasure):
    """The page is kept from viewers in some place, or under some age."""

    code = "restrict"
    terms = frozenset({"scope", "age", "days"})
    page_state = Page.State.RESTRICTED
    statement = ("decision_visibility", "disabled")
    words = Words(
        label=Text("Hạn chế người xem", "Restrict who sees it"),
        act=Text("không hiển thị nội dung", "hide the content"),
        headline=Text("Nội dung của bạn bị hạn chế người xem", "Fewer people can see your content"),
        outcome=Text("nội dung bị hạn chế người xem", "the content is restricted"),
        undo=Text("bỏ hạn chế người xem", "lift the restriction"),
        undone=Text("Nội dung của bạn không còn bị hạn chế người xem", "Your content is no longer restricted"),
    )

    def check_terms(self, terms: Terms) -> None:
        """As of every measure, and refuses a restriction that restricts nothing.

        Raises:
            BadInput: naming the field.
        """
        super().check_terms(terms)
        if terms.scope == EVERYWHERE and not terms.age:
            raise BadInput(
                _("neither a place nor an age is given"), where="scope", mend=_("choose a place, or give an age")
            )

    def described(self, terms: Terms, language: str) -> str:
        """As of every measure; where only the age counts, no place is named."""
        said = super().described(terms, language)
        everywhere = Text(" ở mọi nơi", " everywhere").in_language(language)
        return said.replace(everywhere, "", 1) if terms.scope == EVERYWHERE else said


class LabelContent(ContentMeasure):
    """Words are put beside the page, such as that a claim in it is disputed."""

    code = "label"
    terms = frozenset({"label", "days"})
    page_state = Page.State.LABELLED
    statement = ("decision_visibility", "labelled")
    words = Words(
        label=Text("Gắn nhãn", "Label"),
        act=Text("gắn nhãn cho nội dung", "label the content"),
        headline=Text("Nội dung của bạn được gắn nhãn", "Your content is labelled"),
        outcome=Text("nội dung được gắn nhãn", "the content is labelled"),
        undo=Text("bỏ nhãn", "take the label off"),
        undone=Text("Nội dung của bạn không còn nhãn", "The label is taken off your content"),
    )

    def check_terms(self, terms: Terms) -> None:
        """As of every measure, and refuses a label without words.

        Raises:
            BadInput: naming the field.
        """
        super().check_terms(terms)
        if not terms.label:
            raise BadInput(_("the label has no words"), where="label", mend=_("write what readers will see"))


class BlockLink(ContentMeasure):
    """Links to the page no longer open."""

    code = "block_link"
    terms = frozenset({"scope", "days"})
    page_state = Page.State.BLOCKED
    statement = ("decision_visibility", "disabled")
    words = Words(
        label=Text("Chặn đường dẫn", "Block the link"),
        act=Text("chặn đường dẫn", "block the link"),
        headline=Text("Đường dẫn đến trang của bạn bị chặn", "Links to your page are blocked"),
        outcome=Text("đường dẫn bị chặn", "the link is blocked"),
        undo=Text("bỏ chặn đường dẫn", "unblock the link"),
        undone=Text("Đường dẫn đến trang của bạn đã được bỏ chặn", "Links to your page open again"),
    )


class LimitReach(ContentMeasure):
    """The page is shown to those who look for it, and recommended to nobody."""

    code = "limit_reach"
    terms = frozenset({"days"})
    page_state = Page.State.LIMITED
    statement = ("decision_visibility", "demoted")
    words = Words(
        label=Text("Không đề xuất", "Limit reach"),
        act=Text("không đề xuất nội dung cho người khác", "stop recommending the content"),
        headline=Text("Nội dung của bạn không được đề xuất", "Your content is not recommended to others"),
        outcome=Text("nội dung không được đề xuất", "the content is no longer recommended"),
        undo=Text("đề xuất nội dung trở lại", "recommend the content as before"),
        undone=Text("Nội dung của bạn được đề xuất trở lại", "Your content is recommended as before"),
    )


class CloseComments(ContentMeasure):
    """Nobody can comment on the page."""

    code = "close_comments"
    terms = frozenset({"days"})
    page_state = Page.State.COMMENTS_CLOSED
    statement = ("decision_visibility", "interaction_restricted")
    words = Words(
        label=Text("Khoá bình luận", "Close comments"),
        act=Text("khoá bình luận", "close comments"),
        headline=Text("Nội dung của bạn bị khoá bình luận", "Comments on your content are closed"),
        outcome=Text("bình luận bị khoá", "comments are closed"),
        undo=Text("mở lại bình luận", "open comments again"),
        undone=Text("Bình luận về nội dung của bạn đã được mở lại", "Comments on your content are open again"),
    )


class Demonetise(ContentMeasure):
    """The page earns nothing."""

    code = "demonetise"
    terms = frozenset({"days"})
    page_state = Page.State.UNPAID
    statement = ("decision_monetary", "suspension")
    words = Words(
        label=Text("Tắt kiếm tiền", "Demonetise"),
        act=Text("tắt kiếm tiền từ nội dung", "stop payments for the content"),
        headline=Text("Nội dung của bạn bị tắt kiếm tiền", "Your content no longer earns money"),
        outcome=Text("nội dung bị tắt kiếm tiền", "the content no longer earns money"),
        undo=Text("bật lại kiếm tiền từ nội dung", "resume payments for the content"),
        undone=Text("Nội dung của bạn được bật lại kiếm tiền", "Your content earns money again"),
    )
