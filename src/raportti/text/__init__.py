"""From spans of text to measured lines: fonts, advances, hyphenation. Does not know reports, tables or pages."""
