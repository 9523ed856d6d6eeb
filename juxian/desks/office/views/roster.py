"""The roster of staff (单位花名册) of an office: what is there, and importing another."""

import hashlib
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from juxian.actions.roster import import_roster
from juxian.desks.common.http import SignedInRequest, page_of
from juxian.desks.office.forms.roster import WHOLE, RosterForm
from juxian.desks.office.frame import page
from juxian.papers import table_sheet
from juxian.records.models import Office
from juxian.regulation import roster as rules
from juxian.regulation.clipboard import cells_of, text_of
from juxian.regulation.refusal import NotReady, Refusal
from juxian.selectors.proxy import offices_of
from juxian.selectors.roster import roster_at

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 50  # lines of each sort in a preview


@dataclass(frozen=True, slots=True)
class Preview:
    """What was sent as it was understood; `mark` knows the text again."""

    people: rules.People
    mark: str

    @property
    def rejected(self) -> list[tuple[int, str, str]]:
        """Line, column and reason."""
        lines = self.people.rejected[:SHOWN]
        return [(line.number, label, why) for line in lines for label, why in line.faults]

    @property
    def offered(self) -> list[tuple[int, str, str]]:
        """Line, name, and what else is taken."""
        return [
            (line.number, str(line.values["name"]), " · ".join(said for _label, said in kept))
            for line in self.people.sound[:SHOWN]
            for kept in [rules.words_of(rules.kept_of(line))]
        ]


def roster(request: SignedInRequest, office: int) -> HttpResponse:
    here = _office_or_404(request, office)
    if request.method != "POST":
        return _page(request, here, RosterForm())
    form = RosterForm(request.POST, request.FILES)
    try:
        text = _text(form)
        preview = _previewed(text)
        if request.POST.get("go") == "import" and request.POST.get("mark") == preview.mark:
            whole = form.cleaned_data["how"] == WHOLE
            lines = preview.people.sound
            done = import_roster(here.pk, lines, by=request.user, whole=whole)
            messages.success(request, _("已导入 %(count)d 人。") % {"count": done.people})
            return redirect("office:roster", here.pk)
    except Refusal as refusal:
        form.refused(refusal)
        return _page(request, here, form)
    shown = RosterForm(initial={"text": text, "how": form.cleaned_data["how"]})
    return _page(request, here, shown, preview)


def template(request: SignedInRequest, office: int) -> HttpResponse:
    """An empty workbook for the roster."""
    _office_or_404(request, office)
    content = table_sheet.template(rules.FORM, rules.TABLE)
    response = HttpResponse(content, content_type=XLSX)
    name = content_disposition_header(as_attachment=True, filename=_("花名册-模板.xlsx"))
    response.headers["Content-Disposition"] = name or ""
    return response


def _office_or_404(request: SignedInRequest, pk: int) -> Office:
    """An office for all of whose people the person acts as its clerk."""
    for office, tracks in offices_of(request.user).items():
        if office.pk == pk and not tracks:
            return office
    raise Http404


def _text(form: RosterForm) -> str:
    if not form.is_valid():
        raise NotReady(_("内容太长或有误，请分几次导入"))
    file, text = form.cleaned_data["sheet"], str(form.cleaned_data["text"])
    if file is not None:
        if file.size > table_sheet.LARGEST:
            raise NotReady(_("文件超过2MB；请只保留要导入的行，另存后再上传"))
        return text_of(table_sheet.cells(file.read(), rules.MOST))
    if not text.strip():
        raise NotReady(_("请选择 Excel 文件，或者粘贴内容"))
    return text


def _previewed(text: str) -> Preview:
    people = rules.read_people(cells_of(text))
    if not people.has_headings or not people.lines:
        raise NotReady(_("没有认出表头；第一行须写明“姓名”“身份证号码”等，请下载模板对照"))
    mark = hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]
    return Preview(people, mark)


def _page(
    request: SignedInRequest, office: Office, form: RosterForm, preview: Preview | None = None
) -> HttpResponse:
    listed = page_of(request, roster_at(office.pk))
    rows = [(one, " · ".join(said for _label, said in rules.words_of(one.facts))) for one in listed]
    context = {
        "office": office,
        "form": form,
        "preview": preview,
        "page": listed,
        "rows": rows,
        "is_changed": preview is not None and request.POST.get("go") == "import",
    }
    return page(request, "office/roster.html", context, refused=bool(form.errors))
