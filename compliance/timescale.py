"""Where a day stands on the bpv-lijn."""

from datetime import date, timedelta

LEFT, RIGHT = 14.0, 1138.0
ROOM = 150.0  # left free beside the line for a label, when today stands close to its end
EDGES = ((LEFT, RIGHT), (LEFT, RIGHT - ROOM), (LEFT + ROOM, RIGHT))
SETTLED, ENDING = timedelta(weeks=4), timedelta(weeks=2)


class Scale:
    """From days to the width of the drawing.

    Even, but for what is short beside a long bpv: the preparation, the first weeks, the last weeks and the time after
    it each keep the room that their labels need; the weeks below the line show it.
    """

    def __init__(self, first: date, last: date, start: date, end: date, edges: tuple[float, float]) -> None:
        self.first, self.last = first, last
        self.left, self.right = edges
        settled, ending = start + SETTLED, end - ENDING
        inner = [(start, settled, 95.0), (settled, ending, 60.0), (ending, end, 75.0)]
        middle = inner if settled < ending else [(start, end, 230.0)]
        pieces = [(first, start, 370.0), *middle, (end, last, 100.0)]
        self.pieces = self.widths([piece for piece in pieces if piece[0] < piece[1]])

    def widths(self, pieces: list[tuple[date, date, float]]) -> list[tuple[date, date, float]]:
        """Each piece with its width: as many as its days ask for, but no less than it needs."""
        width, days = self.right - self.left, sum((last - first).days for first, last, _least in pieces)
        small: dict[date, float] = {}
        while True:
            found = {first: least for first, last, least in pieces if (last - first).days * width / days < least}
            found = {first: least for first, least in found.items() if first not in small}
            if not found or len(small) + len(found) == len(pieces):
                break
            small |= found
            width = self.right - self.left - sum(small.values())
            days = sum((last - first).days for first, last, _least in pieces if first not in small)
        return [(first, last, small.get(first, (last - first).days * width / days)) for first, last, _least in pieces]

    def x(self, day: date) -> float:
        """Where a day is; outside the line its nearest end."""
        x = self.left
        for first, last, width in self.pieces:
            if day < last:
                return x + max((day - first).days, 0) / (last - first).days * width
            x += width
        return x
