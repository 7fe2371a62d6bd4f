"""A type of question that the platform does not have: heads or tails. Its files are all that a further type needs."""
