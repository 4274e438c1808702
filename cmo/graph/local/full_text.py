"""Full-text indexes of the local engine: it knows them, but not the statement that makes them.

The migrations declare them in the words of Neo4j. The engine's own process makes those that it
lacks, in the engine's own words, each time it starts and before anybody can ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cmo import shipped

_DECLARED = re.compile(
    r"CREATE FULLTEXT INDEX (?P<name>\w+) IF NOT EXISTS FOR \(n:(?P<label>\w+)\) "
    r"ON EACH \[n\.(?P<property>\w+)\] "
    r"OPTIONS \{indexConfig: \{`fulltext\.analyzer`: '(?P<analyzer>\w+)'\}\};"
)
_ANALYZERS = {
    "english": "org.apache.lucene.analysis.en.EnglishAnalyzer",
    "whitespace": "org.apache.lucene.analysis.core.WhitespaceAnalyzer",
}


@dataclass(frozen=True)
class FullText:
    """A full-text index of one property; `analyzer` is how Neo4j calls what parts it into words."""

    name: str
    label: str
    property: str
    analyzer: str

    def statements(self) -> tuple[str, ...]:
        """What makes it, in the engine's SQL; a second time it changes nothing."""
        metadata = f'{{"analyzer": "{_ANALYZERS[self.analyzer]}"}}'
        made = f"CREATE INDEX {self.name} IF NOT EXISTS ON {self.label} ({self.property})"
        return (
            f"CREATE VERTEX TYPE {self.label} IF NOT EXISTS",
            f"CREATE PROPERTY {self.label}.{self.property} IF NOT EXISTS STRING",
            f"{made} FULL_TEXT METADATA {metadata}",
        )


def declared() -> tuple[FullText, ...]:
    """The full-text indexes of all migrations that ship with the program."""
    return tuple(
        FullText(**found.groupdict())
        for path in sorted((shipped.folder("cypher") / "schema").glob("*.cypher"))
        for found in _DECLARED.finditer(path.read_text(encoding="utf-8"))
    )


def make_full_text_indexes(database: Any) -> None:
    """Makes those that the engine's database lacks."""
    for index in declared():
        for statement in index.statements():
            database.command("sql", statement).close()
