"""A page that was overtaken: both versions side by side, and nothing overwritten unseen."""

import pytest

from juxian.selectors.facts import answers_of
from tests.house.desks.filled_pages import at, auto, typed_into, version
from tests.house.desks.shown import shown

pytestmark = pytest.mark.django_db


def test_a_page_that_was_overtaken_is_told_and_what_was_saved_elsewhere_stays(me, draft):
    address = at("section", draft, "basic")
    auto(me, address, postcode="844000", version=0)

    late = auto(me, address, postcode="830000", version=0)

    assert late.status_code == 409
    assert late.json() == {"state": "overtaken", "says": "此页已在别处更新。"}
    assert answers_of(draft)["basic"]["postcode"] == "844000"


def overtake(me, file, section, mine, theirs):
    """Two pages of a section: the second is saved first. The page of the two versions."""
    address = at("section", file, section)
    page = typed_into(me, address, **mine)
    me.post(address, typed_into(me, address, **theirs) | {"go": "stay"})
    return me.post(address, page | {"go": "next"})


def test_two_versions_stand_side_by_side_with_a_choice_for_each_difference(me, full):
    answer = overtake(
        me,
        full,
        "basic",
        {"postcode": "830000", "former_name": "我写的"},
        {"postcode": "845000", "address": "别处写的"},
    )

    found = {one.path: (one.side, one.picked) for one in answer.context["found"]}
    html = answer.content.decode()
    assert answer.status_code == 409
    assert found == {
        "postcode": ("both", ""),
        "former_name": ("here", "mine"),
        "address": ("there", "theirs"),
    }
    for words in ("您现在填的", "已在别处保存的", "830000", "845000", full.applicant.name):
        assert words in html
    assert answers_of(full)["basic"]["postcode"] == "845000"


def test_the_merge_is_saved_as_it_was_chosen(me, full):
    answer = overtake(
        me,
        full,
        "basic",
        {"postcode": "830000", "former_name": "我写的"},
        {"postcode": "845000", "address": "别处写的"},
    )
    choices = shown(answer) | {"held": answer.context["held"], "pick.postcode": "mine"}

    saved = me.post(at("section", full, "basic"), choices | {"go": "merge"})

    kept = answers_of(full)["basic"]
    assert saved.headers["Location"] == at("section", full, "basic")
    assert (kept["postcode"], kept["former_name"], kept["address"]) == (
        "830000",
        "我写的",
        "别处写的",
    )
    assert version(full, "basic") == answer.context["version"] + 1


def test_a_merge_with_a_difference_undecided_saves_nothing_and_says_which(me, full):
    answer = overtake(me, full, "basic", {"postcode": "830000"}, {"postcode": "845000"})
    choices = shown(answer) | {"held": answer.context["held"], "go": "merge"}

    again = me.post(at("section", full, "basic"), choices)

    assert [one.path for one in again.context["undecided"]] == ["postcode"]
    assert "还有 1 处没有选定" in again.content.decode()
    assert answers_of(full)["basic"]["postcode"] == "845000"


def test_a_merge_that_is_overtaken_itself_is_shown_again(me, full):
    answer = overtake(me, full, "basic", {"postcode": "830000"}, {"postcode": "845000"})
    address = at("section", full, "basic")
    me.post(address, typed_into(me, address, postcode="846000") | {"go": "stay"})
    choices = shown(answer) | {"held": answer.context["held"], "pick.postcode": "mine"}

    again = me.post(address, choices | {"go": "merge"})

    assert again.status_code == 409
    assert "846000" in again.content.decode()
    assert answers_of(full)["basic"]["postcode"] == "846000"


def test_two_resident_ids_that_look_alike_when_masked_are_still_two(me, full):
    mine, theirs = "653100197105080015", "653100197105081018"
    answer = overtake(me, full, "basic", {"resident_id": mine}, {"resident_id": theirs})

    (pair,) = next(one for one in answer.context["found"] if one.path == "resident_id").pairs
    assert (pair.mine, pair.theirs) == (mine, theirs)


def test_a_row_saved_in_another_tab_is_no_conflict_for_the_rest_of_the_section(me, full):
    address = at("section", full, "assessment")
    page = typed_into(me, address)
    new = at("row", full, "assessment", "years", "new")
    row = typed_into(me, new, year="2001", result="excellent")
    other = typed_into(me, new, year="2002", result="excellent")

    saved = [auto(me, new, **one).json()["state"] for one in (row, other)]
    saved.append(auto(me, address, **page | {"punishment_detail": "无"}).json()["state"])

    years = [one["year"] for one in answers_of(full)["assessment"]["years"]]
    assert saved == ["saved", "saved", "saved"]
    assert years[-2:] == [2001, 2002]
    assert answers_of(full)["assessment"]["punishment_detail"] == "无"


def two_pages_of_a_row(me, file, mine, theirs):
    row = answers_of(file)["assessment"]["years"][0]
    address = at("row", file, "assessment", "years", row["id"])
    page = typed_into(me, address, **mine)
    me.post(address, typed_into(me, address, **theirs) | {"go": "back"})
    return address, me.post(address, page | {"go": "back"})


def test_a_row_changed_in_two_places_is_compared_and_the_chosen_one_saved(me, full):
    address, answer = two_pages_of_a_row(me, full, {"year": "2001"}, {"year": "2002"})
    (one,) = answer.context["found"]
    choices = shown(answer) | {"held": answer.context["held"], one.name: "mine"}
    assert (one.side, one.picked, answer.status_code) == ("both", "", 409)
    assert answers_of(full)["assessment"]["years"][0]["year"] == 2002

    me.post(address, choices | {"go": "merge"})

    assert answers_of(full)["assessment"]["years"][0]["year"] == 2001


def test_a_row_taken_out_elsewhere_while_it_was_typed_in_is_asked_about(me, full):
    rows = answers_of(full)["assessment"]["years"]
    address = at("row", full, "assessment", "years", rows[0]["id"])
    page = typed_into(me, address, year="2001")
    gone = at("remove_row", full, "assessment", "years", rows[0]["id"])
    me.post(gone, {"version": version(full, "assessment")})

    answer = me.post(address, page | {"go": "back"})
    (one,) = answer.context["found"]
    assert (one.only, one.picked) == ("mine", "")
    me.post(
        address,
        shown(answer) | {"held": answer.context["held"], one.name: "mine", "go": "merge"},
    )

    years = [row["year"] for row in answers_of(full)["assessment"]["years"]]
    assert years == [row["year"] for row in rows[1:]] + [2001]
