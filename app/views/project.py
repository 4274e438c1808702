"""Project: one case whole."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from cmo.services.case import whole_case
from cmo.services.naming import find_record
from components import finding_form, findings, forms, judging
from components import whole as parts
from components.configuring import ask_for
from components.downloads import table as save_table
from components.drawing import draw, follow, h
from components.finding_edit import show_opened
from components.one_finding import draw_findings
from components.page import crumb, fact, masthead, section
from components.session import actor, ask, casebook, programme

here = programme()
assert here
wanted = st.query_params.get("id")
if not wanted:
    st.switch_page("views/projects.py", query_params={"programme": here["name"]})
found = find_record(casebook().graph, actor(), wanted, "Project", programme=here["id"])
whole = whole_case(casebook().graph, actor(), found["id"])
row = whole.row
opened, theme = st.query_params.get("open"), st.query_params.get("theme")
rows = ask("evidence/passages", target=opened) if opened else []

back = [crumb("Projects", "projects"), " · ", here["name"]]
if row["part_of_id"]:
    kind = row["kind"] or "sub-case"
    back += [" · ", f"{kind} of ", crumb(row["part_of"], f"project?id={row['part_of_id']}")]
if row["retired_at"]:
    back += [" · retired"]
held = sum(len(t.findings) for t in whole.themes) + len(whole.other)
masthead(
    h("span", *back),
    row["name"],
    None,
    fact(len(whole.obstacles), f"obstacle{'' if len(whole.obstacles) == 1 else 's'} named"),
    fact(len(whole.enabling), "enabling named"),
    fact(held, "findings", one="finding"),
    fact(
        len(whole.relations),
        "relations",
        f"stakeholders?{urlencode({'project': row['name']})}",
        one="relation",
    ),
)
forms.show_done(row["id"])
finds = finding_form.may_record(here["id"]) and not row["retired_at"]
assesses = judging.may_assess(here["id"]) and not row["retired_at"]
if finds or assesses:
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key="records"):
        if finds and st.button(
            "Record a finding", icon=":material/add:", shortcut="n", key="new_finding"
        ):
            ask_for("finding")
        if assesses and st.button(
            "Assess a factor", icon=":material/add:", shortcut="a", key="new_assessment"
        ):
            ask_for("assess")
match st.query_params.get("do"):
    case "finding" if finds:
        finding_form.finding_form(here["id"], row["id"], theme, row["id"])
    case "assess" if assesses:
        judging.assess_form(here["id"], row["id"], project=row["id"])
    case _:
        pass
read = show_opened(row["id"])
nothing = not (whole.enabling or whole.obstacles or whole.assessed)
with st.container(key="split"):
    left, right = st.columns([0.66, 0.34], gap="large")
with left:
    body = [parts.identity(whole), h("div", cls="gap"), parts.face_to_face(whole, opened, rows)]
    if nothing and not held:
        said = h("p", "Nothing is assessed or found here yet.")
        body[2] = h(
            "div",
            said,
            h("p", "Read a source and code it.", cls="mute"),
            cls="panel",
            data_go="sources",
            tabindex=0,
            role="link",
        )
    if row["sub_cases"]:
        body += [h("div", cls="gap"), parts.sub_cases(whole)]
    if whole.themes:
        place = 1 if theme else len(body)
        body[place:place] = [
            h("div", cls="gap"),
            findings.themes(whole, read, theme, records=finds),
        ]
    if whole.other:
        body += [h("div", cls="gap"), section("Other findings")]
        body += [findings.finding(f, row["id"], read) for f in whole.other]
    follow(draw_findings(h("div", *body), "case"))
    everything = (*whole.obstacles, *whole.enabling, *whole.assessed)
    save_table(
        [vars(named) for named in {n.id: n for n in everything}.values()],
        ("place", "factor_code", "factor", "value", "valence", "wave", "origin", "why"),
        row["name"],
        "assessments",
        key="csv",
    )
with right:
    side = []
    if whole.assessed:
        note = "present or not, without a direction"
        side += [section("Also assessed", note), parts.assessed(whole, opened, rows)]
    if (happened := parts.events(whole)) is not None:
        side += [h("div", cls="gap"), happened]
    if (ties := parts.relations(whole)) is not None:
        side += [h("div", cls="gap"), section("Relations", f"{len(whole.relations)} stated"), ties]
    if whole.sources:
        lines = [
            h(
                "li",
                h("span", s["code"], cls="when"),
                h("span", s["title"], h("span", f"{s['codings']} codings", cls="hint")),
                data_go=f"source?id={s['id']}",
                tabindex=0,
                role="link",
            )
            for s in whole.sources
        ]
        side += [h("div", cls="gap"), section("Sources"), h("ul", *lines, cls="list tight")]
    log = h("p", crumb("What happened to this record", f"history?record={row['id']}"), cls="quiet")
    follow(draw(h("div", *side, log), key="side"))
