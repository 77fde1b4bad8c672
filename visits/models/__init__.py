"""Talks, questions, safety, guidance and the achterwacht."""

from visits.models.guidance import GuidanceJudgement, StartAgreements, StartNotice
from visits.models.questions import Channel, HelpRequest, RequestKind, RequestStep, Sender
from visits.models.safety import Incident, IncidentKind, IncidentReading, IncidentStep, Recipient
from visits.models.standby import Duty
from visits.models.talks import (
    ActionPoint,
    CalendarFeed,
    CloseWatch,
    ContactKind,
    ContactMoment,
    ConversationForm,
    Correction,
    Occasion,
    Party,
    Preparation,
    Talk,
    Topic,
)

__all__ = [
    "ActionPoint",
    "CalendarFeed",
    "Channel",
    "CloseWatch",
    "ContactKind",
    "ContactMoment",
    "ConversationForm",
    "Correction",
    "Duty",
    "GuidanceJudgement",
    "HelpRequest",
    "Incident",
    "IncidentKind",
    "IncidentReading",
    "IncidentStep",
    "Occasion",
    "Party",
    "Preparation",
    "Recipient",
    "RequestKind",
    "RequestStep",
    "Sender",
    "StartAgreements",
    "StartNotice",
    "Talk",
    "Topic",
]
