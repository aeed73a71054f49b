"""Words that a campaign or an update is shared by: the record's own, or made from it."""

from dataclasses import dataclass
from urllib.parse import quote

from rimay.library import Library
from rimay.records.campaign import Campaign
from rimay.records.share import Share
from rimay.records.update import Update
from rimay.text import first_sentences


@dataclass(frozen=True)
class ShareWords:
    """What goes out with a record's full address: plain text for each way of sharing."""

    url: str
    whatsapp: str
    social: str
    email_subject: str
    email: str

    @property
    def whatsapp_link(self) -> str:
        """Opens WhatsApp with the words."""
        return f"https://wa.me/?text={quote(self.whatsapp, safe='')}"

    @property
    def mail_link(self) -> str:
        """Opens the mail program with the words."""
        body = self.email.replace("\n", "\r\n")
        return f"mailto:?subject={quote(self.email_subject, safe='')}&body={quote(body, safe='')}"


def create_share(record: Campaign | Update, library: Library, language: str, site_url: str) -> ShareWords:
    """The words to share a record by in a language."""
    url = site_url + library.address(record, language)
    own = record.share or Share()
    title = record.title.get(language)
    summary = (
        record.summary.get(language) if isinstance(record, Campaign) else first_sentences(record.text.get(language))
    )
    social = own.social.get(language) if own.social else title
    whatsapp = own.whatsapp.get(language) if own.whatsapp else f"{title}\n\n{summary}"
    email = own.email.get(language) if own.email else summary
    return ShareWords(
        url=url,
        whatsapp=f"{whatsapp}\n\n{url}",
        social=f"{social} {url}",
        email_subject=own.email_subject.get(language) if own.email_subject else title,
        email=f"{email}\n\n{url}",
    )
