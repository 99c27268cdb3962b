"""The way back: any deck judged, and decks of ours read, brought up to date or made a source. A room each."""
