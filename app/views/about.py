"""About this casebook: where it stands, what serves it, whether it is well, and its backup."""

from __future__ import annotations

import streamlit as st

from cmo import __version__
from cmo.services.health import health
from components.beginning import rest_of_demo
from components.deeds import kind_words
from components.drawing import draw, h
from components.keys import key_list
from components.marks import glyph
from components.page import masthead, section
from components.session import actor, casebook
from components.upkeep import backup_on_demand, check_on_demand
from components.words import several

book, who = casebook(), actor()
found = health(book.place, user=who.id)
masthead("CMO Casebook", "About this casebook", None)
with st.container(key="split"):
    left, right = st.columns([0.6, 0.4], gap="large")
with left:
    engine = " ".join(filter(None, (found.engine, found.engine_version)))
    running = "answers" if found.answers else "does not answer"
    roles = ", ".join(f"{role.replace('_', ' ')} in {place}" for role, place in found.roles)
    kinds = [
        (several(kind_words(kind)) if many != 1 else kind_words(kind), many)
        for kind, many in found.counts.items()
        if many
    ]
    pairs = (
        ("Stored in", found.place),
        ("Engine", f"{engine}; {running}"),
        ("Free on the disk", f"{found.free_bytes / 2**30:.1f} GiB" if found.free_bytes else None),
        ("Holds", ", ".join(f"{many:,} {kind}" for kind, many in sorted(kinds))),
        ("Users", ", ".join(found.users)),
        ("You", f"{who.display_name}: {roles or 'no role yet'}"),
        ("Version", f"CMO Casebook {__version__}, schema {found.schema} of {found.schema_here}"),
    )
    rows = [part for name, said in pairs if said for part in (h("b", name), h("span", said))]
    draw(h("div", section("Where it is"), h("div", *rows, cls="defs")), key="where")
    wrongs = [
        h("li", glyph("refutes"), h("span", h("b", p.wrong), h("span", p.next_step, cls="hint")))
        for p in found.problems
    ]
    fine = h("li", glyph("supports"), h("span", "Nothing is wrong with where it stands."))
    listed = h("ul", *(wrongs or [fine]), cls="list")
    draw(h("div", h("div", cls="gap"), section("Health"), listed), key="health")
    check_on_demand()
    said = 'One file with every record and every change, to keep elsewhere; "cmo restore" reads it.'
    told = h("div", h("div", cls="gap"), section("Backup"), h("p", said), cls="about")
    draw(told, key="backup-head")
    backup_on_demand()
    line = f"cmo backup casebook.jsonl.gz --casebook {book.place}"
    tree = h("div", h("p", "Or from the command line:"), h("p", line, cls="mute"), cls="about")
    draw(tree, key="line")
    rest_of_demo()
    words = (
        "CMO Casebook is free software under the Apache License 2.0.",
        "Inter is used under the SIL Open Font License 1.1; Source Serif comes with Streamlit.",
        "HIPP is paraphrased from its published report and cited by section; Practice is fiction.",
        "Nothing leaves this computer: no statistics, no fonts or scripts from elsewhere.",
    )
    paragraphs = [h("p", word) for word in words]
    licences = h("div", h("div", cls="gap"), section("Licences"), *paragraphs, cls="about")
    draw(licences, key="licences")
with right:
    draw(h("div", section("Keys", "? shows them anywhere"), key_list()), key="keylist")
