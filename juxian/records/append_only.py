"""Tables that only grow: the database refuses to change or delete their rows."""

import pgtrigger


def append_only(table: str) -> list[pgtrigger.Trigger]:
    return [
        pgtrigger.Protect(name=f"{table}_only_grows", operation=pgtrigger.Update | pgtrigger.Delete)
    ]
