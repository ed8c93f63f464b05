"""Carrying over what was published since last time: many files into one table to decide on, and back into the data."""
