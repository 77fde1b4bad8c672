"""How days are written on screen, on paper and in mail."""

from standards.words import days as days
from standards.words import long_date as long_date
