"""The local web app: one report, its files, and the browsers that show and change it."""
