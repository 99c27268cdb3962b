"""From a deck that people edited, and the report of its source, to the deck with the new data and all edits.

Three versions meet: base (as it was generated), deck (as it is) and new (as the merged report is generated; its texts
are the source's where the deck keeps no edit). Writes no file.
"""
