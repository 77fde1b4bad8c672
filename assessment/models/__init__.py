"""Everything the assessment app keeps, by subject."""

from assessment.models.assignment_texts import Competence, Moment
from assessment.models.assignments import Assignment, HandedOut, Proposal
from assessment.models.goals import Goal, Progress
from assessment.models.hearing import CompanyJudgement, Way
from assessment.models.judgement import Assessment, Kind, Score
from assessment.models.submissions import AssignmentJudgement, PracticeFit, Role, Submission

__all__ = [
    "Assessment",
    "Assignment",
    "AssignmentJudgement",
    "CompanyJudgement",
    "Competence",
    "Goal",
    "HandedOut",
    "Kind",
    "Moment",
    "PracticeFit",
    "Progress",
    "Proposal",
    "Role",
    "Score",
    "Submission",
    "Way",
]
