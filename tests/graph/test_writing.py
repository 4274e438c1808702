from cmo.services import recording
from cmo.domain.case import Project, Programme
from cmo.services.undoing import undo
def test_smoke(casebook, ann, programme, project):
    a = casebook.actor("ann")
    print(a)
    p2 = recording.record(casebook.graph, ann, Project(name="x", part_of=project)).id
    recording.edit(casebook.graph, ann, p2, 1, {"name":"y"})
    recording.retire(casebook.graph, ann, project, why="x")
    a = casebook.actor("ann")
    assert project not in a.visible_places and p2 not in a.visible_places and programme in a.visible_places
    recording.reinstate(casebook.graph, ann, project)
    recording.retire(casebook.graph, ann, programme, why="x")
    a = casebook.actor("ann")
    assert not a.visible_places
    recording.reinstate(casebook.graph, ann, programme)
    q = recording.record(casebook.graph, ann, Programme(name="P2")).id
    undo(casebook.graph, ann)
    assert casebook.actor("ann").visible_places
