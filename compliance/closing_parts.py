"""What a dossier lacks at its closing of what lies outside the assessment: said, and it never blocks (S8-d)."""

from collections.abc import Iterator

from assessment.closing import Known, Missing, Part
from compliance import worklist
from compliance.facts import facts_of
from standards import judge_placement


def unmet(known: Known) -> Iterator[Missing]:
    """A POK that is signed and filed (G-06, S5), and the talks of every period or why there were fewer (S6.2)."""
    placement, today = known.placement, known.today
    found = judge_placement(facts_of(placement), today=today)
    undone = {finding.rule: finding for finding in found if finding.done_on is None and finding.deviated_on is None}
    if finding := undone.get("POK-03") or undone.get("S5"):
        pok = worklist.live_poks({placement.pk}).get(placement.pk)
        yield known.lacks(Part.POK, blocks=False, note=worklist.missing(finding, pok, today))
    if "S6.2-a" in undone:
        yield known.lacks(Part.TALKS, blocks=False)
