"""Everything the assessment app keeps, by subject."""

from assessment.models.agreed_plan import AgreedPlan
from assessment.models.assignment_texts import Competence, Moment
from assessment.models.assignments import Assignment, HandedOut, Proposal
from assessment.models.examining import Equivalence, LeftOut
from assessment.models.final import Final
from assessment.models.goals import Goal, Progress
from assessment.models.hearing import CompanyJudgement, Way
from assessment.models.interim import Interim, InterimView
from assessment.models.keuzedelen import KeuzedeelResult
from assessment.models.parties import Party
from assessment.models.plan import Part, Plan
from assessment.models.scores import Score
from assessment.models.statements import Finished, Statement, Trajectory
from assessment.models.student_view import StudentView
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
