"""Interview cards as one HTML file to print: A4 or Letter, two or four a page; it asks for nothing.

What stands in the casebook is text in it, whatever it holds. Its own policy forbids scripts and
every request; how many cards a page has is chosen by two buttons of the form that need no script.
"""

from __future__ import annotations

from html import escape

from cmo.analysis.cards import cut
from cmo.exchange.printable import printable
from cmo.services.interview_cards import FICTION, IN_WORDS, NOTHING_STATED, Card, InterviewCards

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
MOST_WORDS = 420
"""Characters of a theory that a card holds; the rest is in the casebook under its code."""
MOST_ELEMENTS = 3
"""How many contexts, mechanisms or outcomes a card names; the others are counted."""
LONGEST = 90
"""Characters of an element, and of a head."""
HEADS = {"contexts": "Context", "mechanisms": "Mechanism", "outcomes": "Outcome"}
MARKS = {"contexts": "■", "mechanisms": "◆", "outcomes": "●"}
LINES = f"<div class='lines'><div>{'<hr>' * 16}</div></div>"
"""Lines to write on; as many are seen as there is room for."""

STYLE = """
:root{--ink:#1f1e1b;--mute:#5c584f;--rule:#cfcac0;--page:#fff}
*{box-sizing:border-box;margin:0;padding:0}
body{font:400 10pt/1.38 Inter,system-ui,"Segoe UI",Arial,sans-serif;color:var(--ink);
background:var(--page);overflow-wrap:anywhere}
main{max-width:190mm;margin:0 auto;padding:8mm 0}
h1{font:600 17pt/1.2 "Source Serif 4",Georgia,serif}.mute{color:var(--mute)}
.how{margin:3mm 0 5mm;display:flex;flex-wrap:wrap;gap:2mm 6mm}
input:focus-visible{outline:2px solid #33405e;outline-offset:2px}
.cards{display:grid;grid-template-columns:minmax(0,1fr);gap:6mm;list-style:none}
.card{min-height:121mm;border:.35mm solid var(--ink);border-radius:2mm;padding:4mm 5mm;
break-inside:avoid;page-break-inside:avoid;display:grid;
grid-template-columns:minmax(0,1fr) minmax(0,1fr);grid-template-rows:auto auto 1fr auto;
gap:2.5mm 7mm}
.card>:is(header,footer,.notes){grid-column:1/-1}
.card>:is(header,footer){display:flex;justify-content:space-between;gap:6mm;font-size:8pt;
color:var(--mute)}.card>footer{border-top:.2mm solid var(--rule);padding-top:1.5mm}
.card b{color:var(--ink)}.card :is(span,b,li,dd){unicode-bidi:isolate}
.fiction{font-weight:600;color:var(--ink);flex:none}.nth{flex:none}
h2{font:600 12pt/1.3 "Source Serif 4",Georgia,serif;margin-bottom:2.5mm}
dl{display:grid;grid-template-columns:23mm minmax(0,1fr);gap:.8mm 2mm;font-size:8.5pt}
dt{color:var(--mute)}
.ask{padding-left:4.4mm;font-size:9pt;line-height:1.32}.ask li{margin-bottom:1.2mm}
.notes{display:flex;flex-direction:column;font-size:8pt;color:var(--mute)}
.lines{flex:1;min-height:21mm;overflow:hidden;position:relative}
.lines div{position:absolute;inset:0}.lines hr{border:0;border-bottom:.2mm solid var(--rule);
height:7mm}
main:has(#four:checked) .cards{grid-template-columns:repeat(2,minmax(0,1fr));gap:5mm}
main:has(#four:checked) .card{grid-template-columns:minmax(0,1fr);
grid-template-rows:auto auto auto 1fr auto;padding:3.5mm;gap:1.6mm}
main:has(#four:checked) h2{font-size:9.5pt;margin-bottom:1.5mm}
main:has(#four:checked) dl{font-size:7pt;gap:.4mm 2mm;grid-template-columns:18mm minmax(0,1fr)}
main:has(#four:checked) .ask{font-size:7.5pt}main:has(#four:checked) .ask li{margin-bottom:.5mm}
main:has(#four:checked) .lines{min-height:14mm}
main:has(#four:checked) .card :is(header,footer){font-size:6.5pt;gap:3mm}
@media screen and (max-width:760px){main{padding:5mm}.card{grid-template-columns:minmax(0,1fr);
grid-template-rows:none}.card>:is(header,footer){flex-wrap:wrap;gap:1mm 6mm}
main:has(#four:checked) .cards{grid-template-columns:minmax(0,1fr)}}
@media screen and (prefers-color-scheme:dark){:root{--ink:#ece8df;--mute:#aca89d;--rule:#46433c;
--page:#161614}input:focus-visible{outline-color:#a9b8dc}}
@media print{@page{margin:11mm 10mm}main{max-width:none;padding:0}.first{display:none}
.cards{gap:5mm}}
"""


def as_page(held: InterviewCards) -> str:
    """The whole page; without a card it says so. Nobody's words are in it, and no link."""
    title = f"Interview cards: {held.role.name}"
    where = _joined(held.programme, held.project)
    cards = "".join(_card(held, card, n) for n, card in enumerate(held.cards, start=1))
    body = f"<ol class='cards'>{cards}</ol>" if cards else f"<p>{_nothing(held)}</p>"
    fiction = f"<p class='fiction'>{FICTION}</p>" if held.synthetic else ""
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        "<meta name='viewport' content='width=device-width'><meta name='robots' content='noindex'>"
        f"<title>{_said(title)}</title><style>{STYLE}</style></head><body><main>"
        f"<div class='first'><h1>{_said(title)}</h1>"
        f"<p class='mute'>{_said(where)} · {_many(held)} · {held.made}</p>{fiction}"
        f"{_layout() if cards else ''}</div>{body}</main></body></html>\n"
    )


def _said(text: str) -> str:
    """The text as text of the page, without what no page can hold."""
    return escape(printable(text))


def _joined(*names: str | None) -> str:
    """The names that there are, in one line: none turns the direction of the next."""
    return " · ".join(printable(name) for name in names if name)


def _layout() -> str:
    return (
        "<p class='how'><span>Cards a page when printed:</span>"
        "<label><input type='radio' name='many' id='two' checked> two</label>"
        "<label><input type='radio' name='many' id='four'> four</label></p>"
    )


def _many(held: InterviewCards) -> str:
    return f"{len(held.cards)} card{'' if len(held.cards) == 1 else 's'}"


def _nothing(held: InterviewCards) -> str:
    if not held.looked_at:
        return "No theory and no configuration is recorded yet, so there is nothing to ask about."
    return "Nothing is contested, and this group was heard on everything."


def _card(held: InterviewCards, card: Card, number: int) -> str:
    head = _joined(card.code, cut(card.name, LONGEST), card.status)
    for_whom = _joined(cut(held.role.name, LONGEST), held.project)
    asked = "".join(f"<li>{_said(one)}</li>" for one in card.questions)
    fiction = f"<span class='fiction'>{FICTION}</span>" if held.synthetic else ""
    how = IN_WORDS[card.standing]
    return (
        f"<li class='card'><header><span><b>{_said(head)}</b></span>"
        f"<span>{_said(cut(for_whom, LONGEST))}</span></header>"
        f"<section><h2>{_said(cut(card.says, MOST_WORDS))}</h2>{_elements(card)}</section>"
        f"<section><ol class='ask'>{asked}</ol></section>"
        f"<div class='notes'>Notes{LINES}</div>"
        f"<footer><span><b>{how[0].upper()}{how[1:]}.</b> {_said(card.why)}</span>{fiction}"
        f"<span class='nth'>{number} of {len(held.cards)}</span></footer></li>"
    )


def _elements(card: Card) -> str:
    if not any(card.elements.values()):
        return f"<p class='mute'>{NOTHING_STATED[card.kind]}</p>"
    lines = []
    for part, head in HEADS.items():
        labels = [cut(element["label"], LONGEST) for element in card.elements[part]]
        shown = labels[:MOST_ELEMENTS]
        if len(labels) > MOST_ELEMENTS:
            shown.append(f"and {len(labels) - MOST_ELEMENTS} more")
        said = "<br>".join(_said(one) for one in shown) or "–"
        lines.append(f"<dt>{MARKS[part]} {head}</dt><dd>{said}</dd>")
    return f"<dl>{''.join(lines)}</dl>"
