"""Who holds others together, and where parties are drawn."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cmo.analysis.ties import cut_points, lanes


def test_the_one_in_the_middle_of_a_star_is_a_cut_point() -> None:
    assert cut_points([("hub", "a"), ("hub", "b"), ("hub", "c")]) == ("hub",)
    assert cut_points([("a", "b"), ("b", "c"), ("c", "a")]) == ()
    assert cut_points([]) == ()


def test_who_parts_most_comes_first() -> None:
    ties = [("b", x) for x in "acd"] + [("d", "e")]

    assert cut_points(ties) == ("b", "d")


parties = st.integers(1, 30).flatmap(
    lambda n: st.tuples(
        st.just([(f"n{i}", i * 7 % 4, 60.0 + i * 13 % 50) for i in range(n)]),
        st.lists(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).map(
                lambda pair: (f"n{pair[0]}", f"n{pair[1]}")
            ),
            max_size=40,
        ),
    )
)


@given(parties)
def test_no_two_boxes_overlap_and_all_are_within_the_width(
    drawn: tuple[list[tuple[str, int, float]], list[tuple[str, str]]],
) -> None:
    held, ties = drawn
    sizes = {id: size for id, _, size in held}

    layout = lanes(held, ties, 600)

    for row in {row for _, row in layout.parties.values()}:
        inside = sorted((x, id) for id, (x, at) in layout.parties.items() if at == row)
        assert inside[0][0] - sizes[inside[0][1]] / 2 >= -0.01
        assert inside[-1][0] + sizes[inside[-1][1]] / 2 <= layout.width + 0.01
        for (x, a), (y, b) in pairwise(inside):
            assert y - x >= (sizes[a] + sizes[b]) / 2


@given(parties)
def test_the_same_parties_are_drawn_in_the_same_places(
    drawn: tuple[list[tuple[str, int, float]], list[tuple[str, str]]],
) -> None:
    assert lanes(*drawn, 600) == lanes(*drawn, 600)


def test_a_tie_has_room_of_its_own_in_each_row_that_it_crosses() -> None:
    held = [("a", 0, 80.0), ("b", 1, 80.0), ("c", 2, 80.0)]

    layout = lanes(held, [("a", "c"), ("a", "b")], 300)

    ((x, row),) = layout.bends[0]
    assert row == 1
    assert abs(x - layout.parties["b"][0]) >= 45
    assert layout.bends[1] == ()


def test_a_lane_that_is_too_long_takes_several_rows() -> None:
    layout = lanes([(f"n{i}", 0, 100.0) for i in range(12)], [], 400)

    assert len({row for _, row in layout.parties.values()}) >= 4
    assert layout.width == 400


def test_nobody_gives_an_empty_layout() -> None:
    assert lanes([], [], 600).parties == {}
