"""Judges of finished documents; none knows anything of raportti, and importing this imports none of them."""
