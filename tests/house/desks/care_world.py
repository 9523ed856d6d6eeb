"""Sheets for the register of offices, as somebody sends them in."""

from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from juxian.regulation.words import SheetKind
from juxian.selectors.register_tables import captions_of, form_of


def workbook(kind, *rows):
    """A sheet with all headings of its kind; rows by code of column."""
    captions = captions_of(form_of(SheetKind(kind)))
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, captions.values())
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [row.get(code, "") for code in captions])
    return content.getvalue()


def send(client, kind, content):
    """The answer to a sheet that was sent in; the preview unless it was refused."""
    sheet = SimpleUploadedFile("sheet.xlsx", content)
    return client.post(reverse("care:send_in", args=[kind]), {"sheet": sheet}, follow=True)


def confirm(client, preview):
    return client.post(preview.request["PATH_INFO"], follow=True)


def units(*numbers, **facts):
    """Lines of offices below the prefecture."""
    unit = {"kind": "事业单位", "region": "653101", "files_to": "kashgar", **facts}
    return [{"code": f"unit-{n}", "name": f"第{n}单位", **unit} for n in numbers]
