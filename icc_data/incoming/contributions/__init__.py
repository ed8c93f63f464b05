"""Collecting good practices: the template, reading what people send, and judging it."""
