"""From a deck that people edited back to its data: what it says now, what was generated, and what people changed.

Does not know the source. The deck is only read.
"""
