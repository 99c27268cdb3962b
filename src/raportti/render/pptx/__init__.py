"""From a plan and a template to the bytes of a PowerPoint deck. Does not know reports, layout folders or files."""
