"""Posts, phrases and decided texts for the screening benchmarks, made from syllables that Vietnamese spelling allows.

Nothing is downloaded and nothing is anybody's writing. Posts have about 20 syllables and 135 bytes, drawn with the skew
of natural text, and carry what people type: no marks, capitals, drawn-out letters, invisible letters, links.
"""

import random
import unicodedata

ONSETS = [*"b c ch d đ g gh gi h k kh l m n ng nh ph q r s t th tr v x".split(), ""]  # noqa: SIM905
RIMES = (  # noqa: SIM905
    "a ai ao au ay am an ang anh ap at ac ach e eo em en eng ep et ec ê êu êm ên ênh êp êt êch i ia iu im "
    "in inh ip it ich o oi om on ong op ot oc oa oai oay oan oang oat ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn "
    "ơp ơt u ua ui um un ung up ut uc uê uy uya uyên uyêt ư ưa ưi ưu ưng ưt ưc iê iêu iêm iên iêng iêp "
    "iêt iêc uô uôi uôm uôn uông uôt uôc ươ ươi ươm ươn ương ươp ươt ươc ă ăm ăn ăng ăp ăt ăc â âu ây âm "
    "ân âng âp ât âc "
).split()
TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
HOSTS = ("vidu", "trangmua", "khuyenmai", "docbao", "hoidap", "choigame")


def syllables() -> list[str]:
    """Every onset with every rime and tone, the frequent ones first in an order that never changes."""
    made = set()
    for onset in ONSETS:
        for rime in RIMES:
            vowel = next(i for i, c in enumerate(rime) if unicodedata.normalize("NFD", c)[0] in "aeiouy")
            for tone in TONES:
                made.add(unicodedata.normalize("NFC", onset + rime[: vowel + 1] + tone + rime[vowel + 1 :]))
    ordered = sorted(made)
    random.Random(1).shuffle(ordered)
    return ordered


class Corpus:
    """Makes texts; the same seed makes the same.

    Args:
        seed: of the random numbers.
    """

    def __init__(self, seed: int = 7) -> None:
        self._chance = random.Random(seed)
        self._syllables = syllables()[:6000]
        weights = [1 / (rank + 20) for rank in range(len(self._syllables))]
        self._drawn = self._chance.choices(self._syllables, weights, k=1 << 18)

    def words(self, count: int) -> list[str]:
        """That many syllables."""
        return self._chance.choices(self._drawn, k=count)

    def phrases(self, count: int) -> list[str]:
        """Distinct phrases of three to six syllables."""
        made: dict[str, None] = {}
        while len(made) < count:
            made[" ".join(self._chance.choices(self._syllables, k=self._chance.choice((3, 3, 4, 4, 5, 6))))] = None
        return list(made)

    def post(self, planted: str = "") -> str:
        """One post."""
        chance = self._chance
        words = [*self.words(max(3, min(60, int(chance.lognormvariate(2.95, 0.5))))), *([planted] if planted else [])]
        if chance.random() < 0.08:
            words.append(f"https://{chance.choice(HOSTS)}{chance.randrange(1000)}.example/{chance.randrange(10**6)}")
        text = " ".join(words)
        form = chance.random()
        if form < 0.25:
            text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).replace(
                "đ", "d"
            )
        elif form < 0.30:
            text = text.upper()
        elif form < 0.38:
            text = text.replace("o", "ooo", 1)
        elif form < 0.41:
            text = text.replace(" ", "\u200b ", 2)
        elif form < 0.44:
            text = unicodedata.normalize("NFD", text)
        return text[:1].upper() + text[1:] + chance.choice(("", ".", "!", " 😀", " nhé", "..."))

    def posts(self, count: int, phrases: list[str]) -> list[str]:
        """Posts of which a tenth hold one of the phrases."""
        return [self.post(self._chance.choice(phrases) if phrases and i % 10 == 0 else "") for i in range(count)]

    def edited(self, text: str, share: float) -> str:
        """The text with that share of its words replaced."""
        words = text.split()
        for place in self._chance.sample(range(len(words)), max(1, round(len(words) * share))):
            words[place] = self._chance.choice(self._drawn)
        return " ".join(words)
