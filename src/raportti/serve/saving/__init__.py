"""One truth, the files: what is read of them, what forms change in them, and what undoes it."""
