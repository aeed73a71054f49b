"""What stands before, after, above and around a record."""

from collections.abc import Iterator

from rimay.chronology import Moment, create_chronology, create_moments
from rimay.records.campaign import Campaign
from rimay.records.fields import Record
from rimay.records.form import Box, Form
from rimay.records.law import Law
from rimay.records.organisation import Organisation
from rimay.records.session import Session
from rimay.records.update import Update
from rimay.view.lists import Lists


class Relations(Lists):
    """What a page template may ask of the records around one."""

    def neighbours(self, session: Session) -> tuple[Record | None, Record | None]:
        """The written guides before and after this one in its course."""
        course, _ = self.library.course_of(session)
        ids = [planned.session for planned in course.sessions if planned.session]
        here = ids.index(session.id)
        before = self.library.get("session", ids[here - 1]) if here else None
        return before, self.library.get("session", ids[here + 1]) if here + 1 < len(ids) else None

    def practised(self, session: Session) -> list[tuple[Box, str]]:
        """Every box of the form a session practises: ``now``, ``before`` in the course, or not yet (empty)."""
        practice = session.form_practice
        if practice is None:
            return []
        course, number = self.library.course_of(session)
        earlier = {
            box
            for planned in course.sessions[: number - 1]
            if planned.session and (other := self.library.find(Session, planned.session).form_practice)
            for box in other.boxes
        }
        boxes = self.library.find(Form, practice.form).boxes
        return [(b, "now" if b.number in practice.boxes else "before" if b.number in earlier else "") for b in boxes]

    def related_laws(self, law: Law) -> list[Record]:
        """Laws that this one names as related, or that name this one."""
        ids = {*law.related, *(found.id for found in self.library.mentions(law, Law))} - {law.id}
        return self.records("law", sorted(ids))

    def laws_around(self, organisation: Organisation) -> list[Law]:
        """Laws that name an organisation, or that campaigns and updates which name it are about; the newest first."""
        ids = {law.id for law in self.library.mentions(organisation, Law)}
        for record in self.library.mentions(organisation, Record):
            if isinstance(record, Campaign | Update) and self.library.is_published(record):
                ids.update(record.laws)
        return [law for law in self.laws if law.id in ids]

    def moments(self, law: Law) -> list[Moment]:
        """The life of a law from its first moment."""
        return create_moments(law)

    @property
    def chronology(self) -> list[tuple[int, list[tuple[int, list[Moment]]]]]:
        """Every moment of every law by decade and year, the latest first."""
        return create_chronology(self.laws)

    @property
    def affiliations(self) -> list[tuple[int, Organisation]]:
        """Who is affiliated to whom, from the top: depth and organisation."""

        def branch(organisation: Organisation, depth: int) -> Iterator[tuple[int, Organisation]]:
            yield depth, organisation
            for member in (o for o in self.organisations if o.parent == organisation.id):
                yield from branch(member, depth + 1)

        tops = [o for o in self.organisations if o.parent is None and self.library.members_of(o)]
        return [place for top in tops for place in branch(top, 0)]
