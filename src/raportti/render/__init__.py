"""From a finished plan to documents: one folder a format.

A renderer imports nothing of ours but the plan, units and problems; it decides no layout.
"""
