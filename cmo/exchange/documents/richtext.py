"""Rich text (.rtf)."""

from __future__ import annotations

import re

from cmo.domain.spans import read_text
from cmo.exchange.documents.document import Document, unreadable

_LEFT_OUT = {r"\footnote": "footnotes", r"\annotation": "comments", r"\pict": "pictures"}
_UNSEEN = {"v": "hidden text", "deleted": "deleted text"}
"""Control words from which on nothing is shown, to the end of their group or their own 0."""
_HIDES = re.compile(r"\\(?:v|deleted)(?![a-z])")
_TOKEN = re.compile(
    r"\\([A-Za-z]+)(-?\d+)? ?|\\'[0-9A-Fa-f]{2}|\\[^A-Za-z]|[{}]|[^\\{}]+", re.DOTALL
)
_DEEPEST = 2_000


def read_rtf(data: bytes, encoding: str | None = None) -> Document:
    """The text of an .rtf, without its headings: rich text knows only how they look; without what
    was deleted with changes tracked, or is hidden.

    Raises InvalidInput for one that is not whole.
    """
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise unreadable(
            "It is no rich text: it does not begin with {\\rtf.",
            "Give it the ending of what it is, or save it again.",
        )
    source = data.decode("latin-1")
    _refuse_broken(source)
    source, unseen = _seen(source) if _HIDES.search(source) else (source, ())
    # Characters beyond ASCII that stand there as they are, against the standard.
    source = re.sub("[\x80-\xff]", lambda m: f"\\'{ord(m[0]):02x}", source)
    try:
        text: str = rtf_to_text(source, encoding=encoding or "cp1252")  # type: ignore[no-untyped-call]  # it has none
    except (ValueError, LookupError, IndexError) as error:
        raise unreadable(
            "It is damaged: it holds characters that its own encoding does not have.",
            "Open it in a word processor and save it again, best as .docx.",
        ) from error
    # What is beyond the first plane stands there as two halves.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    left_out = tuple(name for word, name in _LEFT_OUT.items() if word in source)
    return Document(read_text(text).strip("\n"), (), None, (*left_out, *unseen))


def _seen(source: str) -> tuple[str, tuple[str, ...]]:
    """The source without what is not shown, and what that was, in words."""
    kept: list[str] = []
    groups: list[frozenset[str]] = [frozenset()]
    unseen: dict[str, None] = {}
    for token in _TOKEN.finditer(source):
        words, control = token[0], token[1]
        if words == "{":
            groups.append(groups[-1])
        elif words == "}":
            groups = groups[:-1] or [frozenset()]
        elif control in _UNSEEN:
            groups[-1] = groups[-1] - {control} if token[2] == "0" else groups[-1] | {control}
            continue
        elif control == "plain":
            groups[-1] = groups[-1] - {"v"}
        elif groups[-1]:
            if words.strip() and control is None:
                unseen |= {_UNSEEN[one]: None for one in groups[-1]}
            continue
        kept.append(words)
    return "".join(kept), tuple(unseen)


def _refuse_broken(source: str) -> None:
    """Raises InvalidInput where groups are not closed, or lie in one another without measure."""
    depth = deepest = 0
    for sign in re.finditer(r"\\[\\{}]|[{}]", source):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        deepest = max(deepest, depth)
    if depth > 0:
        raise unreadable(
            "It is not whole: it ends in the middle.", "Copy or export it again from where it was."
        )
    if deepest > _DEEPEST:
        raise unreadable(
            "Its groups lie in one another too deep to be read.",
            "Save its text alone, as .txt, and check where it comes from.",
        )
