"""Mail (邮件), as Django's settings send it."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from juxian.jobs.carriers.answers import Bounced, NotTaken, Unclear

LATER = range(400, 500)  # SMTP: not now


def send(address: str, title: str, text: str, key: str) -> None:
    """Hand it over; NotTaken, Bounced or Unclear where that did not succeed."""
    connection = get_connection()
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    message = EmailMessage(
        f"【{settings.SMS_SIGNATURE}】{title}",
        text,
        to=[address],
        headers={"Message-ID": f"<{key}@{host}>"},
        connection=connection,
    )
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        raise NotTaken(_("连不上邮件服务器"), again=True) from None
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        if code in LATER:
            raise NotTaken(_("收件人的邮箱暂时不收"), again=True) from None
        raise Bounced(_("收件人的邮箱不存在或拒收")) from None
    except smtplib.SMTPResponseException as refused:
        reason = _("邮件服务器拒收（%(code)d）") % {"code": refused.smtp_code}
        raise NotTaken(reason, again=refused.smtp_code in LATER) from None
    except (OSError, smtplib.SMTPException):
        raise Unclear(_("发送后没有收到邮件服务器的答复")) from None
    finally:
        connection.close()
