"""Random reports, held against what other programs draw of them: the proof that no table leaves its slide."""
