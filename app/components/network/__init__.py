"""The map of relations: a picture of our own that one can move about in, ask by key, and save."""

from components.network.details import COLUMNS, asked, legend, party, questions, relation
from components.network.offline import offline_page
from components.network.picture import ROOMY, picture
from components.network.shown import show_map

__all__ = [
    "COLUMNS",
    "ROOMY",
    "asked",
    "legend",
    "offline_page",
    "party",
    "picture",
    "questions",
    "relation",
    "show_map",
]
