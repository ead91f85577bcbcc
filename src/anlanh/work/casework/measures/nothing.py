"""No action: a reasoned decision like any other, which changes nothing."""

from anlanh.law.model import Text
from anlanh.work.casework.measures.kind import MeasureKind, Words


class NoAction(MeasureKind):
    """The content stays as it is."""

    code = "no_action"
    lowers = False
    words = Words(
        label=Text("Không xử lý", "No action"),
        act=Text("không xử lý nội dung", "take no action"),
        headline=Text("Nội dung của bạn không bị xử lý", "No action is taken against your content"),
        outcome=Text("nội dung không bị xử lý", "the content stays as it is"),
        undo=Text("giữ nguyên nội dung", "leave the content as it is"),
        undone=Text("Nội dung của bạn được giữ nguyên", "Your content stays as it is"),
    )
