"""What an officer does with messages that wait in the outbox."""

from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import PlainForm, Words
from juxian.regulation.messages import LONGEST


class WordsForm(PlainForm):
    words = Words(label=_("内容"), limit=LONGEST, rows=4)
