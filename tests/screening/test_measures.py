"""What the design promises in figures: recall for each form of attack, and few hits in ordinary text by accident."""

import csv
import gzip
import random
from pathlib import Path

import pytest
from benchmarks.screening_corpus import Corpus

from anlanh.screening.choice import finder_for
from anlanh.screening.lists import Lists
from anlanh.screening.phrases import LEVELS, Phrase
from tests.screening.attacks import FORMS

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
ORDINARY = {"vihsd/train.csv.gz": ("free_text", "label_id", "0"), "vispam/train.csv.gz": ("Comment", "Label", "0")}

# Digits are read as letters only beside as many real ones, so that a number is no word; the rest must always be found.
LEAST = {"digits": 0.98}


def lists_of(phrases: list[str], level: str) -> Lists:
    made = [Phrase(str(number), phrase, level) for number, phrase in enumerate(phrases)]
    return Lists(phrases=made)


@pytest.fixture(scope="module")
def phrases() -> list[str]:
    corpus = Corpus(seed=11)
    return [" ".join(corpus.words(2 + number % 3)) for number in range(400)]


@pytest.mark.parametrize("form", FORMS)
def test_recall_of_planted_phrases(form, phrases):
    level, attack = FORMS[form]
    chance, corpus = random.Random(4), Corpus(seed=12)
    finder = finder_for(lists_of(phrases, level))
    posts = []
    for phrase in phrases:
        before, after = " ".join(corpus.words(8)), " ".join(corpus.words(8))
        posts.append((f"{before}, {attack(phrase, chance)}. {after}", len(before) + 2))
    hits = finder.find([text for text, _ in posts])
    found = sum(
        any(hit.entry == str(number) and hit.start == start for hit in hits[number])
        for number, (_, start) in enumerate(posts)
    )
    assert found >= LEAST.get(form, 1.0) * len(phrases)


@pytest.mark.parametrize("level", LEVELS)
def test_accidental_hits_in_ordinary_comments(level, phrases, record_property):
    missing = [name for name in ORDINARY if not (DATA / name).exists()]
    if missing:
        pytest.skip(f"ordinary comments are not beside this checkout: {', '.join(missing)}")
    posts = []
    for name, (text, label, ordinary) in ORDINARY.items():
        with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as stream:
            posts.extend(row[text] for row in csv.DictReader(stream) if row[label] == ordinary)
    finder = finder_for(lists_of(phrases, level))
    hits = sum(bool(found) for found in finder.find(posts))
    record_property("accidental hits", f"{hits} of {len(posts)}")
    assert hits <= 0.0003 * len(posts)
