"""Small words: numbers with their nouns, texts cut to a length, plurals."""

from __future__ import annotations


def counted(many: int, one: str, several: str = "") -> str:
    """A number with its noun."""
    return f"{many} {one if many == 1 else several or one + 's'}"


def cut(text: str, most: int = 48) -> str:
    """A text of at most `most` characters, with an ellipsis where it was longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def breakable(text: str, most: int = 18) -> str:
    """A text whose words may break after `most` letters where a column is too narrow for them."""

    def pieces(word: str) -> str:
        return "\u200b".join(word[i : i + most] for i in range(0, len(word), most))

    return " ".join(map(pieces, text.split(" ")))


def several(word: str) -> str:
    """The plural of a kind: 'theories', 'codings'."""
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
