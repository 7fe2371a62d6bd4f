"""Keeping all that there is: carrying every row from one database to another, and into one file and back."""
