"""The handbook in plain Python: its standards, its numbers, and what they say about known facts.

Nothing in here knows Django, a database or the clock; the day asked about is always an argument.
"""

from standards.checks import Finding, judge_placement, judge_request
from standards.facts import AccreditationFact, ContactFact, PlacementFacts, PokFact, RequestFacts
from standards.outcomes import Outcome, is_soon, outcome
from standards.timeline import Moment, moments

__all__ = [
    "AccreditationFact",
    "ContactFact",
    "Finding",
    "Moment",
    "Outcome",
    "PlacementFacts",
    "PokFact",
    "RequestFacts",
    "is_soon",
    "judge_placement",
    "judge_request",
    "moments",
    "outcome",
]
