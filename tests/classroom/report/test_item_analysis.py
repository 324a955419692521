"""The statistics of a report: worked by hand, computed a second time with numpy, and held to what must always be so."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orbitquiz.classroom.report import item_analysis
from orbitquiz.classroom.report.item_analysis import Figure
from orbitquiz.quiz.quality.picks import wilson

R, W, X = True, False, None  # right, wrong, not there

#: Five players, four questions: 4, 3, 2, 1 and 0 right.
LADDER: list[item_analysis.Row] = [
    [R, R, R, R],
    [R, R, R, W],
    [R, R, W, W],
    [R, W, W, W],
    [W, W, W, W],
]

tables = st.integers(1, 6).flatmap(
    lambda questions: st.lists(st.lists(st.booleans(), min_size=questions, max_size=questions), max_size=12)
)
#: The same with players who did not play everything.
gappy = st.integers(1, 6).flatmap(
    lambda questions: st.lists(
        st.lists(st.sampled_from([True, False, None]), min_size=questions, max_size=questions), max_size=12
    )
)


def close(value: float | None, expected: float, digits: int = 6) -> bool:
    """True if a value is the expected one, to so many digits after the point."""
    return value is not None and math.isclose(value, expected, abs_tol=0.5 * 10**-digits)


# Facility


def test_facility_is_the_share_of_right_answers() -> None:
    assert item_analysis.facility(3, 4) == Figure(0.75, 4)


def test_facility_needs_a_response() -> None:
    assert item_analysis.facility(0, 0) == Figure(None, 0, "nobody played it")
    assert wilson(0, 0) is None


@pytest.mark.parametrize(
    ("right", "responses", "low", "high"),
    [
        # z² = 3.8415. For 5 of 10: middle 0.5, reach 1.96/1.38415 · √(0.025 + 0.0096036) = 0.2634.
        (5, 10, 0.2366, 0.7634),
        # For 1 of 1: the lower end is 1/(1 + z²) = 1/4.8415.
        (1, 1, 0.2065, 1.0),
        # For none of 10: the upper end is z²/(10 + z²) = 3.8415/13.8415.
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        # Newcombe (1998), Statistics in Medicine 17, 857–872, table I, the score method: 81 of 263, 15 of 148.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
    ],
)
def test_wilson(right: int, responses: int, low: float, high: float) -> None:
    interval = wilson(right, responses)
    assert interval is not None
    assert close(interval[0], low, 4)
    assert close(interval[1], high, 4)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_facility_lies_in_its_interval(counts: tuple[int, int]) -> None:
    right, responses = counts
    interval = wilson(right, responses)
    assert interval is not None
    low, high = interval
    assert 0 <= low <= right / responses <= high <= 1
    assert low < high


@given(st.integers(1, 1000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_just_the_shares_that_a_score_test_does_not_refuse(counts: tuple[int, int]) -> None:
    right, responses = counts
    for end in wilson(right, responses) or ():
        distance = abs(right / responses - end)
        assert math.isclose(distance, 1.959963984540054 * math.sqrt(end * (1 - end) / responses), abs_tol=1e-9)


@given(st.integers(1, 1000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_right_and_wrong_mirror_each_other(counts: tuple[int, int]) -> None:
    right, responses = counts
    low, high = wilson(right, responses) or (0, 0)
    mirrored = wilson(responses - right, responses) or (0, 0)
    assert close(mirrored[0], 1 - high)
    assert close(mirrored[1], 1 - low)


# Discrimination


def test_discrimination_by_hand() -> None:
    # The second question: x = 1 1 1 0 0, the rest 3 2 1 1 0.
    # 5·Σxr − Σx·Σr = 5·6 − 3·7 = 9; 5·Σx² − (Σx)² = 6; 5·Σr² − (Σr)² = 75 − 49 = 26. 100 · 9/√156 = 72.0577.
    figure = item_analysis.discrimination(LADDER, 1)
    assert close(figure.value, 72.0577, 4)
    assert (figure.responses, figure.why) == (5, None)


def test_a_question_that_only_the_weak_get_right_discriminates_below_zero() -> None:
    table = [[W, R, R], [W, R, R], [R, W, W], [R, W, W]]
    assert item_analysis.discrimination(table, 0).value == -100
    assert close(item_analysis.discrimination([[R, W], [R, R], [W, W], [W, R]], 0).value, 0)


def test_the_question_is_not_in_the_rest() -> None:
    # With the question in the total, 1 0 against 1 0 would give 100.
    assert item_analysis.discrimination([[R, W], [W, W]], 0).value is None


def test_who_came_late_counts_with_the_share_of_what_they_played() -> None:
    # The rests: 2/2, 0/2 and 1/1. x = 1 0 1: 3·(1 + 1) − 2·2 = 2; 3·2 − 4 = 2; 3·2 − 4 = 2. 100 · 2/√4.
    table: list[item_analysis.Row] = [[R, R, R], [W, W, W], [X, R, R]]
    assert item_analysis.discrimination(table, 2) == Figure(100, 3)
    # Whose rest is nothing, and who did not play the question, are left out.
    assert item_analysis.discrimination([*table, [X, X, R]], 2) == Figure(100, 3)
    assert item_analysis.discrimination(table, 0) == Figure(100, 2)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([], Figure(None, 0, "nobody played it")),
        ([[X, R]], Figure(None, 0, "nobody played it")),
        ([[R], [W]], Figure(None, 0, "there is no other question")),
        ([[R, X], [W, X]], Figure(None, 0, "there is no other question")),
        ([[R, W]], Figure(None, 1, "only one player")),
        ([[R, W], [R, R]], Figure(None, 2, "everybody was right")),
        ([[W, W], [W, R]], Figure(None, 2, "nobody was right")),
        ([[W, R], [R, R]], Figure(None, 2, "everybody did equally well in the rest")),
    ],
)
def test_discrimination_that_is_not_defined(table: item_analysis.Table, expected: Figure) -> None:
    assert item_analysis.discrimination(table, 0) == expected


def test_equal_shares_of_unlike_numbers_are_equal() -> None:
    # A third three times: of 3, of 6 and of 9 others; in floating point they might differ by a hair.
    table = [[bool(n % 2), *[R] * n, *[W] * 2 * n, *[X] * (9 - 3 * n)] for n in (1, 2, 3)]
    assert item_analysis.discrimination(table, 0).why == "everybody did equally well in the rest"


@given(gappy)
def test_discrimination_keeps_within_its_range(table: item_analysis.Table) -> None:
    for question in range(len(table[0]) if table else 0):
        figure = item_analysis.discrimination(table, question)
        assert (figure.value is None) == bool(figure.why)
        assert figure.value is None or -100 <= figure.value <= 100


@given(tables)
def test_discrimination_is_what_numpy_finds(table: list[list[bool]]) -> None:
    scores = np.array(table, dtype=float)
    for question in range(scores.shape[1] if table else 0):
        x = scores[:, question]
        rest = scores.sum(axis=1) - x
        value = item_analysis.discrimination(table, question).value
        if len(table) < 2 or scores.shape[1] < 2 or not np.ptp(x) or not np.ptp(rest):
            assert value is None
        else:
            assert close(value, 100 * np.corrcoef(x, rest)[0, 1])


@given(gappy)
def test_discrimination_of_incomplete_rows_is_what_numpy_finds(table: item_analysis.Table) -> None:
    assume(table)
    scores = np.array([[np.nan if cell is None else float(cell) for cell in row] for row in table])
    for question in range(scores.shape[1]):
        others = np.delete(scores, question, axis=1)
        rows = ~np.isnan(scores[:, question]) & (~np.isnan(others)).any(axis=1)
        x, rest = scores[rows, question], others[rows]
        figure = item_analysis.discrimination(table, question)
        assert figure.responses == len(x)
        if figure.value is not None:
            assert close(figure.value, 100 * np.corrcoef(x, np.nanmean(rest, axis=1))[0, 1])


# The whole


def test_the_whole_by_hand() -> None:
    # Totals 4 3 2 1 0: mean 2, Σ(t − 2)² = 10, √(10/4) = 1.5811.
    assert item_analysis.mean(LADDER) == Figure(2, 5)
    assert close(item_analysis.deviation(LADDER).value, 1.5811, 4)
    # Variances of the questions 0.2 + 0.3 + 0.3 + 0.2 = 1, of the totals 2.5: 4/3 · (1 − 1/2.5).
    assert close(item_analysis.alpha(LADDER).value, 0.8)


def test_alpha_is_one_where_all_questions_say_the_same() -> None:
    assert item_analysis.alpha([[R, R, R], [W, W, W]]) == Figure(1, 2)


def test_alpha_is_below_zero_where_questions_contradict_one_another() -> None:
    # Variances 1/3, 1/3 and 1/3; totals 1 1 2, variance 1/3: 3/2 · (1 − 3).
    assert close(item_analysis.alpha([[R, W, W], [W, W, R], [W, R, R]]).value, 1.5 * (1 - 1 / (1 / 3)))


def test_alpha_is_that_of_kuder_and_richardson() -> None:
    # KR-20: k/(k − 1) · (1 − Σpq/σ²), with the variance of the population.
    p = [0.8, 0.6, 0.4, 0.2]
    assert close(item_analysis.alpha(LADDER).value, 4 / 3 * (1 - sum(share * (1 - share) for share in p) / 2))


def test_who_did_not_play_everything_is_not_in_the_whole() -> None:
    table: list[item_analysis.Row] = [*LADDER, [X, R, R, R], [R, R, R, X]]
    for figure in (item_analysis.mean, item_analysis.deviation, item_analysis.alpha):
        assert figure(table) == figure(LADDER)


@pytest.mark.parametrize(
    ("table", "mean", "deviation", "alpha"),
    [
        ([], "nobody has played yet", "nobody has played yet", "nobody has played yet"),
        ([[], []], "nobody has played yet", "nobody has played yet", "nobody has played yet"),
        ([[X, R]], "nobody played every question", "nobody played every question", "nobody played every question"),
        ([[R, W]], None, "only one player", "only one player"),
        ([[R], [W]], None, None, "only one question"),
        ([[R, W], [W, R]], None, None, "everybody has the same number right"),
        ([[R, R], [R, R]], None, None, "everybody has the same number right"),
    ],
)
def test_a_whole_that_is_not_defined(
    table: item_analysis.Table, mean: str | None, deviation: str | None, alpha: str | None
) -> None:
    figures = (item_analysis.mean(table), item_analysis.deviation(table), item_analysis.alpha(table))
    assert tuple(figure.why for figure in figures) == (mean, deviation, alpha)
    assert all((figure.value is None) == bool(figure.why) for figure in figures)


@given(tables)
def test_the_whole_is_what_numpy_finds(table: list[list[bool]]) -> None:
    assume(len(table) > 1)
    scores = np.array(table, dtype=float)
    totals = scores.sum(axis=1)
    assert close(item_analysis.mean(table).value, float(totals.mean()))
    assert close(item_analysis.deviation(table).value, float(totals.std(ddof=1)))
    k = scores.shape[1]
    alpha = item_analysis.alpha(table).value
    if k < 2 or not np.ptp(totals):
        assert alpha is None
    else:
        # From the matrix of covariances, as a check on the way with the variances of the totals.
        covariances = np.cov(scores, rowvar=False)
        assert close(alpha, k / (k - 1) * (1 - np.trace(covariances) / covariances.sum()))


@given(gappy)
def test_alpha_is_at_most_one(table: item_analysis.Table) -> None:
    value = item_analysis.alpha(table).value
    assert value is None or value <= 1


@given(tables)
def test_the_order_of_players_does_not_matter(table: list[list[bool]]) -> None:
    for figure in (item_analysis.mean, item_analysis.deviation, item_analysis.alpha):
        assert figure(table) == figure(table[::-1])


# Responses, median


@pytest.mark.parametrize(("responses", "indicative"), [(0, True), (29, True), (30, False), (500, False)])
def test_fewer_than_thirty_responses_are_indicative(responses: int, indicative: bool) -> None:
    assert Figure(0.5, responses).is_indicative is indicative
