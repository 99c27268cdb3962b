"""From a deck that people edited back to what it was made of: what it says now, and what of that is data.

The deck is only read. Knows no source.
"""
