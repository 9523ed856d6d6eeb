"""A concluded review at the secretariat: what was drawn, candidate by candidate."""

from html.parser import HTMLParser

import pytest

from juxian.actions import selection
from juxian.records.models import Application, Proceeding
from juxian.selectors.ballot import drawn_from
from tests.house.actions.ballot_world import allot, committee, vary_pack
from tests.house.desks.office_world import at, text

pytestmark = [pytest.mark.django_db, pytest.mark.clause("R52")]


class _Table(HTMLParser):
    """The words of each row of the page's table, cell by cell."""

    def __init__(self):
        super().__init__()
        self.rows, self._cell = [], None

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self._cell = []

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data.strip())

    def handle_endtag(self, tag):
        if tag == "td":
            self.rows[-1].append(" ".join(filter(None, self._cell)))
            self._cell = None


@pytest.fixture
def secretary(client, world):
    client.force_login(world.secretary)
    return client


@pytest.fixture
def drawn(world, settings, tmp_path):
    """Six candidates for two places: two admitted, two in reserve, two let go."""
    vary_pack(world, settings, tmp_path, tie='"revote"', reserve="2", threshold='"1/2"')
    sitting = committee(world, experts=7, candidates=6, places=2)
    sitting.vote(["aaaaan", "aaaann", "aaaann", "aaaann", "naaann", "nnaann", "nnnann"])
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    return sitting


def page_of(client, sitting):
    return text(at(client, "review", sitting.listed.pk, desk="secretariat"))


def shown(page):
    """Rank, surname, ayes, nays, abstained, recused, result of every row."""
    table = _Table()
    table.feed(page)
    return [(row[0], row[1][0], *row[2:]) for row in table.rows if row]


def words(sitting):
    listed = Proceeding.objects.select_related("cycle").get(pk=sitting.listed.pk)
    return [(one.item.application.name[0], one.word) for one in drawn_from(listed)]


def test_everybody_is_shown_with_place_order_of_succession_and_figures(secretary, drawn):
    page = page_of(secretary, drawn)

    assert shown(page) == [
        ("1", "李", "7", "0", "0", "0", "拟入选"),
        ("2", "孙", "6", "1", "0", "0", "拟入选"),
        ("3", "钱", "5", "2", "0", "0", "备选第 1 位"),
        ("4", "赵", "4", "3", "0", "0", "备选第 2 位"),
        ("5", "周", "1", "6", "0", "0", "未入选"),
        ("6", "吴", "0", "7", "0", "0", "未入选"),
    ]
    assert "在办" not in page


def test_who_was_called_up_and_who_was_let_go_is_told_from_who_waits(world, drawn):
    allot(world, 3)
    selection.call_up(drawn.listed.pk, by=drawn.secretary, reason="增加一个名额")
    called_up = words(drawn)
    selection.release_reserve(drawn.listed.pk, by=drawn.secretary, reason="名单已定")

    assert called_up[2:4] == [("钱", "备选第 1 位，已递补"), ("赵", "备选第 2 位")]
    assert words(drawn)[2:4] == [("钱", "备选第 1 位，已递补"), ("赵", "备选第 2 位，未递补")]


def test_somebody_admitted_who_withdrew_since_is_shown_as_both(secretary, drawn):
    Application.objects.filter(pk=drawn.candidates[2].pk).update(standing="withdrawn")

    assert shown(page_of(secretary, drawn))[1][-1] == "拟入选 已撤回"


def test_somebody_who_withdrew_before_the_list_was_drawn_has_no_place(secretary, world):
    sitting = committee(world, experts=3, candidates=3, places=1)
    sitting.vote(["aan", "aan", "ann"])
    Application.objects.filter(pk=sitting.candidates[1].pk).update(standing="withdrawn")
    selection.propose(sitting.listed.pk, by=sitting.secretary)

    results = {row[1]: row[-1] for row in shown(page_of(secretary, sitting))}
    assert results == {"赵": "拟入选", "钱": "已撤回", "孙": "未入选"}


@pytest.mark.parametrize("emptied", ["never any", "called up", "let go", "withdrawn"])
def test_an_empty_reserve_is_said_to_be_empty_and_offers_nothing(
    secretary, world, settings, tmp_path, emptied
):
    reserve = "0" if emptied == "never any" else "1"
    vary_pack(world, settings, tmp_path, reserve=reserve, threshold='"1/2"')
    sitting = committee(world, experts=3, candidates=2, places=1)
    sitting.vote(["aa", "aa", "an"])
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    if emptied == "called up":
        allot(world, 2)
        selection.call_up(sitting.listed.pk, by=sitting.secretary, reason="增加名额")
    elif emptied == "let go":
        selection.release_reserve(sitting.listed.pk, by=sitting.secretary, reason="名单已定")
    elif emptied == "withdrawn":
        Application.objects.filter(pk=sitting.candidates[1].pk).update(standing="withdrawn")

    page = page_of(secretary, sitting)

    review = f"/secretariat/reviews/{sitting.listed.pk}/"
    assert "没有等待递补的备选人选。" in page
    assert [f"{review}{act}/" in page for act in ("call-up", "release")] == [False, False]


def test_a_waiting_reserve_is_offered_to_be_called_up_or_let_go(secretary, drawn):
    page = page_of(secretary, drawn)

    review = f"/secretariat/reviews/{drawn.listed.pk}/"
    assert [f"{review}{act}/" in page for act in ("call-up", "release")] == [True, True]
    assert "没有等待递补的备选人选。" not in page


def test_a_review_recorded_from_paper_says_passed_or_not(world):
    """It draws no list within places: 通过, not 拟入选."""
    sitting = committee(world, experts=3, candidates=2)
    Proceeding.objects.filter(pk=sitting.listed.pk).update(step="peer_review")
    sitting.listed.items.filter(application=sitting.candidates[0]).update(act="admit", rank=1)
    sitting.listed.items.filter(application=sitting.candidates[1]).update(act="dismiss", rank=2)

    assert words(sitting) == [("赵", "通过"), ("钱", "未通过")]
