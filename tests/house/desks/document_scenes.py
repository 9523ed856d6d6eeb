"""Pages of the documents of offices, for counting what they ask of the database."""

from django.urls import reverse


def document_pages(world, lists):
    """Where offices write their documents."""
    subjects = {
        "nomination_report": (world.kashgar_handler, f"{world.cycle.pk}-{world.kashgar.pk}"),
        "public_notice": (world.hospital_handler, lists["publicity"][1].pk),
        "opinion_request": lists["opinion"],
    }
    for code, (who, key) in subjects.items():
        path = reverse("office:write_document", args=[code, getattr(key, "pk", key)])
        yield f"office:write_document {code}", who, path
    file = lists["opinion"][1].items.first().application
    path = reverse("office:file_documents", args=[file.number])
    yield "office:file_documents", world.kashgar_handler, path
