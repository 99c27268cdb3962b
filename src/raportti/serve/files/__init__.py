"""Files out and files in: documents, what files from elsewhere say, and what is chosen of it."""
