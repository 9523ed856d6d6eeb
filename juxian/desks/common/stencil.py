"""Parts of a page that are alike for everybody: run once, what is one reader's own put in after."""

from collections.abc import Hashable, Sequence
from functools import lru_cache
from html import escape

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

HERE = SafeString("\ufdd0")  # a noncharacter: no text of ours holds it; escaping leaves it alone


def fill(template: str, own: Sequence[str], **alike: Hashable) -> SafeString:
    """The template with `alike`, in which `HERE` stands for each of `own`, in their order.

    What is `alike` stays in memory as long as the process runs: nothing of one person's.
    """
    parts = _parts(template, get_language(), tuple(alike.items()))
    pieces = [parts[0]]
    for one, part in zip(own, parts[1:], strict=True):
        pieces += (one if isinstance(one, SafeString) else escape(one), part)
    return mark_safe("".join(pieces))  # noqa: S308 - a template's parts, and the rest escaped


@lru_cache(maxsize=4096)
def _parts(
    template: str,
    language: str,  # noqa: ARG001 - a part of the key
    alike: tuple[tuple[str, Hashable], ...],
) -> tuple[str, ...]:
    return tuple(get_template(template).render(dict(alike)).split(HERE))
