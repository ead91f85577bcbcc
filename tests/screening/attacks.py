"""How evaders write: each attack turns words into a form that a reader still reads."""

import random
import unicodedata

_TWINS = {
    "a": "аɑａ𝐚ᴀ", "b": "ЬВ𝐛ʙ", "c": "сϲｃᴄ", "d": "ԁｄᴅ", "e": "еҽｅᴇ", "g": "ɡｇɢ", "h": "һｈʜ",
    "i": "іｉıɪ", "k": "κкｋᴋ", "l": "ⅼｌʟ", "m": "ｍмᴍ", "n": "ոｎɴ", "o": "оοｏᴏ", "p": "рρｐᴘ",
    "s": "ѕｓꜱ", "t": "тｔᴛ", "u": "υｕᴜ", "v": "νｖᴠ", "x": "хｘ", "y": "уｙʏ", "q": "ԛｑ",
    "r": "ｒʀ",
}  # fmt: skip
_DIGITS = {"o": "0", "i": "1", "l": "1", "e": "3", "a": "4", "s": "5", "t": "7", "b": "8", "g": "9"}
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u2066\u180e\u034f"


def bare(words: str) -> str:
    """Without tone and vowel marks."""
    plain = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def look_alike(words: str, chance: random.Random) -> str:
    return "".join(chance.choice(_TWINS[c]) if c in _TWINS else c for c in bare(words.lower()))


def digits(words: str, chance: random.Random) -> str:
    """A digit for every letter that has one, but one letter in each syllable."""
    turned = []
    for syllable in bare(words.lower()).split(" "):
        kept = chance.randrange(len(syllable))
        turned.append("".join(c if i == kept else _DIGITS.get(c, c) for i, c in enumerate(syllable)))
    return " ".join(turned)


def invisible(words: str, chance: random.Random) -> str:
    return "".join(c + chance.choice(_INVISIBLE) for c in words[:-1]) + words[-1]


def spread(words: str, chance: random.Random) -> str:
    return chance.choice([" ", ".", "-", "_", "*", " . ", "~"]).join(words.replace(" ", ""))


def drawn_out(words: str, chance: random.Random) -> str:
    return "".join(c * chance.randint(1, 5) if c.isalpha() else c for c in words)


def struck(words: str, chance: random.Random) -> str:
    return "".join(c + chance.choice("\u0336\u0335\u0332\u0338\u20e0") for c in words)


FORMS = {
    "unchanged": ("exact", lambda words, chance: words),
    "upper case": ("fold", lambda words, chance: words.upper()),
    "no marks": ("fold", lambda words, chance: bare(words)),
    "decomposed": ("exact", lambda words, chance: unicodedata.normalize("NFD", words)),
    "full width": (
        "fold",
        lambda words, chance: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in words),
    ),
    "look-alike letters": ("evasive", look_alike),
    "digits": ("evasive", digits),
    "invisible": ("evasive", invisible),
    "spread": ("evasive", spread),
    "drawn out": ("evasive", drawn_out),
    "struck through": ("evasive", struck),
    "joined": ("evasive", lambda words, chance: words.replace(" ", "")),
}
