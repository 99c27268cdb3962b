"""From a plan and a template to the bytes of a PowerPoint deck.

Knows no report, no layout's folder and no file: it draws what the plan says, where the plan says it.
"""
