"""Text as shapes: fonts, advances, hyphenation and lines. Knows nothing of reports, tables or pages."""
