"""Tell people by e-mail through a mail server; a password only ever goes over TLS."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import TYPE_CHECKING

from orchestrator.notify.errors import NotTold
from orchestrator.notify.receivers import Mail, is_loopback
from orchestrator.notify.tidings import Tiding
from orchestrator.notify.words import worded

if TYPE_CHECKING:
    from orchestrator.secrets import Secret

TIMEOUT_S = 30.0


def tell_mail(
    mail: Mail,
    tiding: Tiding,
    password: Secret | None,
    *,
    trust: ssl.SSLContext | None = None,
    timeout_s: float = TIMEOUT_S,
) -> None:
    """Send ``tiding`` and return when a mail server took it.

    Raises:
        NotTold: it was not taken.
    """
    message = message_of(mail, tiding)
    if not mail.smtp:
        from orchestrator.notify.ses import send_by_ses

        send_by_ses(mail.ses_region, message)
        return
    try:
        with _opened(mail, trust or ssl.create_default_context(), timeout_s) as server:
            if mail.user:
                _log_in(server, mail, password)
            refused = server.send_message(message)
    except (smtplib.SMTPException, OSError) as error:
        raise _named(mail, error) from error
    if refused:
        raise NotTold(
            f"The mail server did not take mail for {', '.join(sorted(refused))}.",
            "Check these addresses.",
            retry=False,
        )


def message_of(mail: Mail, tiding: Tiding) -> EmailMessage:
    """Return the mail; told again it has the same id, so that mail programs show it once."""
    said = worded(tiding, mail.language)
    domain = parseaddr(mail.sender)[1].rpartition("@")[2] or "localhost"
    message = EmailMessage()
    message["From"] = mail.sender
    message["To"] = ", ".join(mail.to)
    message["Subject"] = said.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{tiding.tiding_id}.{mail.name}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(said.body)
    return message


def _opened(mail: Mail, trust: ssl.SSLContext, timeout_s: float) -> smtplib.SMTP:
    """Return the server's line, encrypted before anything of worth goes over it."""
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.smtp, mail.port, timeout=timeout_s, context=trust)
    server = smtplib.SMTP(mail.smtp, mail.port, timeout=timeout_s)
    try:
        if mail.security == "starttls":
            server.starttls(context=trust)
        elif not is_loopback(mail.smtp) and mail.user:
            raise NotTold("A password is never sent unencrypted.", "Choose TLS.", retry=False)
    except BaseException:
        server.close()
        raise
    return server


def _log_in(server: smtplib.SMTP, mail: Mail, password: Secret | None) -> None:
    if password is None:
        raise NotTold(
            f"The password of {mail.user} at {mail.smtp} is not known here.",
            "Set the mail receiver again and type its password.",
            retry=False,
        )
    if not isinstance(server.sock, ssl.SSLSocket):  # whatever led here: not in the clear
        raise NotTold("A password is never sent unencrypted.", "Choose TLS.", retry=False)
    server.login(mail.user, password.reveal())


def _named(mail: Mail, error: Exception) -> NotTold:
    """Return one of ours; the server's own words may repeat what it was given."""
    where = f"{mail.smtp}:{mail.port}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        again = 400 <= error.smtp_code < 500
        return NotTold(
            f"The mail server {where} does not accept the password.",
            "Set it again; many providers want a password made for apps.",
            retry=again,
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NotTold(
            f"The mail server {where} does not offer encryption.",
            "Choose TLS and its port (often 465), or another server.",
            retry=False,
        )
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return NotTold(
            f"The mail server {where} took mail for nobody.",
            "Check the addresses of who is told.",
            retry=any(400 <= code < 500 for code in codes),
        )
    if isinstance(error, smtplib.SMTPResponseException):
        return NotTold(
            f"The mail server {where} did not take the mail ({error.smtp_code}).",
            "Check the sender's address and the server's log.",
            retry=400 <= error.smtp_code < 500 or error.smtp_code < 0,
        )
    if isinstance(error, ssl.SSLError):
        return NotTold(
            f"The mail server {where} could not prove who it is.",
            "Check its name, port and kind of encryption.",
            retry=False,
        )
    return NotTold(
        f"The mail server {where} could not be reached ({type(error).__name__}).",
        "Check its name and port, and the network.",
        retry=True,
    )
