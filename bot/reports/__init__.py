"""Figures for the shop's review meeting."""
