"""Models: trained from labelled texts, the same each time, careful with lawful writing, and never more than a flag."""

import contextlib
import gzip
import io
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.primitives.errors import BadInput
from anlanh.screening.grounds import GroundFacts
from anlanh.screening.models.features import features_of
from anlanh.screening.models.files import read_model
from anlanh.screening.models.measuring import bins_of, fit_calibration, measures, threshold_for
from anlanh.screening.models.scoring import probability
from anlanh.server.cli import main
from anlanh.work.casework.screening_lists.grounds import pack_ground
from tests.effort import examples

FRAUD = "116/2025/QH15/7.2.đ"
SPAM = ("vay tiền nhanh", "giải ngân trong ngày", "lãi suất thấp", "liên hệ ngay", "duyệt hồ sơ online")
HAM = ("hôm nay đi học", "mẹ nấu cơm ngon", "trời mưa to quá", "xem phim với bạn", "cả nhà khỏe không")


def csv_of(count=300, seed=1):
    chosen = random.Random(seed)
    lines = ["text,label"]
    for number in range(count):
        words = SPAM if number % 2 else HAM
        lines.append(f'"{chosen.choice(words)}, {chosen.choice(words)} {number}",{number % 2}')
    return "\n".join(lines)


@pytest.fixture
def train(tmp_path, capsys):
    (tmp_path / "data.csv").write_text(csv_of(), encoding="utf-8")

    def train(*options, status=0, out="model.vay", data="data.csv", ground=FRAUD):
        words = ["screen", "train", str(tmp_path / data), "--out", str(tmp_path / out), "--ground", ground, "--json"]
        assert main([*words, "--bits", "12", "--epochs", "3", *map(str, options)]) == status
        told = capsys.readouterr()
        return told.err if status else json.loads(told.out)

    train.place = tmp_path
    return train


@pytest.fixture
def screened(train, monkeypatch):
    def screened(*posts):
        lines = "\n".join(json.dumps({"id": str(n), "text": text}) for n, text in enumerate(posts))
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        monkeypatch.setattr("sys.stdout", out := io.TextIOWrapper(io.BytesIO()))
        assert main(["screen", "--lists", str(train.place)]) == 0
        return [json.loads(line) for line in out.buffer.getvalue().splitlines()]

    return screened


def test_a_card_and_a_flag(train, screened):
    card = train()
    assert card["data"]["counts"] == {"0": 150, "1": 150}
    assert card["data"]["learning"] + card["data"]["calibrating"] + card["data"]["testing"] == 300
    assert len(card["data"]["digest"]) == 64
    told = card["scores"]["1"]
    assert told["precision"] >= 0.9
    assert told["recall"] >= 0.9
    assert card["macro_f1"] >= 0.9
    assert 0 < told["threshold"] <= 1
    flagged, passed = screened("Vay tiền nhanh, GIẢI NGÂN trong ngày nhé", "trời mưa to quá, đi học thôi")
    assert flagged["verdict"] == "review"
    assert [(hit["kind"], hit["entry"], hit["start"], hit["end"]) for hit in flagged["hits"]] == [
        ("model", "vay:1", 0, 40)
    ]
    assert told["threshold"] - 1e-4 <= flagged["hits"][0]["score"] <= 1
    assert passed == {"id": "1", "hits": [], "rules": [], "verdict": "pass"}


def test_a_model_never_holds(train, screened):
    train()
    place = train.place / "rules.yaml"
    place.write_text("rules:\n  - {id: sure, when: score(models) > 0.1}\n")
    (verdict,) = screened("vay tiền nhanh, liên hệ ngay")
    assert (verdict["verdict"], verdict["rules"]) == ("review", ["sure"])
    place.write_text("rules:\n  - {id: sure, when: score(models) > 0.1, then: hold, ground: 116/2025/QH15/7.2.đ}\n")
    assert main(["screen", "--lists", str(train.place)]) == 2
    place.write_text(
        "rules:\n  - {id: sure, when: score(models) > 0.1 or any(domains), then: hold, ground: 116/2025/QH15/7.2.đ}\n"
    )
    assert main(["screen", "--lists", str(train.place)]) == 2


def test_the_same_data_give_the_same_model(train):
    train()
    train(out="model.again")
    assert (train.place / "model.vay").read_bytes() == (train.place / "model.again").read_bytes()
    (train.place / "packed.csv").write_bytes(gzip.compress(csv_of().encode()))
    packed = train(out="model.packed", data="packed.csv")
    assert packed["scores"] == train()["scores"]


def test_lawful_writing_raises_the_threshold(train, capsys):
    """A model taught that news is fraud must still not flag the sample of lawful writing."""
    words = (
        "công an cảnh báo thủ đoạn lừa đảo giả danh",
        "chuyển khoản để nhận quà tặng",
        "cá độ bóng đá bị triệt phá",
    )
    rows = [f'"{words[n % 3]} {n}",1' if n % 2 else f'"trời đẹp {n}",0' for n in range(300)]
    (train.place / "data.csv").write_text("\n".join(["text,label", *rows]), encoding="utf-8")
    assert train()["scores"]["1"]["raised_for_lawful"] == "news"
    assert main(["screen", "--lists", str(train.place), "--check"]) == 0


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"ground": "72/2013/NĐ-CP/5.1.a"}, "must not look for"),
        ({"ground": "72/2013/NĐ-CP/99"}, "not a ground"),
        ({"ground": ""}, "names no ground"),
        ({"out": "spam.bin"}, "not a model's name"),
        ({"data": "none.csv"}, "No such file"),
        ({"options": ["--bits", 40]}, "--bits"),
        ({"options": ["--precision", 2]}, "--precision"),
        ({"options": ["--text", "nội dung"]}, "data.csv:1: there is no column 'nội dung'"),
        ({"options": ["--pass", "sạch"]}, "no text has the label 'sạch'"),
        ({"options": ["--label", "text"]}, "no text has the label '0'"),
    ],
)
def test_what_is_refused(train, options, what):
    error = train(*options.pop("options", ()), status=2, **options)
    assert what in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("text,label\n" + "a,0\n" * 60 + "b,1\n" * 10, "the label '1' has 10 texts"),
        ("text,label\n" + "a,0\n" * 60, "all texts have one label"),
        (b"text,label\na,0\n\xff,1\n", "data.csv:3: the line is not UTF-8"),
        (b"\x1f\x8bbroken", "can't be unpacked"),
        ("", "there is no column 'text'"),
    ],
)
def test_data_that_can_not_teach(train, content, what):
    (train.place / "data.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    assert what in train(status=2)


def test_changed_and_cut_off_files(train):
    train()
    whole = (train.place / "model.vay").read_bytes()
    line = whole.index(b"\n")
    for content, what in (
        (b"", "not a model"),
        (b"{}\n", "not a model"),
        (b"[" * 100_000, "not a model"),
        (whole[:-1], "cut off"),
        (whole + b"\0", "too long"),
        (whole[:-1] + bytes([whole[-1] ^ 1]), "changed since"),
        (whole.replace(FRAUD.encode(), "72/2013/NĐ-CP/5.1.a".encode()), "must not look for"),
        (whole.replace(b'"bits": 12', b'"bits": 60'), "not a model"),
        (whole[:line].replace(b'"threshold": 0.', b'"threshold": NaN, "x": 0.') + whole[line:], "not a model"),
    ):
        (train.place / "model.vay").write_bytes(content)
        with pytest.raises(BadInput, match=what):
            read_model(train.place / "model.vay", pack_ground)


@settings(deadline=None, max_examples=examples(30))
@given(st.binary(max_size=300))
def test_any_bytes_are_a_model_or_an_error(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "model.any"
    path.write_bytes(content)
    with contextlib.suppress(BadInput):
        read_model(path, lambda ref: GroundFacts(str(ref), "fraud", True))


@settings(deadline=None, max_examples=examples(30))
@given(st.text(max_size=200), st.integers(10, 22))
def test_features(text, bits):
    features = features_of(text, bits)
    assert features == sorted(set(features))
    assert all(0 <= feature < 1 << bits for feature in features)


def test_long_texts_cost_no_more():
    assert len(features_of("lừa đảo " * 5_000_000, 18)) < 200


@settings(deadline=None, max_examples=examples(30))
@given(st.lists(st.tuples(st.floats(-20, 20), st.booleans()), min_size=2, max_size=60))
def test_calibration_gives_probabilities_in_order_of_the_sums(margins):
    slope, shift = fit_calibration(margins)
    assert all(0 <= probability(slope * value + shift) <= 1 for value, _ in margins)


def test_measures():
    scored = [(0.9, True)] * 20 + [(0.8, False)] * 2 + [(0.7, True)] * 5 + [(0.1, False)] * 30
    assert threshold_for(scored, 0.9) == 0.7
    assert threshold_for(scored, 0.95) == 0.9
    told = measures(scored, 0.9)
    assert (told["texts"], told["flagged"], told["precision"], told["recall"]) == (25, 20, 1.0, 0.8)
    assert measures([(0.2, False)], 0.5)["recall"] is None
    assert bins_of([(0.95, True), (0.05, False)])["gap"] == 0.05
