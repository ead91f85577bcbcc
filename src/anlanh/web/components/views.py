"""The page on which every component is shown once, for those who build pages and for the accessibility test."""

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from anlanh.base import clock as time
from anlanh.web.components.states import LOOKS


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Họ và tên", help_text="Như trên giấy tờ của bạn.")
    kind = forms.ChoiceField(
        label="Việc gì đã xảy ra?", widget=forms.RadioSelect, choices=[("a", "Lừa đảo"), ("b", "Giả mạo")]
    )
    office = forms.ChoiceField(label="Cơ quan", choices=[("1", "Sở Văn hóa và Thể thao"), ("2", "Công an tỉnh")])
    words = forms.CharField(label="Nội dung", widget=forms.Textarea(attrs={"rows": 3}))
    agree = forms.BooleanField(label="Tôi đã đọc và đồng ý")


def gallery(request: HttpRequest) -> HttpResponse:
    """Shown to people with a membership, and to anyone while developing."""
    if not settings.DEBUG and getattr(request, "actor", None) is None:
        raise Http404
    faulty = SampleForm({"name": "Trần Thị Lành", "kind": "", "office": "1", "words": ""})
    faulty.is_valid()
    context = {
        "form": faulty,
        "clocks": sample_clocks(),
        "states": list(LOOKS),
        "soon": time.now() + timedelta(hours=5, minutes=20),
        "earlier": time.now() - timedelta(hours=3),
        "lines": sample_lines(),
        "sample_page": Paginator(range(90), 20).page(2),
    }
    return render(request, "components/gallery.html", context)


def sample_clocks() -> list[SimpleNamespace]:
    """One clock in each state, with made-up facts."""
    now = time.now()
    remaining = {
        "running": timedelta(hours=20),
        "soon": timedelta(hours=2, minutes=5),
        "overdue": -timedelta(hours=26),
        "met": timedelta(hours=3),
        "missed": -timedelta(minutes=40),
    }
    return [
        SimpleNamespace(
            clock=SimpleNamespace(
                started_at=now - timedelta(hours=22),
                stopped_at=now if state in {"met", "missed"} else None,
                clause="…",
                obligation=state,
            ),
            due_at=now + left,
            trace=["bắt đầu khi nhận phản ánh", "cộng số giờ của điều khoản"],
            state=state,
            remaining=left,
            certainty="",
        )
        for state, left in remaining.items()
    ]


def sample_lines() -> list[SimpleNamespace]:
    """Three steps: behind, here, ahead."""
    now = time.now()
    return [
        SimpleNamespace(
            title="Đã nhận phản ánh", at=now - timedelta(days=1), state="done", text="", who="", icon="inbox"
        ),
        SimpleNamespace(title="Đang xem xét", at=now, state="now", text="Một người đang đọc.", who="", icon="eye"),
        SimpleNamespace(title="Có quyết định", at=None, state="next", text="", who="", icon="gavel"),
    ]
