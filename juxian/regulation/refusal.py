"""Refusals: the answer is no, in words written for the person who reads them."""


class Refusal(Exception):
    """The answer is no, and this is why; nothing was changed."""


class NotPossible(Refusal):
    """The regulation has no such act at this step."""


class NotAllowed(Refusal):
    """The act is not this person's to do."""


class NotReady(Refusal):
    """The act is theirs, but something it needs is missing.

    `faults` names the places, as pairs of path and sentence, when there are any.
    """

    def __init__(self, message: str, faults: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class Stale(Refusal):
    """The page was read before somebody else changed what it shows."""
