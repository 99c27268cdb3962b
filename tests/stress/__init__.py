"""Random reports, edited decks and new data, held against what other programs draw, save and read of them."""
