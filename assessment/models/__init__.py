"""Everything the assessment app keeps, by subject."""

from assessment.models.final import Final, StudentView
from assessment.models.goals import Goal, Progress
from assessment.models.hearing import CompanyJudgement, Way
from assessment.models.interim import Interim, InterimView, Party
from assessment.models.plan import AgreedPlan, Part, Plan
from assessment.models.scores import Score

__all__ = [
    "AgreedPlan",
    "CompanyJudgement",
    "Final",
    "Goal",
    "Interim",
    "InterimView",
    "Part",
    "Party",
    "Plan",
    "Progress",
    "Score",
    "StudentView",
    "Way",
]
