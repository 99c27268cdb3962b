"""From files to a checked model with all problems at once. Knows nothing of layouts."""
