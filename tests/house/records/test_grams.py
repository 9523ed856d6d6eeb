"""Names are sorted and found by their pinyin, surnames as surnames are read."""

import sys

import pytest

from juxian.records.grams import grams, initials, sort_key


@pytest.mark.parametrize(
    ("name", "key", "first_letters"),
    [
        ("王建国", "wang jian guo", "wjg"),
        ("曾国华", "zeng guo hua", "zgh"),
        ("单志远", "shan zhi yuan", "szy"),
        ("尉迟文", "yu chi wen", "ycw"),
        ("华尉", "hua wei", "hw"),
        ("单", "shan", "s"),
        ("玛依拉·依明", "ma yi la · yi ming", "mylym"),
        ("盖尼·都汗", "gai ni · dou han", "gndh"),
        ("", "", ""),
    ],
)
def test_a_name_is_read_by_its_surname(name: str, key: str, first_letters: str) -> None:
    assert (sort_key(name), initials(name)) == (key, first_letters)


def test_initials_of_letters_and_figures_are_letters() -> None:
    assert initials("Anna Li 2") == "a"


def test_grams_are_the_characters_their_pairs_and_whole_words_of_letters() -> None:
    assert grams("阿曼太", "amt", "XJ2020-A-00001") == sorted(
        ["阿", "曼", "太", "阿曼", "曼太", "amt", "xj2020", "a", "00001"]
    )


def test_the_dictionary_of_phrases_stays_out_of_memory() -> None:
    assert sort_key("重庆") == "zhong qing"
    assert "pypinyin.phrases_dict" not in sys.modules
