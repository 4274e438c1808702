"""Measurements of this program, run with `make bench`; nothing here is asserted in a test."""
