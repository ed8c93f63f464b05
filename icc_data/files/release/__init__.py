"""A release of the data: a quarter's tables with one name, what differs in them, and the numbers in the texts."""
