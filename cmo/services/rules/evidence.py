"""Rules of sources, informants, passages, codings and assessments."""

from __future__ import annotations

from cmo.domain.spans import quote_at
from cmo.domain.vocabulary import Anchor, Basis
from cmo.graph.graph import Transaction
from cmo.services.rules.case import refuse_synthetic, refuse_unstated
from cmo.services.rules.written import Written, refuse


def sources(tx: Transaction, written: list[Written]) -> None:
    """Turns ascend and each has its label; a synthetic source stands in a synthetic programme."""
    for one in written:
        starts, speakers = one.fields["turn_starts"], one.fields["turn_speakers"]
        if one.sets("turn_starts", "turn_speakers") and len(starts) != len(speakers):
            raise refuse(
                "Source: turn_starts and turn_speakers differ in length.",
                "Give one label for each turn.",
                "turn_speakers",
            )
        if one.sets("turn_starts") and list(starts) != sorted(set(starts)):
            raise refuse("Source: turn_starts do not ascend.", "Give them in order.", "turn_starts")
        _headings(one)
    refuse_synthetic(tx, sources=[one.id for one in written])


def _headings(one: Written) -> None:
    """Headings ascend within the text, and each has its rank."""
    if not one.sets("heading_starts", "heading_ranks"):
        return
    starts, ranks = one.fields["heading_starts"], one.fields["heading_ranks"]
    if len(starts) != len(ranks):
        raise refuse(
            "Source: heading_starts and heading_ranks differ in length.",
            "Give one rank for each heading.",
            "heading_ranks",
        )
    if list(starts) != sorted(set(starts)) or any(rank < 1 for rank in ranks):
        raise refuse(
            "Source: heading_starts do not ascend, or a rank is below 1.",
            "Give them in order, with rank 1 for the highest.",
            "heading_starts",
        )


def informants(tx: Transaction, written: list[Written]) -> None:
    """Somebody speaks under a label that the text has."""
    spoken = [
        tie
        for one in written
        if one.sets("speaks_in")
        for tie in one.fields["speaks_in"]
        if tie.get("label") and tie not in one.before.get("speaks_in", ())
    ]
    sources = sorted({tie.to for tie in spoken})
    for row in tx.run("rules/turn_labels", ids=sources) if sources else ():
        there = tuple(dict.fromkeys(row["labels"]))
        for tie in spoken:
            if tie.to == row["id"] and tie.get("label") not in there:
                more = f" and {len(there) - 12} more" if len(there) > 12 else ""
                raise refuse(
                    f"Informant: nobody speaks as {tie.get('label')} in {row['code']}.",
                    f"Its speaker turns are labelled {', '.join(there[:12])}{more}.",
                    "speaks_in",
                )


def excerpts(tx: Transaction, written: list[Written]) -> None:
    """A quote stands at its position; a passage whose text is not held says where it stands."""
    for one in written:
        if one.fields["anchor"] == Anchor.LOCATED:
            for name in ("section", "locator", "paraphrase"):
                if one.sets(name, "anchor") and not one.fields[name]:
                    raise refuse(
                        f"Excerpt: {name} is missing.",
                        "A passage whose text is not held needs section, locator and paraphrase.",
                        name,
                    )
    for row in tx.run("rules/texts", ids=[one.id for one in written]):
        for excerpt in row["excerpts"]:
            found = quote_at(row["text"], excerpt["start"], excerpt["end"])
            if found is None or found != excerpt["quote"]:
                raise refuse(
                    "Excerpt: the quote does not stand in the text at that position.",
                    "Select the passage again, without what is blank: who said it has withdrawn.",
                    "quote",
                )


def codings(tx: Transaction, written: list[Written]) -> None:
    """A carried coding waits or is affirmed, no other; one that is moved stays in its source; a
    denial keeps its passage."""
    _carried(written)
    _stay(tx, written)
    taken = [one.before.get("bears_on") for one in written if one.sets("bears_on", "retired_at")]
    refuse_unstated(tx, sorted({target for target in taken if target}))


def _carried(written: list[Written]) -> None:
    for one in written:
        if (one.fields["carried_from"] is None) != (one.fields["affirmed"] is None):
            raise refuse(
                "Coding: only one that was carried from an earlier version is affirmed or waits.",
                "`cmo refine` carries codings, `cmo affirm` affirms them.",
                "affirmed",
            )


def _stay(tx: Transaction, written: list[Written]) -> None:
    moved = [one for one in written if one.before and one.sets("excerpt")]
    ids = sorted({side["excerpt"] for one in moved for side in (one.before, one.fields)})
    taken_from = (
        {row["id"]: row["source"] for row in tx.run("rules/taken_from", ids=ids)} if ids else {}
    )
    for one in moved:
        if taken_from[one.before["excerpt"]] != taken_from[one.fields["excerpt"]]:
            raise refuse(
                "Coding: its new passage stands in another source.",
                "Code that passage anew, and retire this coding with the reason.",
                "excerpt",
            )


def assessments(tx: Transaction, written: list[Written]) -> None:
    """It rests on codings or on a reason; one a factor, project and wave is settled."""
    for one in written:
        if not one.sets("basis", "rests_on", "why"):
            continue
        if one.fields["basis"] == Basis.CODING and not one.fields["rests_on"]:
            raise refuse(
                "Assessment: it rests on no coding.",
                "Name the codings, or make it a judgement and say why.",
                "rests_on",
            )
        if one.fields["basis"] == Basis.JUDGEMENT and not one.fields["why"]:
            raise refuse("Assessment: a judgement needs its reason.", "Say why.", "why")
    for row in tx.run("rules/settled_twice", ids=[one.fields["factor"] for one in written]):
        wave = f" in the {row['wave']} wave" if row["wave"] else ""
        raise refuse(
            f"“{row['factor']}” already has a settled assessment in {row['project']}{wave}.",
            "Edit that one, or record yours as not settled.",
            "settled",
        )
