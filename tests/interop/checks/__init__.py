"""Checks of what is made against the programs that people open it with."""
