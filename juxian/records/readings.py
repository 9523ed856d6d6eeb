"""How Chinese words are read in pinyin, for finding them by what is typed without tones."""

from pypinyin import Style, pinyin

MOST = 3  # readings of one character, the common ones first


def readings(text: str) -> str:
    """A syllable for each character, its other readings behind a bar: "xue|xie guan" for 血管.

    What is not read, such as a Latin word, stays as it is, in small letters.
    """
    syllables = pinyin(text.lower(), style=Style.NORMAL, heteronym=True)
    return " ".join("|".join(one[:MOST]) for one in syllables)
