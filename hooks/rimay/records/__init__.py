"""One model per kind of record. To add a kind: CONTRIBUTING.md, “A new kind of record”."""

from typing import Final

from rimay.records.agreement import Agreement
from rimay.records.campaign import Campaign
from rimay.records.curriculum import Curriculum
from rimay.records.fields import Record
from rimay.records.form import Form
from rimay.records.indicator import Indicator
from rimay.records.law import Law
from rimay.records.mandate import Mandate
from rimay.records.organisation import Organisation
from rimay.records.outlet import Outlet
from rimay.records.session import Session
from rimay.records.template import Template
from rimay.records.update import Update

KINDS: Final[dict[str, type[Record]]] = {
    model.kind: model
    for model in (
        Organisation,
        Law,
        Curriculum,
        Session,
        Form,
        Template,
        Outlet,
        Agreement,
        Mandate,
        Campaign,
        Update,
        Indicator,
    )
}
