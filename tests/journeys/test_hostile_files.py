"""What was kept of hostile files, opened in a browser: no script, no dialog, no network."""

from urllib.parse import urlparse

from juxian.actions.cleansing.whole import cleansed
from juxian.desks.common.page_image import page_image
from tests.house.hostile.others import others
from tests.house.hostile.pdfs import pdfs
from tests.house.hostile.words import CLEAN

HOST = "http://files.invalid"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def test_no_kept_file_does_anything_in_a_browser(browser, tmp_path):
    kept = {
        case.name: cleansed(case.content) for case in (*pdfs(), *others()) if case.said == CLEAN
    }
    chosen = dict(list(kept.items())[::9])
    assert len(chosen) >= 20
    page, asked, seen = browser.new_page(accept_downloads=True), [], []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    page.on("popup", lambda popup: seen.append(popup.url))

    def answer(route):
        path = urlparse(route.request.url).path
        asked.append(path)
        number, name = path.rpartition("/")[2].partition("-")[::2]
        if not number.isdecimal():
            route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html")
            return
        clean = list(chosen.values())[int(number)]
        if name == "picture":
            shown = page_image(clean.content, media_type=clean.media_type, page=1)
            route.fulfill(body=shown, content_type="image/png", headers=HEADERS)
            return
        sent = HEADERS | {"Content-Disposition": "attachment", "Content-Type": clean.media_type}
        route.fulfill(body=clean.content, headers=sent)

    page.route("**/*", answer)
    page.goto(f"{HOST}/start")
    for number, clean in enumerate(chosen.values()):
        page.evaluate(
            "address => new Promise((done, failed) => { const picture = new Image();"
            " picture.onload = done; picture.onerror = failed; picture.src = address; })",
            f"{HOST}/{number}-picture",
        )
        with page.expect_download() as saving:
            page.evaluate("address => { location.href = address }", f"{HOST}/{number}-file")
        path = tmp_path / str(number)
        saving.value.save_as(path)
        assert path.read_bytes() == clean.content
    page.close()
    wanted = [f"/{number}-{what}" for number in range(len(chosen)) for what in ("picture", "file")]
    assert (seen, asked) == ([], ["/start", *wanted])
