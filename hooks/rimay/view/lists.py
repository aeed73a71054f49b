"""Records as they stand in lists, and the filters of lists."""

import json
from collections.abc import Iterable, Mapping

from rimay.alphabet import Entry as Line
from rimay.alphabet import create_alphabet
from rimay.collection import Collection, create_collections
from rimay.library import sort_key
from rimay.records.campaign import Campaign
from rimay.records.contact import Contact
from rimay.records.curriculum import Curriculum
from rimay.records.fields import PartialDate, Record
from rimay.records.form import Form
from rimay.records.indicator import Indicator
from rimay.records.law import Law
from rimay.records.organisation import Organisation
from rimay.records.outlet import Outlet
from rimay.records.template import Template
from rimay.records.term import Term
from rimay.records.update import Update
from rimay.records.vocabulary import Entry
from rimay.status import Status, create_status
from rimay.view.words import Words

#: A closed list and the values that occur, or pairs of value and words.
_Filter = tuple[str, set[str]] | list[tuple[str, str]]


class Lists(Words):
    """What a page template may ask of all records of a kind."""

    def record(self, kind: str, record_id: str) -> Record:
        """The record with the id."""
        return self.library.get(kind, record_id)

    def records(self, kind: str, ids: Iterable[str]) -> list[Record]:
        """The records with the ids."""
        return [self.library.get(kind, record_id) for record_id in ids]

    @property
    def organisations(self) -> list[Organisation]:
        """Every organisation, in alphabetical order."""
        return sorted(self.library.all(Organisation), key=lambda o: sort_key(o.label.get(self.language)))

    @property
    def laws(self) -> list[Law]:
        """Every law, the newest first."""
        return sorted(self.library.all(Law), key=lambda law: (law.published or PartialDate(0), law.id), reverse=True)

    @property
    def courses(self) -> list[Curriculum]:
        """Every course: rights first, as the letter of its code says, from Z to A."""
        return sorted(self.library.all(Curriculum), key=lambda c: c.code, reverse=True)

    @property
    def forms(self) -> list[Form]:
        """Every documentation form, the shortest first."""
        return sorted(self.library.all(Form), key=lambda form: len(form.boxes))

    @property
    def templates(self) -> list[Template]:
        """Every press template, in alphabetical order."""
        return sorted(self.library.all(Template), key=lambda t: sort_key(t.label.get(self.language)))

    @property
    def outlets(self) -> list[Outlet]:
        """Every outlet of the register, in alphabetical order."""
        return sorted(self.library.all(Outlet), key=lambda outlet: sort_key(outlet.name))

    @property
    def indicators(self) -> list[Indicator]:
        """Every indicator, in order of id."""
        return self.library.all(Indicator)

    @property
    def glossary(self) -> list[tuple[str, list[Term]]]:
        """The terms of the glossary under each letter that has any."""
        letters: dict[str, list[Term]] = {}
        for term in self.library.terms(self.language):
            key = sort_key(term.term.get(self.language))
            first = next((sign for sign in key if sign.isalnum()), "0")
            letters.setdefault("Ñ" if key.startswith("n~") else first.upper(), []).append(term)
        return list(letters.items())

    @property
    def alphabet(self) -> list[tuple[str, list[Line]]]:
        """Everything but updates under each letter."""
        return create_alphabet(self.library, self.page_language)

    @property
    def collections(self) -> list[Collection]:
        """What a reader can keep as a whole."""
        return list(create_collections(self.library, self.page_language))

    def contacts(self, outlet: Outlet) -> list[Contact]:
        """The union's own contacts at an outlet; none but in a preview."""
        return self.library.contacts_at(outlet)

    @property
    def status(self) -> Status:
        """How the site stands."""
        return create_status(self.library)

    def mentions(self, record: Record, kind: str) -> list[Record]:
        """Published records of a kind that name this one; updates newest first."""
        found = [r for r in self.library.mentions(record, Record) if r.kind == kind and self.library.is_published(r)]
        return found[::-1] if kind == "update" else found

    def by_value(self, records: Iterable[Record], field_name: str, vocabulary: str) -> list[tuple[str, list[Record]]]:
        """Records grouped by a listed field, in the order of the closed list; empty groups left out."""
        groups: dict[str, list[Record]] = {key: [] for key in getattr(self.library.vocabulary, vocabulary)}
        for record in records:
            for key in _keys(getattr(record, field_name)):
                groups[key].append(record)
        return [(key, found) for key, found in groups.items() if found]

    def filters(self, records: Iterable[Record], fields: Mapping[str, tuple[str, str]]) -> str:
        """Filters of a list of records, as JSON: each name with its field and the closed list of its values."""
        found = list(records)
        return self._filters(
            **{
                name: (vocabulary, {key for record in found for key in _keys(getattr(record, field))})
                for name, (field, vocabulary) in fields.items()
            }
        )

    def update_filters(self, updates: Iterable[Update], without: str = "") -> str:
        """Filters of a list of updates by campaign, sector and region, as JSON; not by what all of them share."""
        found = [(u, self.library.find(Campaign, u.campaign)) for u in updates]
        campaigns = {campaign.id: campaign.title.get(self.language) for _, campaign in found}
        names = sorted(campaigns.items(), key=lambda item: sort_key(item[1]))
        sectors = {sector for _, campaign in found for sector in campaign.sectors}
        regions = {region for update, campaign in found for region in update.regions or campaign.regions}
        filters: dict[str, _Filter] = {
            "campaign": names,
            "sector": ("sectors", sectors),
            "region": ("regions", regions),
        }
        filters.pop(without, None)
        return self._filters(**filters)

    def _filters(self, **filters: _Filter) -> str:
        """Filters as JSON: a closed list and the values that occur, or pairs of value and words."""
        made = []
        for name, values in filters.items():
            if isinstance(values, tuple):
                entries: Mapping[str, Entry] = getattr(self.library.vocabulary, values[0])
                options = [(key, entry.label.get(self.language)) for key, entry in entries.items() if key in values[1]]
            else:
                options = values
            made.append({"name": name, "label": self.raw(f"filter.{name}"), "options": options})
        return json.dumps(made, ensure_ascii=False)


def _keys(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """The keys that a listed field holds, whether it holds one or several."""
    return (value,) if isinstance(value, str) else value
