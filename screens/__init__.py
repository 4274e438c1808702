"""Photographs of every page of the app, for the documentation and for whoever judges its looks."""
