"""Everything the assessment app keeps, by subject."""

from assessment.models.examining import Equivalence, LeftOut
from assessment.models.final import Final, StudentView
from assessment.models.goals import Goal, Progress
from assessment.models.hearing import CompanyJudgement, Way
from assessment.models.interim import Interim, InterimView, Party
from assessment.models.judgement import Assessment, Kind
from assessment.models.keuzedelen import KeuzedeelResult
from assessment.models.plan import AgreedPlan, Part, Plan
from assessment.models.scores import Score
from assessment.models.statements import Finished, Statement, Trajectory

__all__ = [
    "AgreedPlan",
    "Assessment",
    "CompanyJudgement",
    "Equivalence",
    "Final",
    "Finished",
    "Goal",
    "Interim",
    "InterimView",
    "KeuzedeelResult",
    "Kind",
    "LeftOut",
    "Part",
    "Party",
    "Plan",
    "Progress",
    "Score",
    "Statement",
    "StudentView",
    "Trajectory",
    "Way",
]
