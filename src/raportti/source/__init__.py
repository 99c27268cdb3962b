"""From files to a checked report with all problems at once, and back to the files. Does not know layouts."""
