"""What agreements, terms of office and actions leave time for."""

from rimay.deadlines import EXAMPLE, LAW, create_agreement_deadlines, create_deadlines
from rimay.records.agreement import Agreement
from rimay.records.campaign import Action, Campaign
from rimay.records.law import Law
from rimay.records.mandate import Mandate
from rimay.reminders import Reminder, create_calculator_data, create_reminders, describe_delay
from rimay.view.words import Words


class Deadlines(Words):
    """What a page template may ask of days that are due."""

    @property
    def deadline_law(self) -> Law:
        """The law that the deadlines come from."""
        return self.library.find(Law, LAW)

    def reminders(self, record: Agreement | Mandate) -> tuple[Reminder, ...]:
        """The deadlines of a record in words, in order; none where its dates are not known."""
        return create_reminders(create_deadlines(record), self.language, self._strings)

    @property
    def example_reminders(self) -> tuple[Reminder, ...]:
        """The deadlines of the worked example."""
        return create_reminders(create_agreement_deadlines(EXAMPLE), self.language, self._strings)

    def delay(self, agreement: Agreement) -> str:
        """Whether the petition came too early, in time or late; empty where that is not known."""
        if agreement.ends and agreement.presented:
            return describe_delay(agreement.ends, agreement.presented, self.language, self._strings)
        return ""

    @property
    def calculator_data(self) -> str:
        """What the script of the calculator needs to know, as JSON."""
        return create_calculator_data(self._strings)

    def took_place(self, campaign: Campaign, action: Action) -> bool:
        """Whether an event is over and was not called off with its campaign."""
        today = self.library.now.date()
        is_over = action.type == "event" and action.last_day is not None and action.last_day < today
        return is_over and not campaign.cancels(action, today)

    def is_open(self, campaign: Campaign, action: Action) -> bool:
        """Whether an action could be done when the page was made; its script looks again when it is read."""
        return campaign.is_open and (action.last_day is None or action.last_day >= self.library.now.date())
