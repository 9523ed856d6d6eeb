"""What the measured operations stand on, measured in the same run: commits, empty pages, Typst."""

import re
import subprocess
import time
from pathlib import Path

import psycopg
import pylopdf_fonts_zh_cn
import typst

from bench import processes
from bench.figures import Round
from juxian.site import embedded

COMMIT = "INSERT INTO bench_commit (at) VALUES (clock_timestamp());\n"
CLIENTS = 8
TPS = re.compile(r"tps = ([\d.]+)")


def postmaster(database: str) -> int | None:
    """The first process of the server, when it runs on this machine."""
    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
        backend = row[0] if row else 0
        if not processes.name(backend).startswith("postgres"):
            return None
        return processes.parent(backend)


def commits(database: str, folder: Path, seconds: int) -> float:
    """Commits a second: one small row each, from eight clients, as durable as the server is."""
    script = folder / "commit.sql"
    script.write_text(COMMIT, encoding="ascii")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bench_commit (at timestamptz)")
    words = ["-n", "-f", script, "-c", CLIENTS, "-j", 2, "-T", seconds, database]
    done = subprocess.run(
        [embedded.BIN / "pgbench", *map(str, words)], capture_output=True, text=True, check=True
    )
    found = TPS.search(done.stdout)
    if found is None:
        raise SystemExit(f"pgbench: {done.stdout}")
    return float(found[1])


def typeset(pages: int, times: int) -> Round:
    """Typst alone: as many pages of plain text as the form has, with the same fonts.

    No page is like another, so that nothing is remembered from the one before.
    """
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
    )
    text = "长期在一线工作，围绕生产中的实际问题组织攻关。" * 18
    head = '#set document(title: "limit")\n#set text(font: "Noto Serif SC", lang: "zh")\n'
    durations = []
    began_all, used = time.perf_counter(), time.process_time()
    for number in range(times):
        written = (f"{number}-{page} {text}\n\n{text}" for page in range(pages))
        source = (head + "\n#pagebreak()\n".join(written)).encode()
        began = time.perf_counter()
        compiler = typst.Compiler({"main.typ": source}, font_paths=fonts, ignore_system_fonts=True)
        compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=0)
        durations.append(time.perf_counter() - began)
    return Round(tuple(durations), time.perf_counter() - began_all, time.process_time() - used)
