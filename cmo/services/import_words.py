"""What the plan of an import says of its files, in words: on the command line and in the app."""

from __future__ import annotations

from cmo.exchange.documents.plan import Planned, Standing
from cmo.services.importing import Look

SURE = (None, "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
"""Encodings that a file cannot be taken to be in by accident."""


def standing(one: Planned) -> str:
    """What a file is to the casebook: new, same as S-1, changed from S-1, refused."""
    if one.held and one.standing is Standing.SAME:
        return f"{one.standing} as {one.held.code}"
    if one.held and one.standing is Standing.CHANGED:
        return f"{one.standing} from {one.held.code}"
    return f"{one.standing} as {one.same_as}" if one.same_as else str(one.standing)


def speakers(one: Planned) -> list[str]:
    """Who speaks in a file, and how that is known; eight at most."""
    who = [
        f"{s.label} is {s.pseudonym} ({s.known})" if s.pseudonym else f"{s.label} ({s.known})"
        for s in one.speakers
    ]
    return who[:8] + ([f"and {len(who) - 8} more"] if len(who) > 8 else [])


def notes(one: Planned, seen: Look) -> list[str]:
    """What there is to know of a file."""
    found = []
    if one.refusal:
        found.append(f"{one.refusal.wrong} {one.refusal.next_step}")
    if one.document and one.document.read_as not in SURE:
        guess = f"read as {one.document.read_as}, which is a guess: is this right? "
        found.append(f"{guess}“{_telling(one.text)}” Else name its encoding")
    if one.document and one.document.left_out:
        found.append(f"without {', '.join(one.document.left_out)}")
    if one.replaced:
        found.append(f"{one.replaced:,} {'name' if one.replaced == 1 else 'names'} replaced")
    version = seen.versions.get(one.file)
    if version and version.passages:
        again = sum(p.span is not None for p in version.passages)
        found.append(f"{again} of {len(version.passages)} coded passages found again")
    return found


def warnings(seen: Look) -> list[str]:
    """What else there is to know before one says yes."""
    said = []
    for one in seen.files:
        for taken, left in one.overlaps[:5]:
            said.append(
                f"{one.file}: {left} overlaps {taken}, which was replaced; see what is left of it."
            )
        if one.leftovers and one in seen.to_import:
            words = ", ".join(f"{word} ({n})" for word, n in one.leftovers[:8])
            said.append(f"{one.file}: perhaps names still: {words}.")
        version = seen.versions.get(one.file)
        for passage in version.passages if version else ():
            if passage.span is None:
                many = len(passage.codings)
                said.append(
                    f"{one.file}: not found again, and left with {one.held and one.held.code} "
                    f"({many} {'coding' if many == 1 else 'codings'}): "
                    f"“{short(passage.quote)}”"
                )
            elif passage.tier == "quote alone":
                said.append(
                    f"{one.file}: found by its words alone, so what is coded there waits to be "
                    f"affirmed: “{short(passage.quote)}”"
                )
    return said


def _telling(text: str) -> str:
    """Its words about the first letter that another encoding would have otherwise."""
    at = next((n for n, sign in enumerate(text) if not sign.isascii()), 0)
    begin = text.rfind(" ", 0, max(0, at - 20)) + 1
    return ("…" if begin else "") + short(" ".join(text[begin : begin + 200].split()))


def short(words: str) -> str:
    """Their beginning, where they are long."""
    return words if len(words) <= 60 else words[:59] + "…"
