"""Everything the assessment app keeps, by subject."""

from assessment.models.assignment_texts import Competence, Moment
from assessment.models.assignments import Assignment, HandedOut, Proposal
from assessment.models.examining import Equivalence, LeftOut
from assessment.models.final import Final, StudentView
from assessment.models.goals import Goal, Progress
from assessment.models.hearing import CompanyJudgement, Way
from assessment.models.interim import Interim, InterimView, Party
from assessment.models.keuzedelen import KeuzedeelResult
from assessment.models.plan import AgreedPlan, Part, Plan
from assessment.models.scores import Score
from assessment.models.statements import Finished, Statement, Trajectory
from assessment.models.submissions import AssignmentJudgement, PracticeFit, Role, Submission

__all__ = [
    "AgreedPlan",
    "Assignment",
    "AssignmentJudgement",
    "CompanyJudgement",
    "Competence",
    "Equivalence",
    "Final",
    "Finished",
    "Goal",
    "HandedOut",
    "Interim",
    "InterimView",
    "KeuzedeelResult",
    "LeftOut",
    "Moment",
    "Part",
    "Party",
    "Plan",
    "PracticeFit",
    "Progress",
    "Proposal",
    "Role",
    "Score",
    "Statement",
    "StudentView",
    "Submission",
    "Trajectory",
    "Way",
]
