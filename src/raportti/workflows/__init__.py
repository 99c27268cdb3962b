"""What people ask for, a module each, named as the commands. Only ``build`` writes; the others return what to write."""
