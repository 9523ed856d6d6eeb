"""juxian paper verify FILE: which application, turn, copy and page a print or scan is."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from juxian.papers.on_file import on_file
from juxian.papers.proof import PaperFound, Verdict, judge, read, unread
from juxian.regulation.refusal import NotReady

SAYS = {
    Verdict.EQUAL: "与现有数据一致",
    Verdict.KEPT: "是较早一次提交的页，内容与现在相同",
    Verdict.SUPERSEDED: "已作废，申报内容后来有修改",
    Verdict.DRAFT: "草稿，不作为报送材料",
    Verdict.FOREIGN: "不是本系统现存申报的打印件",
}


class Command(BaseCommand):
    help = "核对打印件或扫描件：是哪一份、哪一轮、第几份第几页，与现有数据是否一致。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", choices=("verify",))
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            pages = read(file)
        except FileNotFoundError:
            raise CommandError(f"没有找到文件 {file}") from None
        except NotReady as refusal:
            raise CommandError(str(refusal)) from None
        found = judge(pages, on_file)
        for paper in found:
            self._tell(paper)
        blind = unread(pages)
        if blind:
            self.stdout.write(f"没有识别出二维码的页：{'、'.join(map(str, blind))}")
        sound = [paper.verdict is Verdict.EQUAL and paper.is_complete for paper in found]
        if not found or not all(sound) or blind:
            raise CommandError("核对没有通过。")

    def _tell(self, paper: PaperFound) -> None:
        self.stdout.write(f"{paper.number} 第{paper.turn}轮：{SAYS[paper.verdict]}")
        for copy, pages in paper.found.items():
            lacks = paper.missing.get(copy, ())
            rest = f"，缺第{'、'.join(map(str, lacks))}页" if lacks else "，齐全"
            self.stdout.write(f"  第{copy}份：{len(pages)} / {paper.pages}页{rest}")
        for turn, pages in paper.kept.items():
            listed = "、".join(map(str, pages))
            self.stdout.write(f"  第{listed}页：第{turn}次提交的页，内容与现在相同")
