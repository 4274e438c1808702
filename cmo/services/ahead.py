"""What pages tell of a whole programme, worked out before anybody asks for one.

A large programme takes seconds to count anew after a start; whoever opens it then need not wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.configurations import configurations
from cmo.services.evidence_grid import Wanted, passages
from cmo.services.genesis import genesis
from cmo.services.interview_cards import interview_cards, role_groups
from cmo.services.journal import journal
from cmo.services.mentioning import mentions
from cmo.services.overview import board, needs
from cmo.services.recurring import about
from cmo.services.regularities import regularities
from cmo.services.relating import relations
from cmo.services.remembering import whole
from cmo.services.supporting import support_of_all
from cmo.services.tallying import extent, how_many_codings
from cmo.services.texts import MOST_TARGETS, targets
from cmo.services.theme_grid import sub_cases, theme_grid

PLAIN = (
    "case/projects",
    "case/themes",
    "patterns/namings",
    "evidence/findings",
    "evidence/coders",
    "evidence/role_groups",
)
"""Queries over a whole programme that other pages show as they are."""


def work_ahead(
    graph: Graph, actor: Actor, programme_id: str, after_home: Callable[[], None] = lambda: None
) -> None:
    """Lets everything that pages tell of this programme as a whole be remembered, as the actor may
    see it; what Home tells comes first, then `after_home` is called, which may take its time.

    Writes nothing. Raises what the pages would: NotFound, CasebookUnusable.
    """
    for work in _home(graph, actor, programme_id):
        work()
    after_home()
    for work in _others(graph, actor, programme_id):
        work()


def _home(graph: Graph, actor: Actor, programme_id: str) -> Iterator[Callable[[], object]]:
    who = (graph, actor, programme_id)
    yield lambda: extent(*who)
    yield lambda: regularities(*who)
    yield lambda: board(*who)
    yield lambda: needs(*who)
    yield lambda: journal(graph, actor)
    for name in ("case/timeline", "case/events"):
        yield partial(whole, graph, name, actor, programme_id=programme_id)


def _others(graph: Graph, actor: Actor, programme_id: str) -> Iterator[Callable[[], object]]:
    who = (graph, actor, programme_id)
    for name in PLAIN:
        yield partial(whole, graph, name, actor, programme_id=programme_id)
    yield lambda: configurations(*who)
    yield lambda: support_of_all(*who)
    yield lambda: targets(*who, None, MOST_TARGETS)
    yield lambda: relations(*who)
    yield lambda: mentions(*who)
    yield lambda: about(graph, actor, regularities(*who))
    yield lambda: sub_cases(*who, [case.id for case in theme_grid(*who).fullest])
    yield lambda: genesis(*who)
    yield lambda: how_many_codings(*who)
    yield lambda: passages(*who, Wanted())
    yield lambda: [interview_cards(*who, group.name) for group in role_groups(*who)[:1]]
