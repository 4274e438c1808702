"""How well a thing is supported by independent voices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cmo.domain.vocabulary import Stance, Support


class Voice(NamedTuple):
    """Somebody heard on a thing once: an informant, or a source where nobody in it is known.

    `id` is the informant's, else the source's; `role_group` is None where it is not known, and for
    a source. A tuple, as tens of thousands are made for one answer.
    """

    id: str
    stance: str
    source_kind: str
    role_group: str | None = None


class Heard(NamedTuple):
    """What many voices on a thing come to, as far as its support depends on them.

    `refuted`: one refutes it. The others are of the voices that support it: the first and the last
    id, kind of source and role group in alphabetical order. Two that differ mean that there are
    several; None that there is none, or of role groups that none is known.
    """

    refuted: bool
    first_voice: str | None = None
    last_voice: str | None = None
    first_kind: str | None = None
    last_kind: str | None = None
    first_group: str | None = None
    last_group: str | None = None


def support(voices: Iterable[Voice]) -> Support:
    """The support that voices give; a voice counts once, however often it was heard.

    One that supports and refutes makes the thing contested, as do two voices that differ. Refining
    and contextualising are neither. Without any support or refutation it is `none`.
    """
    heard = list(voices)
    refuted = any(voice.stance == Stance.REFUTES for voice in heard)
    supporting = [voice for voice in heard if voice.stance == Stance.SUPPORTS]
    return _word(
        refuted,
        {voice.id for voice in supporting},
        {voice.source_kind for voice in supporting},
        {voice.role_group for voice in supporting} - {None},
    )


def support_in(parts: Iterable[Heard]) -> Support:
    """As `support`, of a thing that was heard in parts, such as a configuration and its links."""
    refuted, voices, kinds, groups = False, set(), set(), set()
    for part in parts:
        refuted = refuted or part.refuted
        voices |= {part.first_voice, part.last_voice}
        kinds |= {part.first_kind, part.last_kind}
        groups |= {part.first_group, part.last_group}
    return _word(refuted, voices - {None}, kinds - {None}, groups - {None})


def _word(
    refuted: bool, voices: set[str | None], kinds: set[str | None], groups: set[str | None]
) -> Support:
    if not voices:
        return Support.REFUTED_ONLY if refuted else Support.NONE
    if refuted:
        return Support.CONTESTED
    if len(voices) == 1:
        return Support.SINGLE_VOICE
    if len(kinds) > 1 or len(groups) > 1:
        return Support.TRIANGULATED
    return Support.CORROBORATED
