"""Rows from a spreadsheet: pasted or sent as a file, seen before anything is written."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juxian.actions import application as acts
from juxian.desks.applicant.filled import Filled, version_of
from juxian.desks.applicant.grids import Card, card_of
from juxian.desks.applicant.own import around, timed
from juxian.desks.applicant.removed import forget
from juxian.desks.applicant.views.ordering import table_address
from juxian.desks.applicant.views.rows import open_table
from juxian.desks.common.forms import PlainForm
from juxian.desks.common.http import SignedInRequest, answer
from juxian.papers import table_sheet
from juxian.regulation.clipboard import cells_of, text_of
from juxian.regulation.form import EntryKind, Field
from juxian.regulation.pasting import MOST_LINES, Line, Pasted, read_pasted
from juxian.regulation.references import is_list, listed_for, read_references
from juxian.regulation.refusal import NotReady, Refusal

LONGEST = 200_000  # letters
REFERENCED = (EntryKind.PAPER, EntryKind.WORK, EntryKind.PATENT)
LIST_FILES = (".bib", ".ris", ".enw", ".txt")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PasteForm(PlainForm):
    text = forms.CharField(
        label=gettext_lazy("从 Excel 复制的内容"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    sheet = forms.FileField(
        label=gettext_lazy("或者选择 Excel 文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.bib,.ris,.enw,.txt"}),
        help_text=gettext_lazy("格式为 .xlsx，不超过2MB，读取第一张表。"),
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """A line that may be taken over, in the words of the table, ticked or not and why."""

    line: Line
    card: Card
    is_ticked: bool
    is_beyond: bool  # the table has no room left for it


@dataclass(frozen=True, slots=True)
class Preview:
    """What was pasted as it was understood; `mark` knows the text again."""

    pasted: Pasted
    offered: tuple[Offered, ...]
    mark: str
    room: int
    notes: tuple[str, ...] = ()  # of a list of references: what was left out, what is a guess

    @property
    def ticked(self) -> int:
        return sum(one.is_ticked for one in self.offered)

    @property
    def rejected(self) -> tuple[Line, ...]:
        return self.pasted.rejected


def paste(request: SignedInRequest, number: str, section: str, table: str) -> HttpResponse:
    at = open_table(request, number, section, table)
    asked = at.table(table)
    if asked.one_row_each:
        return redirect(table_address(request, at, asked))
    if request.method != "POST":
        return _page(request, at, asked, PasteForm())
    form = PasteForm(request.POST, request.FILES)
    try:
        text, notes = _listed(at, asked, _text(form))
        preview = replace(_previewed(request, at, asked, text), notes=notes)
        if request.POST.get("go") == "import" and request.POST.get("mark") == preview.mark:
            return _imported(request, at, asked, preview)
    except Refusal as refusal:
        form.refused(refusal)
        return _page(request, at, asked, form)
    shown = PasteForm(initial={"text": text})
    return _page(request, at, asked, shown, preview)


def sheet(request: SignedInRequest, number: str, section: str, table: str) -> HttpResponse:
    """An empty workbook for the table."""
    at = open_table(request, number, section, table)
    asked = at.table(table)
    response = HttpResponse(table_sheet.template(at.form, asked), content_type=XLSX)
    response.headers["Content-Disposition"] = _attached(asked)
    return response


def _text(form: PasteForm) -> str:
    """What was pasted, or the cells of the file as if they had been. NotReady for neither."""
    if not form.is_valid():
        raise NotReady(_("内容太长，请分几次粘贴"))
    file, text = form.cleaned_data["sheet"], str(form.cleaned_data["text"])
    if file is not None:
        if file.size > table_sheet.LARGEST:
            raise NotReady(_("文件超过2MB；请只保留要导入的行，另存后再上传"))
        content = file.read()
        if file.name.lower().endswith(LIST_FILES):
            return _decoded(content)
        return text_of(table_sheet.cells(content))
    if not text.strip():
        raise NotReady(_("请先粘贴内容，或者选择 Excel 文件"))
    return text


def _decoded(content: bytes) -> str:
    """A list's file as text: UTF-8, or GB 18030 as older programs write it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _listed(at: Filled, table: Field, text: str) -> tuple[str, tuple[str, ...]]:
    """A list of references (BibTeX, RIS …) as cells of the table, and what to say of it."""
    if table.fact not in REFERENCED or not is_list(text):
        return text, ()
    listed = listed_for(at.form, table, read_references(text), at.application.applicant.name)
    notes = [_("第 %(line)d 行：%(why)s。") % {"line": n, "why": why} for n, why in listed.rejected]
    if not listed.cells:
        raise NotReady("".join(notes) or _("没有读到文献，请检查导出的格式"))
    notes.append(_("本人排名、作者身份是按作者名单和您的姓名推测的，请逐条核对。"))
    if listed.unknown:
        said = _("有 %(count)d 条没有认出本人，请补填排名。")
        notes.append(said % {"count": listed.unknown})
    notes.append(_("只读取所给的内容，不联网查询；没有的栏目请补填。"))
    return text_of(listed.cells), tuple(notes)


def _previewed(request: SignedInRequest, at: Filled, table: Field, text: str) -> Preview:
    rows = at.rows(table)
    pasted = read_pasted(at.form, at.section.code, table, cells_of(text), rows)
    mark = hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]
    room = max(table.rows_max - len(rows), 0)
    chosen = set(request.POST.getlist("line")) if request.POST.get("mark") == mark else None
    offered: list[Offered] = []
    taken = 0
    for line in pasted.sound:
        is_beyond = taken >= room
        wanted = not line.same_as and not is_beyond
        if chosen is not None:
            wanted = str(line.number) in chosen
        taken += wanted
        card = card_of(at.form, table, line.values, line.number)
        offered.append(Offered(line, card, wanted, is_beyond))
    return Preview(pasted, tuple(offered), mark, room)


def _imported(request: SignedInRequest, at: Filled, table: Field, seen: Preview) -> HttpResponse:
    """The ticked rows behind those that are there; Refusal when that cannot be."""
    taken = [one.line for one in seen.offered if one.is_ticked]
    try:
        _check_room(taken, seen, table)
        rows = [*at.rows(table), *(line.values for line in taken)]
        acts.save_section(
            at.application.pk,
            at.section.code,
            {table.code: rows},
            by=request.user,
            version=version_of(request),
        )
    except Refusal as refusal:
        form = PasteForm(request.POST)
        form.refused(refusal)
        return _page(request, at, table, form, seen)
    forget(request)
    messages.success(request, _told(taken))
    return redirect(table_address(request, at, table))


def _check_room(taken: Sequence[Line], seen: Preview, table: Field) -> None:
    if not taken:
        raise NotReady(_("请至少勾选一行"))
    if len(taken) > seen.room:
        facts = {"most": table.rows_max, "room": seen.room, "over": len(taken) - seen.room}
        raise NotReady(_("最多填写%(most)d条，还可以导入%(room)d条，请取消勾选%(over)d行") % facts)


def _told(taken: Sequence[Line]) -> str:
    bare = sum(bool(line.missing) for line in taken)
    said = _("已导入 %(count)d 条。") % {"count": len(taken)}
    return said + (
        _("其中 %(count)d 条还有必填项没有填，请补填。") % {"count": bare} if bare else ""
    )


def _attached(table: Field) -> str:
    name = _("%(label)s-模板.xlsx") % {"label": table.label}
    return content_disposition_header(as_attachment=True, filename=name) or ""


def _page(
    request: SignedInRequest,
    at: Filled,
    table: Field,
    form: PasteForm,
    preview: Preview | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "section": at.section,
        "table": table,
        "takes_lists": table.fact in REFERENCED,
        "hints": [(column, table_sheet.hint(column)) for column in table.columns],
        "form": form,
        "preview": preview,
        "most": MOST_LINES,
        "version": at.version,
        "has": len(at.rows(table)),
        "is_changed": preview is not None
        and request.POST.get("go") == "import"
        and not form.errors,
    }
    page = around(at.application, **context, **timed(at.application))
    return answer(request, "applicant/paste.html", page, refused=bool(form.errors))
