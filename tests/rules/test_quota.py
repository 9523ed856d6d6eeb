"""Seats: what is left, who goes where, and why one does not fit."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.quota import (
    Bucket,
    Nominee,
    Seats,
    assign,
    over_cap,
    under_minimum,
    why_unplaced,
)

ORDINARY = Bucket("ordinary", "专业技术人才", "A", 3, clause="R33")
HEALTH = Bucket("health", "疫情防治一线卫生人才", "A", 5, soft_min=2, clause="R37")
NONPUBLIC = Bucket("nonpublic", "非公有制单位专业技术人才", "A", 1, clause="R40")
NATIONAL = Bucket("national", "百千万人才工程国家级人选", "A", None, clause="R41")
SKILLED = Bucket("skilled", "高技能人才", "B", 2, clause="R38")
BUCKETS = (NATIONAL, NONPUBLIC, HEALTH, ORDINARY, SKILLED)
CAPACITY = {bucket.code: bucket.cap for bucket in BUCKETS}


def people(*fits: str) -> list[Nominee]:
    """One nominee for each text of bucket codes, ranked as they come."""
    return [
        Nominee(id=100 + rank, rank=rank, fits=frozenset(codes.split()))
        for rank, codes in enumerate(fits, start=1)
    ]


codes = st.sampled_from("abc")
capacities = st.dictionaries(codes, st.none() | st.integers(0, 3), max_size=3)
lists = st.lists(st.frozensets(st.sampled_from("abcd"), max_size=3), max_size=5).map(
    lambda fits: [Nominee(i + 1, i + 1, codes) for i, codes in enumerate(fits)]
)


def is_within(chosen, capacity) -> bool:
    return all(cap is None or chosen.count(code) <= cap for code, cap in capacity.items())


def every_assignment(nominees, capacity):
    """All choices of a bucket or none for each nominee that keep within the caps."""
    options = [[None, *(code for code in capacity if code in n.fits)] for n in nominees]
    return [chosen for chosen in product(*options) if is_within(chosen, capacity)]


def most(nominees, capacity) -> int:
    return max(
        sum(code is not None for code in chosen) for chosen in every_assignment(nominees, capacity)
    )


@given(lists, capacities)
def test_as_many_are_placed_as_can_be(nominees, capacity):
    assert len(assign(nominees, capacity).placed) == most(nominees, capacity)


@given(lists, capacities)
def test_nobody_sits_over_a_cap_or_where_they_do_not_fit(nominees, capacity):
    assignment = assign(nominees, capacity)

    for code, seats in assignment.seats().items():
        assert seats.granted == capacity[code]
        assert seats.over == 0
    for nominee in nominees:
        code = assignment.placed.get(nominee.id)
        assert code is None or (code in nominee.fits and code in capacity)
    assert {*assignment.placed} | {*assignment.unplaced} == {n.id for n in nominees}
    assert len(assignment.placed) + len(assignment.unplaced) == len(nominees)


@given(lists, capacities)
def test_the_first_of_the_list_are_served_as_fully_as_if_they_were_alone(nominees, capacity):
    placed = assign(nominees, capacity).placed

    for length in range(len(nominees) + 1):
        prefix = nominees[:length]
        assert sum(n.id in placed for n in prefix) == most(prefix, capacity)


@given(lists, capacities)
def test_each_in_turn_gets_the_first_bucket_that_leaves_nobody_else_out(nominees, capacity):
    assignment = assign(nominees, capacity)
    preference = [*capacity]

    best = min(
        (
            [preference.index(code) for code in chosen if code is not None]
            for chosen in every_assignment(nominees, capacity)
            if [n.id for n, code in zip(nominees, chosen, strict=True) if code is not None]
            == [n.id for n in nominees if n.id in assignment.placed]
        ),
        default=[],
    )
    chosen = [
        preference.index(assignment.placed[n.id]) for n in nominees if n.id in assignment.placed
    ]
    assert chosen == best


@pytest.mark.clause("R41")
@given(lists, capacities)
def test_a_bucket_without_a_cap_takes_all_who_fit_it(nominees, capacity):
    capacity = {**capacity, "d": None}

    placed = assign(nominees, capacity).placed

    assert all(n.id in placed for n in nominees if "d" in n.fits)


@given(lists, capacities, st.randoms())
def test_the_order_in_which_the_list_is_given_decides_nothing(nominees, capacity, random):
    shuffled = [*nominees]
    random.shuffle(shuffled)

    assert assign(shuffled, capacity) == assign(nominees, capacity)


@given(lists, capacities)
def test_one_who_is_left_out_hears_a_set_of_full_buckets_and_their_holders(nominees, capacity):
    assignment = assign(nominees, capacity)
    buckets = [Bucket(code, code.upper(), "A", cap) for code, cap in capacity.items()]

    for nominee in nominees:
        said = why_unplaced(assignment, nominee.id, buckets)
        if nominee.id in assignment.placed:
            assert said == ""
            continue
        named = {bucket.code for bucket in buckets if f"“{bucket.title}”" in said}
        holders = [n for n in nominees if assignment.placed.get(n.id) in named]
        assert nominee.fits & capacity.keys() <= named
        assert len(holders) == sum(capacity[code] for code in named)
        assert all(n.rank < nominee.rank for n in holders)
        assert all(n.fits & capacity.keys() <= named for n in holders)
        assert all(f"第{n.rank}名" in said for n in holders)


@pytest.mark.clause("R33", "R37", "R40", "R41")
def test_a_prefecture_fills_each_bucket_with_those_who_fit_it():
    nominees = people(
        "ordinary",
        "ordinary nonpublic",
        "ordinary health",
        "ordinary nonpublic",
        "ordinary national",
        "ordinary",
        "ordinary nonpublic",
    )

    assignment = assign(nominees, CAPACITY)

    assert assignment.placed == {
        101: "ordinary",
        102: "nonpublic",
        103: "health",
        104: "ordinary",
        105: "national",
        106: "ordinary",
    }
    assert assignment.unplaced == (107,)
    assert assignment.seats() == {
        "national": Seats(None, 1),
        "nonpublic": Seats(1, 1),
        "health": Seats(5, 1),
        "ordinary": Seats(3, 3),
        "skilled": Seats(2, 0),
    }
    assert why_unplaced(assignment, 101, BUCKETS) == ""
    assert why_unplaced(assignment, 107, BUCKETS) == (
        "第7名可用的指标为“非公有制单位专业技术人才”1个、“专业技术人才”3个，依据R40、R33，"
        "已由排序在前的第1名、第2名、第4名、第6名用满，且他们不能改用其他指标。"
    )


def test_one_who_ranks_later_moves_others_along_but_pushes_nobody_out():
    nominees = people("nonpublic ordinary", "ordinary", "ordinary", "ordinary", "nonpublic")

    assignment = assign(nominees, CAPACITY)

    assert assignment.placed == {
        101: "nonpublic",
        102: "ordinary",
        103: "ordinary",
        104: "ordinary",
    }
    assert assignment.unplaced == (105,)

    three = assign(nominees[:3] + nominees[4:], CAPACITY)

    assert three.placed == {101: "ordinary", 102: "ordinary", 103: "ordinary", 105: "nonpublic"}


def test_the_one_who_ranks_first_keeps_the_preferred_bucket_when_another_can_move():
    nominees = people("a b", "a c", "a")

    assert assign(nominees, {"a": 2, "b": 1, "c": 1}).placed == {101: "a", 102: "c", 103: "a"}


def test_equal_ranks_go_by_id():
    nominees = [Nominee(n, 1, frozenset({"nonpublic"})) for n in (3, 1, 2)]

    assert assign(nominees, CAPACITY).placed == {1: "nonpublic"}


def test_a_nominee_is_on_a_list_once():
    with pytest.raises(ValueError, match="on the list twice"):
        assign([Nominee(1, 1, frozenset()), Nominee(1, 2, frozenset())], CAPACITY)


@pytest.mark.clause("R38")
def test_places_of_the_two_tracks_do_not_stand_in_for_each_other():
    nominees = people("skilled", "skilled", "skilled")

    assignment = assign(nominees, CAPACITY)

    assert assignment.unplaced == (103,)
    assert why_unplaced(assignment, 103, BUCKETS) == (
        "第3名可用的指标为“高技能人才”2个，依据R38，已由排序在前的第1名、第2名用满，且他们不能改用其他指标。"
    )


def test_one_who_fits_nothing_is_told_so():
    assignment = assign(people("elsewhere", "nonpublic"), {"nonpublic": 0})

    assert why_unplaced(assignment, 101, BUCKETS) == (
        "第1名不符合任何指标的条件，或本单位没有相应指标。"
    )
    assert why_unplaced(assignment, 102, BUCKETS) == (
        "第2名只能使用“非公有制单位专业技术人才”0个，依据R40，没有名额可用。"
    )


@pytest.mark.parametrize(
    ("seats", "left", "over"),
    [
        (Seats(3, 0), 3, 0),
        (Seats(3, 3), 0, 0),
        (Seats(3, 5), 0, 2),
        (Seats(0, 0), 0, 0),
        (Seats(None, 99), None, 0),
    ],
)
def test_what_is_left_is_never_below_nothing(seats, left, over):
    assert (seats.left, seats.over) == (left, over)


@pytest.mark.clause("R33", "R34", "R35", "R38", "R39", "R40", "R41")
def test_a_list_over_a_cap_is_told_bucket_by_bucket():
    seats = {
        "ordinary": Seats(4, 5),  # a southern prefecture
        "nonpublic": Seats(1, 1),
        "national": Seats(None, 7),
        "skilled": Seats(2, 4),
    }

    assert over_cap(BUCKETS, seats) == (
        "“专业技术人才”名额4个，已列5名，超出1名，请调整后再上报。",
        "“高技能人才”名额2个，已列4名，超出2名，请调整后再上报。",
    )


@pytest.mark.clause("R37", "R39")
@pytest.mark.parametrize(("taken", "sentences"), [(0, 1), (1, 1), (2, 0), (5, 0)])
def test_a_soft_minimum_only_asks_for_a_reason(taken, sentences):
    said = under_minimum(BUCKETS, {"health": Seats(5, taken), "ordinary": Seats(3, 0)})

    assert (
        said
        == (
            f"“疫情防治一线卫生人才”一般不少于2名，现列{taken}名；不足的，请在报送材料中说明理由。",
        )[:sentences]
    )


def test_a_bucket_without_seats_has_no_minimum():
    assert under_minimum(BUCKETS, {"health": Seats(0, 0)}) == ()


@pytest.mark.clause("R33", "R34")
def test_the_fourteen_prefectures_have_forty_six_places():
    caps = [4] * 4 + [3] * 10

    placed = [assign(people(*["ordinary"] * 6), {"ordinary": cap}).placed for cap in caps]

    assert sum(len(places) for places in placed) == 46
