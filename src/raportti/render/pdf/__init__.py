"""From an HTML page to a tagged PDF (PDF/UA-1), drawn in a process of its own and compared with the plan."""
