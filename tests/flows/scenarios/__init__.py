"""Whole conversations by strangers, judged by what is on record at the end."""
