"""Puts together words that a scan or a badly made PDF tore apart: "Ngh ị đ ị nh s ố", "tr ư ớc ngày".

Works only on texts that are full of such pieces: a piece is a run of letters that can't be a Vietnamese syllable, or one
that could be by its sound and is no word (vowel-initial, such as "ện"). Two neighbours are joined when together they
make a syllable.
"""

import re
import unicodedata

from anlanh.papers.reading.mapped import Mapped
from anlanh.papers.reading.words import entries

_ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ă|ăc|ăm|ăn|ăng|ăp|ăt|â|âc|âm|ân|âng|âp|ât|âu|ây|"
    "e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|ênh|êp|êt|êu|"
    "i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|"
    "o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|oong|op|"
    "ot|"
    "ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|"
    "u|ua|uac|uach|uai|uan|uang|uanh|uat|uâ|uân|uâng|uât|uây|uc|uê|uêch|uên|uênh|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|"
    "uôt|uơ|up|ut|uy|uya|uyên|uyêt|uych|uynh|uyt|uyu|uê|uăng|"
    "ư|ưa|ưc|ưi|ưng|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu|y|yêm|yên|yêng|yêt|yêu|ych|ynh|yt"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{_RIMES})")
_BARE_WORDS = frozenset(entries("bare_syllables"))
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_AROUND_LETTER = re.compile(r"(?:đi ?ểm|khoản|mục|phụ lục|nhóm|hạng|loại|bảng)(?: \w ?(?:,|và))*\s*$", re.IGNORECASE)
_GAP = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")
_SHARE = 0.015  # of all words: fewer pieces than this are abbreviations and slips


def is_syllable(word: str) -> bool:
    """Whether a run of letters can be sounded as one Vietnamese syllable; tones and case do not matter."""
    toneless = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_MARKS))
    return bool(_SYLLABLE.fullmatch(toneless))


def mend_split_words(text: Mapped) -> Mapped:
    """Removes the spaces inside torn words, or gives back the very same text where there are next to none."""
    words = _WORD.findall(text.text)
    pieces = sum(1 for word in words if _is_piece(word))
    if not words or pieces < 4 or pieces < _SHARE * len(words):
        return text
    drop = _spaces_to_drop(text.text)
    return text.sub(_GAP, lambda match: "" if match.start() in drop else " ") if drop else text


def _is_piece(word: str) -> bool:
    if (word.isupper() and len(word) > 1) or len(word) > 7:
        return False  # abbreviations and foreign words
    lower = word.lower()
    if not is_syllable(lower):
        return len(lower) <= 3 or any(ord(letter) > 127 for letter in lower)
    onset_less = not re.match(rf"(?:{_ONSETS})", unicodedata.normalize("NFC", lower))
    return onset_less and unicodedata.normalize("NFC", lower) not in _BARE_WORDS


def _spaces_to_drop(text: str) -> set[int]:
    """Goes from left to right and joins a piece to what came before, else to what comes after."""
    drop: set[int] = set()
    previous = ""
    previous_end = -1
    previous_piece = False
    for match in _WORD.finditer(text):
        word = match[0]
        adjacent = previous_end >= 0 and text[previous_end : match.start()] == " "
        piece = _is_piece(word) and not _is_letter_of_a_point(text, match)
        if adjacent and (piece or previous_piece) and _join_well(previous, word):
            drop.add(previous_end)
            word = previous + word
            piece = _is_piece(word)
        previous, previous_end, previous_piece = word, match.end(), piece
    return drop


def _join_well(left: str, right: str) -> bool:
    whole = left + right
    if len(whole) > 7 or (right[:1].isupper() and not left.isupper()):
        return False
    if is_syllable(whole):
        return True
    # An onset that waits for the rest of its syllable: "ngh" + "i" + "ệp" is put together in two steps.
    return not is_syllable(left) and whole.lower() in _ONSETS.split("|")


def _is_letter_of_a_point(text: str, match: re.Match[str]) -> bool:
    if len(match[0]) > 1:
        return False
    return text[match.end() : match.end() + 1] in (")", ".", ",") or bool(
        _AROUND_LETTER.search(text[max(0, match.start() - 24) : match.start()])
    )
