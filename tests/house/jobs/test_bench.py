"""The benchmark's arithmetic: rates, percentiles, processor time and noise."""

from dataclasses import replace
from itertools import islice

import pytest

from bench.browser import PART, Answer, Unexpected
from bench.figures import Figures, Round, figures_of, percentile, share_of
from bench.load import coming_to
from bench.report import Budget, Line, kept_to
from bench.visits import MEGABYTE, edit, scan
from juxian.actions.cleansing.whole import cleansed


def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed():
    hundred = [number / 100 for number in range(100, 0, -1)]

    assert percentile(hundred, 50) == 0.5
    assert percentile(hundred, 95) == 0.95
    assert percentile(hundred, 100) == 1.0
    assert percentile([3.0], 95) == 3.0
    assert percentile([1.0, 2.0], 50) == 1.0


def test_no_values_have_no_percentile():
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_a_round_counts_its_visits_by_the_second_and_its_processor_time_by_the_visit():
    one = Round(durations=(0.1, 0.3, 0.2, 0.4), seconds=2.0, processor=0.06)

    assert one.rate == 2.0
    assert one.cost == pytest.approx(15.0)
    assert Round((0.1,), 1.0).cost is None
    assert Round((), 1.0, 0.5).cost is None


def test_figures_take_the_median_round_and_the_latencies_of_all_rounds():
    rounds = [
        Round((0.010, 0.020), 0.5, 0.040, others=0.1),
        Round((0.030, 0.040, 0.050, 0.060), 0.5, 0.040, others=0.5),
        Round((0.070, 0.080, 0.090), 0.5, 0.090, others=0.3),
    ]

    assert figures_of(rounds) == Figures(
        count=9,
        rate=6.0,
        rate_lowest=4.0,
        rate_highest=8.0,
        median_ms=50.0,
        p95_ms=90.0,
        processor_ms=20.0,
        others=0.3,
    )


def test_noise_is_how_far_the_rounds_lie_apart():
    rounds = [Round((0.1,) * visits, 1.0) for visits in (90, 100, 110)]

    assert figures_of(rounds).noise == pytest.approx(0.2)


def test_processor_time_bounds_the_rate_and_an_unknown_one_does_not():
    known, unknown = figures_of([Round((0.1,), 1.0, 0.01)]), figures_of([Round((0.1,), 1.0)])

    assert known.possible is not None
    assert known.possible % 100 == pytest.approx(0)  # a hundred a second for each core
    assert unknown.possible is None


def test_a_share_of_a_limit_counts_how_often_a_visit_needs_it():
    assert share_of(50, 1000) == 0.05
    assert share_of(50, 1000, times=2) == 0.1


def test_a_page_gives_its_token_and_its_version():
    body = b'<input name="csrfmiddlewaretoken" value="abc"><input name="version" value="7">'

    assert (Answer(200, {}, body).token, Answer(200, {}, body).version) == ("abc", "7")
    with pytest.raises(Unexpected, match="no form"):
        assert Answer(200, {}, b"").token


def test_a_scan_is_a_pdf_of_one_page_and_one_megabyte_and_no_two_are_alike():
    first, second = scan(), scan()

    made = cleansed(first)
    assert (made.media_type, made.pages) == ("application/pdf", 1)
    assert MEGABYTE < len(first) < MEGABYTE + 1000
    assert first != second


def test_a_part_of_a_form_ends_its_header_before_its_value():
    assert (PART % ('"go"', "", "next")).endswith('name="go"\r\n\r\nnext\r\n')


def test_a_figure_is_held_against_what_is_asked_of_it():
    line = Line("autosave", "自动保存", figures_of([Round((0.05, 0.05), 0.5, 0.090)]))

    assert kept_to([line]) == [Budget("autosave", "自动保存", "processor_ms", 40, 45.0)]
    assert not kept_to([line])[0].is_kept
    assert kept_to([replace(line, code="inbox")]) == []


class Pages:
    """Answers as the site does, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def enter(self, session):
        self.session = session

    def get(self, path):
        self.asked.append(("open", path))
        return Answer(200, {}, b'name="csrfmiddlewaretoken" value="t" name="version" value="4"')

    def post(self, path, fields, token, *, expects):
        self.asked.append((dict(fields)["go"], dict(fields)["version"], token, expects))
        return Answer(200, {}, b'{"version": %d}' % (int(dict(fields)["version"]) + 1))


def test_an_editor_opens_a_section_and_saves_it_three_times_under_the_version_it_has():
    pages, target = Pages(), {"session": "s", "path": "/p/", "fields": []}

    steps = [edit(pages, target) for _step in range(5)]

    assert steps == ["open", "autosave", "autosave", "autosave", "open"]
    assert pages.asked == [
        ("open", "/p/"),
        ("auto", "4", "t", 200),
        ("auto", "5", "t", 200),
        ("auto", "6", "t", 200),
        ("open", "/p/"),
    ]


def test_an_editor_stays_at_a_section_for_all_its_steps_and_a_submission_is_made_once():
    one, other = {"path": "1"}, {"path": "2"}

    edited = list(islice(coming_to("edit", [one, other]), 9))

    assert [target["path"] for target in edited] == [*"11112222", "1"]
    assert edited[0] is edited[3] is edited[8] is one
    assert list(coming_to("submit", [one, other])) == [one, other]
    assert [t["path"] for t in islice(coming_to("read", [one, other]), 3)] == [*"121"]
