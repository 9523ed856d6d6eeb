"""The name that an applicant typed as signature in the form (签名), before it is submitted."""

from juxian.records.models import Application, Section
from juxian.regulation.form import Form
from juxian.selectors.form_reading import Answers


def signature_in(application: Application, form: Form, answers: Answers) -> str:
    """As the applicant typed it; "" where nobody did, or somebody typing for them (代填)."""
    signed = [
        (section.code, str(answers.get(section.code, {}).get(asked.code) or ""))
        for section in form.sections
        for asked in section.fields
        if asked.same_as
    ]
    code, name = next(((code, name) for code, name in signed if name), ("", ""))
    own = Section.objects.filter(
        application=application, code=code, saved_by=application.applicant_id
    )
    return name if name and own.exists() else ""
