"""The press: a process for a paper, that keeps to its time, knows no secret and leaves nothing."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE as IMAGE
from structlog.testing import capture_logs

from juxian.papers import press, render
from juxian.papers.application_form import application_form, sheet_of
from juxian.papers.portrait import LARGEST
from juxian.regulation.refusal import NotReady
from tests.papers.samples import form_input, pages_of

ROOT = Path(__file__).parents[2]
STOPPED = "打印程序意外停止，没有打印"
SHORT = 1.5  # seconds
TEMPLATES = {
    "endless": "#for a in range(9999) { for b in range(9999) { for c in range(9999) {} } }",
    "failing": '#json("sheet.json").at(json("sheet.json").stamp.title)',
    "panicking": '#panic(json("sheet.json").stamp.author + " 650102199001011234")',
}
PRINT_IN_A_PROCESS = """
import os, sys
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "juxian.site.settings"
import juxian.site.wsgi
from juxian.papers import render
from juxian.papers.application_form import application_form
from tests.papers.samples import form_input

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
"""
FIVE_PAPERS = (
    PRINT_IN_A_PROCESS
    + """
before = resident()
for name in "甲乙丙丁戊":
    assert application_form(form_input(name=name)).startswith(b"%PDF")
print(resident() - before, "typst" in sys.modules)
"""
)
ENDLESS_PAPER = (
    PRINT_IN_A_PROCESS
    + """
from pathlib import Path
from juxian.papers.application_form import sheet_of
render.TEMPLATES, render.GRACE = Path(sys.argv[1]), 0
render.render("endless", sheet_of(form_input()), seconds=4)
"""
)


@pytest.fixture
def templates(tmp_path, monkeypatch):
    """Templates that no paper would have."""
    for name, source in {**TEMPLATES, "kit": ""}.items():
        (tmp_path / f"{name}.typ").write_text(source, encoding="utf-8")
    monkeypatch.setattr(render, "TEMPLATES", tmp_path)
    return tmp_path


def presses(asker=None):
    """The processes at work for this one, or for another."""
    asker = asker or os.getpid()
    found = []
    for entry in Path("/proc").iterdir():
        try:
            said = (entry / "cmdline").read_bytes() if entry.name.isdigit() else b""
            if b"juxian.papers.press" in said.split(b"\0"):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                found += [int(entry.name)] if int(fields[1]) == asker else []
        except OSError:
            continue  # it has just ended
    return found


def press_at_work(asker=None):
    """The process id of the one press, as soon as it has been started."""
    for _wait in range(3000):
        if found := presses(asker):
            (one,) = found
            return one
        time.sleep(0.02)
    raise AssertionError("no press was started")


def is_running(pid):
    """Neither gone nor dead and waiting to be read."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def sheet(**changed):
    return sheet_of(form_input(copies=1, **changed))


def order(one):
    return render._order("application_form", one, seconds=60)


def script(code, *words, home):
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}}
    return [sys.executable, "-c", code, *map(str, words)], {
        "cwd": ROOT,
        "env": kept | {"JUXIAN_HOME": str(home), "JUXIAN_DEMO": "1"},
    }


def test_a_paper_without_an_end_is_stopped_in_time_and_the_next_one_is_printed(
    templates, monkeypatch
):
    began = time.monotonic()

    with pytest.raises(NotReady) as refusal:
        render.render("endless", sheet(), seconds=SHORT)

    assert SHORT <= time.monotonic() - began < SHORT + 20
    assert "已停止；请过几分钟再打印" in str(refusal.value)
    assert presses() == []
    monkeypatch.undo()
    assert len(pages_of(application_form(form_input(copies=1)))) > 1


def test_one_paper_at_a_time_and_nobody_waits_for_ever(templates):
    with ThreadPoolExecutor(max_workers=1) as pool:
        first = pool.submit(render.render, "endless", sheet(), seconds=60)
        one = press_at_work()
        with pytest.raises(NotReady, match="还没有轮到"):
            render.render("endless", sheet(), seconds=0.2)
        alone = presses()
        os.kill(one, signal.SIGKILL)

        with pytest.raises(NotReady, match=STOPPED):
            first.result()

    assert alone == [one]


@pytest.mark.parametrize("blow", [signal.SIGSEGV, signal.SIGKILL])
def test_a_press_that_dies_is_an_error_and_the_next_paper_is_printed(templates, blow, monkeypatch):
    with ThreadPoolExecutor(max_workers=1) as pool:
        paper = pool.submit(render.render, "endless", sheet(), seconds=60)
        os.kill(press_at_work(), blow)

        with pytest.raises(NotReady, match=STOPPED) as refusal:
            paper.result()

    assert str(refusal.value.__cause__) == f"the press ended with {-blow}: no reason given"
    monkeypatch.undo()
    assert application_form(form_input(copies=1)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("template", "where", "said"),
    [
        (
            "failing",
            "_pages",
            "dictionary does not contain key … and no default value was specified",
        ),
        ("panicking", "_pages", "panicked with: … …"),
    ],
)
def test_what_fails_says_why_and_repeats_nothing_of_the_paper(templates, template, where, said):
    with capture_logs() as logged, pytest.raises(NotReady, match=STOPPED):
        render.render(template, sheet())

    [line] = logged
    assert re.sub(r":\d+:", ":N:", line["reason"]) == (
        f"the press ended with 1: RuntimeError in {where}:N: failed to compile document: {said}"
    )


def test_a_press_has_no_secret_and_no_way_to_the_database(templates, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://juxian:secret@db/juxian")
    monkeypatch.setenv("SECRET_KEY", "secret" * 10)
    with ThreadPoolExecutor(max_workers=1) as pool:
        paper = pool.submit(render.render, "endless", sheet(), seconds=60)
        pid = press_at_work()
        given = Path(f"/proc/{pid}/environ").read_bytes().rstrip(b"\0").split(b"\0")
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
        files = [str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir()]
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(NotReady, match=STOPPED):
            paper.result()

    names = {one.partition(b"=")[0].decode() for one in given}
    assert names == {"PYTHONPATH", *render.THRIFT}
    assert b"secret" not in words
    assert [file for file in files if file.startswith("socket:")] == []


def test_a_press_takes_no_module_from_the_folder_it_is_called_in(tmp_path, monkeypatch):
    for name in ("typst", "json", "juxian", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('mine')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert application_form(form_input(copies=1)).startswith(b"%PDF")


def test_a_press_imports_of_the_product_itself_alone_and_no_framework():
    code = "import sys, juxian.papers.press; print(*sys.modules)"
    command = [*render.COMMAND[:3], "-c", code]
    done = subprocess.run(
        command, env=render._environment(), capture_output=True, text=True, check=True
    )
    modules = set(done.stdout.split())

    assert {one for one in modules if one.startswith("juxian")} == {
        "juxian",
        "juxian.papers",
        "juxian.papers.press",
    }
    assert modules & {"django", "typing", "dataclasses", "pathlib", "inspect", "site"} == set()


def test_a_press_sets_one_paper_after_another():
    """As a batch would have it: the same bytes as from a press of its own, refusals between."""
    asked = [sheet(name="王伟"), sheet(name="吉𠮷"), sheet(name="李某")]
    found = []
    with render._press(60) as press:
        for one in asked:
            marks = render._marks_of(one.stamp, press.ask(order(one), "pages"))
            try:
                found.append(press.read(press.ask(marks, "pdf")))
            except NotReady as refusal:
                found.append(str(refusal))

    assert found[0] == render.render("application_form", asked[0])
    assert "“𠮷”（U+20BB7）" in found[1]
    assert found[2] == render.render("application_form", asked[2])


def test_a_press_is_gone_when_its_asker_stops_in_between():
    found = []

    def asked_and_left():
        with render._press(60) as press:
            press.ask(order(sheet()), "pages")
            found.append(press_at_work())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked_and_left()

    assert [is_running(pid) for pid in found] == [False]


def test_a_press_ends_itself_when_the_process_that_asked_was_killed(templates, tmp_path):
    command, given = script(ENDLESS_PAPER, templates, home=tmp_path)
    with subprocess.Popen(command, **given) as asker:
        pid = press_at_work(asker.pid)
        asker.kill()

    assert is_running(pid)
    deadline = time.monotonic() + 30
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_running(pid)


def test_a_web_process_that_has_printed_is_as_small_as_before(tmp_path):
    command, given = script(FIVE_PAPERS, home=tmp_path)
    done = subprocess.run(command, capture_output=True, text=True, check=True, **given)
    growth, knows_the_engine = done.stdout.split()

    assert int(growth) < 20_000_000
    assert knows_the_engine == "False"


def test_a_large_portrait_passes_and_is_printed_in_every_copy():
    noise = BytesIO()
    Image.frombytes("RGB", LARGEST, Random(1).randbytes(3 * LARGEST[0] * LARGEST[1])).save(
        noise, "JPEG", quality=95
    )
    given = form_input(photo=noise.getvalue())

    pdf = application_form(given)

    assert len(json.dumps(order(sheet_of(given)))) > 500_000
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [len(list(page.get_objects(filter=[IMAGE]))) for page in document]
        copies = [pictures[at :: len(pictures) // 3] for at in range(len(pictures) // 3)]
    assert len(pictures) % 3 == 0
    assert {len(set(copy)) for copy in copies} == {1}
    assert sum(pictures) == 3


def test_what_stands_on_a_page_is_not_laid_out_again_for_the_pages_marks():
    """Otherwise every paper would be set twice: once for its pages, and once for its codes."""
    asked = sheet(name="陈某某")
    given = order(asked)
    fonts = press._fonts(tuple(given["fonts"]))
    chains = {role: [family] for role, family in given["roles"].items()}
    files = given["files"] | {"fonts.json": json.dumps(chains)}

    def seconds(files):
        began = time.process_time()
        said = press._pages(press._encoded(files), fonts)
        return time.process_time() - began, json.loads(said)["pages"]

    first, pages = seconds(files)
    second, pages_marked = seconds(files | render._marks_of(asked.stamp, pages))

    assert pages_marked == pages
    assert second < first / 3
