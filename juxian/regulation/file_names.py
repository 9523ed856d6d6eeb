"""Which material a file is for, as far as its name tells."""

from collections.abc import Iterable

from juxian.regulation.pack import Material


def material_named(name: str, materials: Iterable[Material]) -> str:
    """The code of the material whose word in the name is longest; "" for none, or for several."""
    found = [
        (max((len(word) for word in material.in_names if word in name), default=0), material.code)
        for material in materials
    ]
    longest = max((length for length, _code in found), default=0)
    best = [code for length, code in found if length == longest]
    return best[0] if longest and len(best) == 1 else ""
