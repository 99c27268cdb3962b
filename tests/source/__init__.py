"""Tests of the source side: every rule for the data, in each form that it can be broken in."""
