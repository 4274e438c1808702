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


def support(voices: Iterable[Voice]) -> Support:
    """The support that voices give; a voice counts once, however often it was heard.

    One that supports and refutes makes the thing contested, as do two voices that differ. Refining
    and contextualising are neither. Without any support or refutation it is `none`.
    """
    heard = list(voices)
    refuted = any(voice.stance == Stance.REFUTES for voice in heard)
    supporting = [voice for voice in heard if voice.stance == Stance.SUPPORTS]
    if not supporting:
        return Support.REFUTED_ONLY if refuted else Support.NONE
    if refuted:
        return Support.CONTESTED
    if len({voice.id for voice in supporting}) == 1:
        return Support.SINGLE_VOICE
    kinds = {voice.source_kind for voice in supporting}
    groups = {voice.role_group for voice in supporting} - {None}
    if len(kinds) > 1 or len(groups) > 1:
        return Support.TRIANGULATED
    return Support.CORROBORATED
