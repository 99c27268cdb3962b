"""``python -m raportti``: the command line."""

from raportti.cli import main

main()
