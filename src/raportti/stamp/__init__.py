"""What a deck knows of itself: the report that it was made of, and what was written in each cell of its tables.

Knows no file format: a stamp is text that a deck carries.
"""

from raportti.stamp.records import FLOWING, CellStamp, ParagraphStamp, RowStamp, SlideStamp, Stamp
from raportti.stamp.taking import stamp_of
from raportti.stamp.text import LARGEST, read_stamp, stamp_text

__all__ = [
    "FLOWING", "LARGEST", "CellStamp", "ParagraphStamp", "RowStamp", "SlideStamp", "Stamp", "read_stamp", "stamp_of",
    "stamp_text",
]  # fmt: skip
