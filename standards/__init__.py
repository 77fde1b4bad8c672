"""The handbook in plain Python: its standards, its numbers, and what they say about known facts.

Nothing in here knows Django, a database or the clock; the day asked about is always an argument.
"""

from standards.checks import judge_placement, judge_request
from standards.deadlines import Moment, moments
from standards.explain import Explanation, why
from standards.facts import (
    AccreditationFact,
    AssessmentFacts,
    ContactFact,
    DeviationFact,
    InterimFact,
    PlacementFacts,
    PokFact,
    RequestFacts,
)
from standards.findings import Finding
from standards.handbook import CATALOGUE, RULES, Rule, Standard
from standards.outcomes import Outcome, is_soon, outcome
from standards.periods import Period, period_of, periods

__all__ = [
    "CATALOGUE",
    "RULES",
    "AccreditationFact",
    "AssessmentFacts",
    "ContactFact",
    "DeviationFact",
    "Explanation",
    "Finding",
    "InterimFact",
    "Moment",
    "Outcome",
    "Period",
    "PlacementFacts",
    "PokFact",
    "RequestFacts",
    "Rule",
    "Standard",
    "is_soon",
    "judge_placement",
    "judge_request",
    "moments",
    "outcome",
    "period_of",
    "periods",
    "why",
]
