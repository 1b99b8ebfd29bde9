"""What an alert of clients is about, as the subject that knows of it declares it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Kind:
    """What a kind of alert begins with, and how its users are told.

    unit : "days", "percent", "stars" or "" without a threshold; least : smallest threshold. tell :
    whom at first, see ``ai.alert.rule.tell``. activity : external id of the type of activity that
    each alert makes; "" where each user gets one message with all that is new. template : external
    id of the mail for the client, "" for none; mail_days : days between two mails to a client.
    """

    threshold: int = 0
    unit: str = ""
    least: int = 0
    tell: str = "operator"
    activity: str = "mail.mail_activity_data_todo"
    template: str = ""
    mail_days: int = 7


@dataclass(frozen=True)
class Fact:
    """Something that holds now, of a client.

    partner_id : id of the commercial entity. key : tells facts of one client and kind apart.
    amount : in the company's currency. since : the day it holds from. user_id : who is told,
    whatever the rule says; None for whom the rule names. may_mail : whether the client may get the
    rule's mail now.
    """

    partner_id: int
    key: str = ""
    amount: float = 0.0
    since: date | None = None
    user_id: int | None = None
    may_mail: bool = True
