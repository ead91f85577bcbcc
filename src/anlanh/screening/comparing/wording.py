"""What is said to the person who reads a comparison, in Vietnamese and English."""

from typing import NamedTuple

from anlanh.screening.comparing.alignment import Alignment

_SHOWN = 160  # characters of a sentence


class Said(NamedTuple):
    """One text in both languages."""

    vi: str
    en: str

    def in_language(self, lang: str) -> str:
        """The text in `vi` or `en`."""
        return self.en if lang == "en" else self.vi


class Finding(NamedTuple):
    """One thing that a rule speaks to.

    Args:
        ground: the rule's id, or a clause.
        why: what was found.
    """

    ground: str
    why: Said


_LACKING = {
    "named": Said("tên nguồn tin", "the name of the source"),
    "author": Said("tên tác giả", "the author"),
    "time": Said("thời gian bài gốc đã đăng", "when the original was published"),
    "link": Said("đường dẫn đến bài gốc", "a link to the original"),
}


def title_changed(ground: str, original: str | None, copy: str | None) -> Finding:
    """The title is another one."""
    if not copy:
        return Finding(ground, Said(f"Bỏ tiêu đề gốc “{_short(original)}”", f"Drops the title “{_short(original)}”"))
    if not original:
        return Finding(
            ground,
            Said(
                f"Đặt tiêu đề “{_short(copy)}” cho bài không có tiêu đề",
                f"Gives the title “{_short(copy)}” to an article without one",
            ),
        )
    return Finding(
        ground,
        Said(
            f"Tiêu đề “{_short(original)}” đổi thành “{_short(copy)}”",
            f"The title “{_short(original)}” became “{_short(copy)}”",
        ),
    )


def text_cut(ground: str, text: Alignment) -> Finding:
    """Sentences were cut or changed."""
    count, share = len(text.cut), f"{text.kept:.1%}"
    return Finding(
        ground,
        Said(
            f"Cắt hoặc sửa {count} câu, còn {share.replace('.', ',')} số chữ của bài gốc, như: “{_short(text.cut[0])}”",
            f"{count} {'sentence' if count == 1 else 'sentences'} cut or changed, {share} of the words kept; such as “{_short(text.cut[0])}”",
        ),
    )


def text_added(ground: str, text: Alignment) -> Finding:
    """Sentences were added."""
    new = text.new or text.added
    count = len(new)
    return Finding(
        ground,
        Said(
            f"Thêm {count} câu không có trong bài gốc, như: “{_short(new[0])}”",
            f"{count} {'sentence' if count == 1 else 'sentences'} that the original does not have, such as “{_short(new[0])}”",
        ),
    )


def images_missing(ground: str, missing: list[str]) -> Finding:
    """Pictures were left out."""
    count = len(missing)
    return Finding(
        ground,
        Said(
            f"Bỏ {count} hình ảnh của bài gốc, như: {_short(missing[0])}",
            f"{count} {'picture' if count == 1 else 'pictures'} left out, such as {_short(missing[0])}",
        ),
    )


def source_lacking(ground: str, lacking: list[str]) -> Finding:
    """The source is not told as it should be."""
    names = [_LACKING[name] for name in lacking]
    return Finding(
        ground,
        Said(
            f"Không ghi {', '.join(name.vi for name in names)}", f"Does not give {', '.join(name.en for name in names)}"
        ),
    )


def too_early(ground: str, after: int, least: int) -> Finding:
    """The copy came too soon, or even before the original."""
    if after < 0:
        return Finding(
            ground, Said(f"Đăng trước bài gốc {-after} phút", f"Published {-after} minutes before the original")
        )
    return Finding(
        ground,
        Said(
            f"Đăng lại sau bài gốc {after} phút, sớm hơn {least} phút",
            f"Repeated {after} minutes after the original, sooner than {least} minutes",
        ),
    )


def _short(text: str | None) -> str:
    text = text or ""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
