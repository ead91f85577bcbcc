"""How good scores are, and what they are made to mean: calibration, thresholds, measures."""

import math
from typing import Any

from anlanh.screening.models.scoring import probability

Scored = list[tuple[float, bool]]
_STEPS = 100
_BINS = 10
_FEWEST_FLAGGED = 10  # a threshold must be seen to hold for so many texts


def fit_calibration(margins: Scored) -> tuple[float, float]:
    """Slope and shift that make margins probabilities (Platt 1999), by Newton's method with softened truths."""
    positive = sum(truth for _, truth in margins)
    targets = ((positive + 1) / (positive + 2), 1 / (len(margins) - positive + 2))
    slope, shift = 1.0, math.log((positive + 1) / (len(margins) - positive + 1))
    for _ in range(_STEPS):
        gradient_slope = gradient_shift = mixed = 0.0
        curve_slope = curve_shift = 1e-6
        for value, truth in margins:
            guess = probability(slope * value + shift)
            error, spread = guess - (targets[0] if truth else targets[1]), guess * (1 - guess)
            gradient_slope += error * value
            gradient_shift += error
            curve_slope += spread * value * value
            curve_shift += spread
            mixed += spread * value
        determinant = curve_slope * curve_shift - mixed * mixed
        if determinant <= 0:
            break
        step_slope = (curve_shift * gradient_slope - mixed * gradient_shift) / determinant
        step_shift = (curve_slope * gradient_shift - mixed * gradient_slope) / determinant
        longest = max(1.0, abs(step_slope), abs(step_shift))
        slope, shift = slope - step_slope / longest, shift - step_shift / longest
        if max(abs(step_slope), abs(step_shift)) < 1e-7:
            break
    return slope, shift


def threshold_for(scored: Scored, precision: float) -> float:
    """The lowest score from which at least that share is right; where there is none, the score of the surest tenth."""
    ordered = sorted(scored, reverse=True)
    best, right = None, 0
    for flagged, (score, truth) in enumerate(ordered, start=1):
        right += truth
        last_of_equals = flagged == len(ordered) or ordered[flagged][0] < score
        if last_of_equals and flagged >= _FEWEST_FLAGGED and right >= precision * flagged:
            best = score
    if best is not None:
        return best
    positive = max(1, sum(truth for _, truth in scored))
    return ordered[min(len(ordered), max(1, positive // 10)) - 1][0] if ordered else 1.0


def measures(scored: Scored, threshold: float) -> dict[str, Any]:
    """Precision, recall and F1 at the threshold, and average precision over all of them."""
    flagged = [truth for score, truth in scored if score >= threshold]
    positive = sum(truth for _, truth in scored)
    right = sum(flagged)
    return {
        "texts": positive,
        "flagged": len(flagged),
        "precision": round(right / len(flagged), 4) if flagged else None,
        "recall": round(right / positive, 4) if positive else None,
        "f1": round(2 * right / (len(flagged) + positive), 4) if flagged or positive else None,
        "average_precision": _average_precision(scored, positive),
    }


def _average_precision(scored: Scored, positive: int) -> float | None:
    right, total = 0, 0.0
    for place, (_, truth) in enumerate(sorted(scored, reverse=True), start=1):
        if truth:
            right += 1
            total += right / place
    return round(total / positive, 4) if positive else None


def bins_of(scored: Scored) -> dict[str, Any]:
    """What scores promise beside what is true: ten bins, and the mean gap between the two."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for score, truth in scored:
        bins[min(_BINS - 1, int(score * _BINS))].append((score, truth))
    told, gap = [], 0.0
    for members in filter(None, bins):
        said = sum(score for score, _ in members) / len(members)
        true = sum(truth for _, truth in members) / len(members)
        gap += abs(said - true) * len(members)
        told.append({"said": round(said, 3), "true": round(true, 3), "texts": len(members)})
    return {"bins": told, "gap": round(gap / len(scored), 4) if scored else None}
