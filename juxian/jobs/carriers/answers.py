"""What a carrier says of a message that it did not take; reasons name no number and no address."""


class NotTaken(Exception):
    """Certainly not delivered; `again` where trying later may help."""

    def __init__(self, reason: str, *, again: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


class Bounced(NotTaken):
    """The receiver's number or address does not exist or does not want it."""


class Unclear(Exception):
    """Handed over, but nobody said that it was taken: never tried again by itself."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
