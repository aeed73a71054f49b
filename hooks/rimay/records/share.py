"""Words to share a campaign or an update by."""

from typing import Annotated

from rimay.records.fields import About, Lines, Model, Text


class Share(Model):
    """Texts to share by. Each has a default made from the record."""

    whatsapp: Annotated[Lines | None, About("para WhatsApp", "for WhatsApp", "{es: …, en: …}")] = None
    social: Annotated[Text | None, About("para redes sociales", "for social networks", "{es: …, en: …}")] = None
    email_subject: Annotated[Text | None, About("asunto del correo", "subject of the e-mail", "{es: …, en: …}")] = None
    email: Annotated[Lines | None, About("texto del correo", "text of the e-mail", "{es: …, en: …}")] = None


ShareTexts = Annotated[Share | None, About("textos para compartir", "texts to share by", "{social: {es: …, en: …}}")]
