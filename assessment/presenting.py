"""The parts of the plan with what each of the three gave, for one reader."""

from dataclasses import dataclass
from typing import Any

from assessment.models import AgreedPlan, Part, Score
from assessment.rights import Moment, Rights


@dataclass(frozen=True)
class Line:
    """A part with the scores in words; empty where there is none, or where the reader may not see it yet."""

    part: Part
    student: str
    company: str
    school: str

    @property
    def differs(self) -> bool:
        """Student and leerbedrijf both gave a score, and not the same."""
        return bool(self.student and self.company and self.student != self.company)


def beside(agreed: AgreedPlan | None, *, view: Any, judged: Any, final: Any, may: Rights, moment: Moment) -> list[Line]:
    """One line a part; none when nobody gave a score that the reader may see."""
    if agreed is None:
        return []
    student = view.scores if view and may.read_own else {}
    company = judged.scores if judged and may.read_company and moment.company_in else {}
    school = final.scores if final and may.read_final else {}
    if not (student or company or school):
        return []
    return [
        Line(part, *(_word(scores.get(str(part.pk))) for scores in (student, company, school)))
        for part in agreed.plan.parts.all()
    ]


def _word(score: str | None) -> str:
    return str(Score(score).label) if score else ""
