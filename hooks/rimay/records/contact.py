"""A union's own contact at an outlet: private, merged into the preview only, never published."""

from typing import Annotated

from rimay.records.fields import About, Model, OutletId, Plain


class Contact(Model):
    """Whom the union knows at an outlet, as it stands in ``data/private/contacts.yml``, which git ignores."""

    outlet: Annotated[OutletId, About("medio del directorio", "outlet of the register", "radio-cutivalu")]
    name: Annotated[Plain | None, About("nombre", "name", "Nombre Apellido")] = None
    role: Annotated[Plain | None, About("programa o sección", "programme or desk", "Noticiero de las 6")] = None
    phone: Annotated[Plain | None, About("teléfono, entre comillas", "telephone, in quotes", '"999 999 999"')] = None
    email: Annotated[Plain | None, About("correo", "e-mail", "prensa@example.org")] = None
    hours: Annotated[Plain | None, About("mejor hora y cierre", "best time and deadline", "antes de las 11 a. m.")] = (
        None
    )
    last: Annotated[Plain | None, About("último contacto", "last contact", "2026-11, entrevista")] = None
    notes: Annotated[Plain | None, About("notas", "notes", "pide audio de 30 segundos")] = None

    @property
    def facts(self) -> tuple[str, ...]:
        """What is known, in order, for a row of the spreadsheet; unknown facts are empty."""
        return tuple(
            value or "" for value in (self.name, self.role, self.phone, self.email, self.hours, self.last, self.notes)
        )

    @property
    def line(self) -> str:
        """What is known, on one line."""
        return " · ".join(fact for fact in self.facts if fact)
