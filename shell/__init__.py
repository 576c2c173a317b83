"""The commands of manage.py: each parses its words, asks one service, prints the answer."""
