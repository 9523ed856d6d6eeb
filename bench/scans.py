"""How often a good page is doubted and a doubtful one found, among very many of them."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from PIL import Image

from bench.run import Say
from juxian.regulation.scans import DoubtKind, doubts_about, looked_at
from tests.rules import sample_scans as pages

EACH = 8  # pages of each kind in each way of taking them
PLANTED = 100
DOUBTED_AT_MOST, FOUND_AT_LEAST = 0.0, 0.95  # shares


def measure_scans(_folder: Path, say: Say) -> None:
    """Stops with an error where a share is missed."""
    began = time.process_time()
    good = [bool(_judged(page)) for page in _good()]
    planted = {
        kind: [_judged(page) == (kind,) for page in _planted(kind)]
        for kind in (DoubtKind.BLANK, DoubtKind.BLURRED, DoubtKind.SIDEWAYS)
    }
    doubted = sum(good) / len(good)
    say(f"完好的 {len(good)} 页，误判 {doubted:.2%}（最多 {DOUBTED_AT_MOST:.0%}）")
    found = {kind: sum(said) / len(said) for kind, said in planted.items()}
    for kind, share in found.items():
        say(f"{kind}：{len(planted[kind])} 页，发现 {share:.1%}（至少 {FOUND_AT_LEAST:.0%}）")
    count = len(good) + sum(map(len, planted.values()))
    say(f"每页连同制作 {1000 * (time.process_time() - began) / count:.0f} ms 处理器")
    if doubted > DOUBTED_AT_MOST or min(found.values()) < FOUND_AT_LEAST:
        sys.exit("超出要求")


def _good() -> Iterator[Image.Image]:
    for number, draw in enumerate(pages.GOOD):
        for way, take in enumerate(pages.TAKEN):
            for again in range(EACH):
                dice = Random(10_000 * number + 100 * way + again)
                yield take(draw(dice), dice)


def _planted(kind: DoubtKind) -> Iterator[Image.Image]:
    for number in range(PLANTED):
        dice = Random(number)
        if kind is DoubtKind.BLANK:
            yield pages.blank(dice)
            continue
        page = pages.LINED[number % len(pages.LINED)](dice)
        if kind is DoubtKind.BLURRED:
            yield pages.blurred(page, dice)
        else:
            yield dice.choice(pages.TAKEN)(pages.sideways(page, dice), dice)


def _judged(page: Image.Image) -> tuple[DoubtKind, ...]:
    return doubts_about(looked_at(page), longer_side=max(page.size))
