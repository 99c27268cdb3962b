"""The browser's side: who may come in, what is answered, in which language, and what is told to open pages."""
