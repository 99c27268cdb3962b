"""From a deck that people edited, and the data as they are now, to the deck with the new data and all that was edited.

Three versions meet: what was generated, what the deck is now, what the data say. Writes no file.
"""
