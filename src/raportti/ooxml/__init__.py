"""How a package of Open XML (ISO/IEC 29500) is put together, read and found again. Does not know reports or decks."""
