"""Everything the assessment app keeps, by subject."""

from assessment.models.goals import Goal, Progress
from assessment.models.hearing import CompanyJudgement, Way
from assessment.models.judgement import Assessment, Kind, Score

__all__ = ["Assessment", "CompanyJudgement", "Goal", "Kind", "Progress", "Score", "Way"]
