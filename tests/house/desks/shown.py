"""What a browser would send if the page's form were submitted just as it is shown."""

from html.parser import HTMLParser


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._select = ""
        self._chosen: list[str] = []
        self._first: str | None = None
        self._area = ""
        self._text: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and given.get("type") not in ("file", "submit"):
            ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if ticked and given.get("name"):
                self._keep(given["name"], given.get("value") or "")
        elif tag == "select":
            self._select, self._chosen, self._first = given.get("name", ""), [], None
        elif tag == "option" and self._select:
            value = given.get("value") or ""
            self._first = value if self._first is None else self._first
            if "selected" in given:
                self._chosen.append(value)
        elif tag == "textarea":
            self._area, self._text = given["name"], []

    def handle_data(self, data):
        if self._area:
            self._text.append(data)

    def handle_endtag(self, tag):
        if tag == "select" and self._select:
            self._keep(self._select, self._chosen[-1] if self._chosen else self._first or "")
            self._select = ""
        elif tag == "textarea" and self._area:
            self._keep(self._area, "".join(self._text).removeprefix("\n"))
            self._area = ""

    def _keep(self, name, value):
        if name not in ("csrfmiddlewaretoken", "next"):
            self.sent.setdefault(name, []).append(value)


def shown(response) -> dict[str, list[str]]:
    page = _Shown()
    page.feed(response.content.decode())
    return page.sent
