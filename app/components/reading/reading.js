// The reading page: a text with its codings, notes in the margin, a map of codings at the edge, and
// selection with the mouse or the keys. Text goes in as text nodes only. Python is told code points.
import { cut, inBlocks, lanes, moved, next, stack, toPoints, toUnits, turnsOf, wide } from "./spans.js";

const GAP = 6;
const MOST_LANES = 4;
const PAUSE = 300;
const LONGEST_BLOCK = 20_000;
const FIRST_SEEN = 6000;
const PATIENCE = 5000;
const held = new WeakMap();

function element(tag, cls, parent, text) {
  const made = document.createElement(tag);
  made.className = cls;
  if (text !== undefined) made.append(document.createTextNode(text));
  parent?.append(made);
  return made;
}

/** The frame, made once: pane (words, notes, caret) and map. */
function frame(root) {
  const pane = element("div", "rd-pane", root);
  const grid = element("div", "rd-grid", pane);
  const words = element("div", "rd-words", grid);
  words.tabIndex = 0;
  words.setAttribute("role", "group");
  const notes = element("div", "rd-notes", grid);
  notes.setAttribute("role", "group");
  notes.setAttribute("aria-label", "Codings, in the order of the text");
  const caret = element("div", "rd-caret", grid);
  caret.setAttribute("aria-hidden", "true");
  const map = element("div", "rd-map", root);
  map.setAttribute("aria-hidden", "true");
  const view = element("div", "rd-view", map);
  return { root, pane, grid, words, notes, caret, map, view };
}

// ---- drawing

function marked(coding, lane) {
  const mark = document.createElement("mark");
  const shown = Math.min(lane, MOST_LANES);
  mark.className = `rd-code rd-${coding.part || "n"} rd-${coding.stance} rd-lane${shown}`;
  mark.dataset.id = coding.id;
  mark.title = `${coding.name}: ${coding.stance}`;
  return mark;
}

function drawTurn(page, turn, pieces, lane) {
  const said = element("p", "rd-said");
  const nodes = [];
  const first = new Map();
  for (const { start, end, over } of pieces) {
    const node = document.createTextNode(page.text.slice(start, end));
    nodes.push({ node, base: start });
    let inside = said;
    for (const coding of over) {
      const mark = marked(coding, lane.get(coding));
      if (!first.has(coding.id)) first.set(coding.id, mark);
      inside.append(mark);
      inside = mark;
    }
    inside.append(node);
  }
  return { said, nodes, first };
}

function drawWords(page) {
  const { words } = page.parts;
  const lane = lanes(page.codings);
  const told = (pieces) =>
    pieces.map((p) => [p.start, ...p.over.map((c) => [c.id, c.part, c.stance, c.name, lane.get(c)].join())].join("|")).join(";");
  page.turns.forEach((turn) => {
    if (turn.from >= page.upTo) {
      Object.assign(turn, { nodes: [], first: new Map() });
      return;
    }
    const pieces = turn.from < turn.to ? cut(turn.from, turn.to, page.codings) : [];
    const key = told(pieces);
    if (turn.key === key) return;
    const { said, nodes, first } = drawTurn(page, turn, pieces, lane);
    if (turn.said) turn.said.replaceWith(said);
    else {
      const row = element("div", `rd-turn${turn.asks ? " rd-asks" : ""}${turn.who ? "" : " rd-alone"}`, words);
      element("span", "rd-who", row, turn.gone ? "" : turn.who);
      row.append(said);
    }
    if (turn.gone) {
      said.classList.add("rd-gone");
      said.append(document.createTextNode("Withdrawn: what was said here is not shown and does not count."));
    }
    Object.assign(turn, { key, said, nodes, first, tops: null });
  });
  page.nodes = page.turns.flatMap((turn) => turn.nodes);
  page.baseOf = new Map(page.nodes.map(({ node, base }) => [node, base]));
}

const WORDS = { refutes: "✕ against", supports: "▲ supports", refines: "∼ refines", contextualises: "▭ contextualises" };
const SHAPES = { c: "■", m: "◆", o: "●" };

function drawNotes(page) {
  const known = page.noteOf;
  page.noteOf = new Map();
  for (const coding of page.codings) {
    if (coding.start >= page.upTo) continue;
    const key = [coding.part, coding.parts, coding.stance, coding.name, coding.kind, coding.coder, coding.counted].join();
    let note = known.get(coding.id);
    if (note?.dataset.key !== key) {
      note = element("button", `rd-note rd-${coding.part || "n"} rd-${coding.stance}`);
      note.type = "button";
      note.tabIndex = -1;
      note.dataset.id = coding.id;
      note.dataset.key = key;
      const name = element("b", "", note);
      for (const part of coding.parts) element("span", `rd-shape rd-${part}`, name, SHAPES[part]).setAttribute("aria-hidden", "true");
      element("span", "rd-name", name, coding.name);
      const by = element("span", "rd-by", note);
      element("span", `rd-stance rd-${coding.stance}`, by, WORDS[coding.stance]);
      const more = [coding.kind, coding.coder, coding.counted ? "" : "not counted"].filter(Boolean);
      by.append(document.createTextNode(` · ${more.join(" · ")}`));
    }
    page.noteOf.set(coding.id, note);
  }
  const { notes } = page.parts;
  const wanted = [...page.noteOf.values()];
  const kept = new Set(wanted);
  for (const note of [...notes.children]) if (!kept.has(note)) note.remove();
  let here = notes.firstChild;
  for (const note of wanted) {
    if (note === here) here = here.nextSibling;
    else notes.insertBefore(note, here);
  }
  if (wanted.length && !wanted.some((note) => note.tabIndex === 0)) wanted[0].tabIndex = 0;
}

/** Draws what is seen first, and the rest once that is on the screen: a long text takes its time. */
function drawFirst(page) {
  page.upTo = page.turns.find((turn) => turn.to > FIRST_SEEN)?.to ?? Infinity;
  drawAll(page);
  if (page.upTo < Infinity) requestAnimationFrame(() => setTimeout(() => drawRest(page), 0));
}

/** Draws what `drawFirst` left, if that is still missing. */
function drawRest(page) {
  if (page.upTo === Infinity) return;
  page.upTo = Infinity;
  drawAll(page);
  emphasise(page, page.openId);
}

function drawAll(page) {
  drawWords(page);
  drawNotes(page);
  layOut(page);
}

/** Where the codings that begin in a turn begin, from its top: measured once for each drawing. */
function measured(turn) {
  if (!turn.tops) {
    const { top } = turn.said.getBoundingClientRect();
    turn.tops = new Map([...turn.first].map(([id, mark]) => [id, (mark.getClientRects()[0]?.top ?? top) - top]));
  }
  return turn.tops;
}

/** Puts notes beside their words and marks on the map: all measured first, then all set. */
function layOut(page) {
  const { grid, notes, map, pane, words } = page.parts;
  if (page.width !== words.clientWidth) {
    page.width = words.clientWidth;
    for (const turn of page.turns) turn.tops = null;
    page.tallOf = new WeakMap();
  }
  const top = grid.getBoundingClientRect().top;
  const whole = Math.max(1, grid.scrollHeight);
  const wants = new Map();
  page.first = new Map();
  for (const turn of page.turns) {
    if (!turn.first.size) continue;
    const base = turn.said.offsetTop;
    for (const [id, within] of measured(turn)) {
      if (page.first.has(id)) continue;
      wants.set(id, base + within);
      page.first.set(id, turn.first.get(id));
    }
  }
  const placed = page.codings
    .filter((coding) => wants.has(coding.id))
    .map((coding) => ({ coding, note: page.noteOf.get(coding.id), want: wants.get(coding.id) }));
  if (page.chosen) {
    page.newNote ??= newNote();
    const moving = page.adjusting && page.codings.find((coding) => coding.id === page.adjusting);
    const many = `${page.chosen.end - page.chosen.start} characters`;
    page.newNote.firstChild.textContent = moving ? moving.name : "Selected";
    page.newNote.lastChild.textContent = moving ? `${many}; Enter moves the coding here, Esc leaves it` : `${many}, not coded yet`;
    page.tallOf.delete(page.newNote);
    if (page.newNote.parentNode !== grid) grid.append(page.newNote);
    const want = rangeOf(page, page.chosen)?.getClientRects()[0]?.top - top || 0;
    placed.push({ note: page.newNote, want });
  } else page.newNote?.remove();
  placed.sort((a, b) => a.want - b.want);
  const tall = placed.map(({ note }) => {
    if (!page.tallOf.has(note)) page.tallOf.set(note, note.offsetHeight);
    return page.tallOf.get(note);
  });
  const tops = stack(placed.map(({ want }, i) => ({ want, tall: tall[i] })), GAP);
  placed.forEach(({ note }, i) => setTop(note, `${Math.round(tops[i])}px`));
  notes.style.minHeight = placed.length ? `${Math.round(tops.at(-1) + tall.at(-1))}px` : "";
  const known = page.tickOf ?? new Map();
  page.tickOf = new Map();
  for (const { coding, want } of placed) {
    if (!coding) continue;
    const cls = `rd-tick rd-${coding.part || "n"} rd-${coding.stance}`;
    const tick = known.get(coding.id) ?? element("i", cls, map);
    tick.className = cls;
    setTop(tick, `${((100 * want) / whole).toFixed(2)}%`);
    page.tickOf.set(coding.id, tick);
  }
  for (const [id, tick] of known) if (!page.tickOf.has(id)) tick.remove();
  map.hidden = whole <= pane.clientHeight + 1 && !page.tickOf.size;
  showView(page);
}

/** Moves an element only where it is not there yet: setting a style costs, even to the same. */
function setTop(moved, top) {
  if (moved.style.top !== top) moved.style.top = top;
}

function newNote() {
  const note = element("div", "rd-note rd-new");
  element("b", "", note, "Selected");
  element("span", "rd-by", note, "");
  return note;
}

function showView(page) {
  const { pane, view } = page.parts;
  view.style.top = `${(100 * pane.scrollTop) / pane.scrollHeight}%`;
  view.style.height = `${(100 * pane.clientHeight) / pane.scrollHeight}%`;
}

// ---- between the document and positions

function nodeAt(page, unit, end) {
  const nodes = page.nodes;
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (nodes[middle].base < unit || (!end && nodes[middle].base === unit)) low = middle;
    else high = middle - 1;
  }
  const { node, base } = nodes[low];
  return [node, Math.max(0, Math.min(node.length, unit - base))];
}

function rangeOf(page, { start, end }) {
  if (!page.nodes.length) return null;
  const range = document.createRange();
  range.setStart(...nodeAt(page, toUnits(start, page.wides), false));
  range.setEnd(...nodeAt(page, toUnits(end, page.wides), true));
  return range;
}

/** The unit at a boundary of a range; one that is not in our words goes to the nearest inside. */
function unitAt(page, container, offset, end) {
  const direct = page.baseOf.get(container);
  if (direct !== undefined) return direct + offset;
  const at = search(page, container, offset, end);
  const { node, base } = page.nodes[Math.max(0, Math.min(page.nodes.length - 1, at))];
  return end ? base + node.length : base;
}

/** The first node that does not begin before the boundary; with `end` the last that does. */
function search(page, container, offset, end) {
  const point = document.createRange();
  point.setStart(container, offset);
  let low = 0;
  let high = page.nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (point.comparePoint(page.nodes[middle].node, 0) < 0) low = middle + 1;
    else high = middle;
  }
  return end ? low - 1 : low;
}

/** What is selected in our words, in code points without the white space around it; null if
 * nothing is. */
function selected(page) {
  const selection = getSelection();
  const { words } = page.parts;
  if (!selection.rangeCount || selection.isCollapsed || !page.nodes.length) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(words)) return null;
  let from = unitAt(page, range.startContainer, range.startOffset, false);
  let to = unitAt(page, range.endContainer, range.endOffset, true);
  while (from < to && /\s/.test(page.text[from])) from += 1;
  while (to > from && /\s/.test(page.text[to - 1])) to -= 1;
  if (from >= to) return null;
  return { start: toPoints(from, page.wides), end: toPoints(to, page.wides, true) };
}

// ---- choosing

function choose(page, chosen) {
  const same = chosen && page.chosen && chosen.start === page.chosen.start && chosen.end === page.chosen.end;
  if (same || (!chosen && !page.chosen)) return;
  page.chosen = chosen && { ...chosen, n: Date.now() };
  if (!page.adjusting) page.tell("selection", page.chosen);
  paint(page);
  layOut(page);
}

/** Paints what is chosen, so that it stays seen while one types elsewhere. */
function paint(page) {
  if (!globalThis.Highlight) return;
  const range = page.chosen && rangeOf(page, page.chosen);
  if (range) CSS.highlights.set("rd-chosen", new Highlight(range));
  else CSS.highlights.delete("rd-chosen");
}

/** Opens a coding: its notes and words stand out, and Python shows it to be changed. */
function openCoding(page, id) {
  if (page.adjusting !== id) leaveAdjusting(page);
  if (page.openId === id) return;
  page.openId = id;
  emphasise(page, id);
  page.tell("act", { do: "open", coding: id, at: caretAt(page) });
}

/** The code point at the caret, if it stands in our words. */
function caretAt(page) {
  const { focusNode, focusOffset, rangeCount } = getSelection();
  if (!rangeCount || !page.parts.words.contains(focusNode) || !page.nodes.length) return null;
  return toPoints(unitAt(page, focusNode, focusOffset, false), page.wides);
}

/** Selects the words of the coding that is open, so that its edges can be moved. */
function adjust(page, id = page.openId) {
  const coding = page.codings.find((one) => one.id === id);
  if (!coding) return;
  page.adjusting = coding.id;
  if (page.chosen) page.tell("selection", null);
  page.chosen = null;
  page.parts.words.focus({ preventScroll: true });
  select(page, coding.start, coding.end);
  reveal(page, page.first.get(coding.id)?.getBoundingClientRect());
  choose(page, selected(page));
}

function leaveAdjusting(page) {
  if (!page.adjusting) return;
  page.adjusting = null;
  page.chosen = null; // it was never told
  paint(page);
  layOut(page);
}

function emphasise(page, id) {
  for (const on of page.parts.root.querySelectorAll(".rd-on")) on.classList.remove("rd-on");
  if (!id) return;
  for (const on of page.parts.root.querySelectorAll(`[data-id="${CSS.escape(id)}"]`)) on.classList.add("rd-on");
}

function reveal(page, rect) {
  if (!rect) return;
  const { pane } = page.parts;
  const box = pane.getBoundingClientRect();
  if (rect.top < box.top + 40 || rect.bottom > box.bottom - 40) pane.scrollTop += rect.top - box.top - box.height / 3;
}

function goTo(page, at) {
  const rect = at.coding ? page.first.get(at.coding)?.getBoundingClientRect() : rangeOf(page, at)?.getBoundingClientRect();
  reveal(page, rect);
  if (at.coding) emphasise(page, at.coding);
  else if (rect) choose(page, { start: at.start, end: at.end });
}

// ---- keys

function showCaret(page) {
  const { caret, grid, words } = page.parts;
  const selection = getSelection();
  const seen = document.activeElement === words && selection.rangeCount && page.keys;
  caret.hidden = !seen;
  if (!seen) return;
  const range = document.createRange();
  range.setStart(selection.focusNode, selection.focusOffset);
  const rect = range.getClientRects()[0] ?? range.getBoundingClientRect();
  const box = grid.getBoundingClientRect();
  caret.style.left = `${rect.left - box.left}px`;
  caret.style.top = `${rect.top - box.top}px`;
  caret.style.height = `${rect.height || 20}px`;
  reveal(page, rect);
}

function collapse(page, unit) {
  if (page.nodes.length) getSelection().collapse(...nodeAt(page, unit, false));
}

function select(page, from, to) {
  if (page.nodes.length) getSelection().setBaseAndExtent(...nodeAt(page, from, false), ...nodeAt(page, to, true));
}

function firstSeen(page) {
  const top = page.parts.pane.getBoundingClientRect().top;
  const turn = page.turns.find((t) => t.nodes.length && t.said.getBoundingClientRect().bottom > top + 8);
  return turn?.from ?? page.nodes[0]?.base ?? 0;
}

const STEPS = {
  ArrowLeft: ["left", "character"], ArrowRight: ["right", "character"],
  ArrowUp: ["backward", "line"], ArrowDown: ["forward", "line"],
  Home: ["backward", "lineboundary"], End: ["forward", "lineboundary"],
};

function step(page, event) {
  const [way, by] = STEPS[event.key];
  const selection = getSelection();
  const { words } = page.parts;
  if (!selection.rangeCount || !words.contains(selection.focusNode)) collapse(page, firstSeen(page));
  const before = [selection.anchorNode, selection.anchorOffset, selection.focusNode, selection.focusOffset];
  const unit = by === "character" && (event.ctrlKey || event.altKey) ? "word" : by;
  selection.modify(event.shiftKey ? "extend" : "move", way, unit);
  if (!words.contains(selection.focusNode)) selection.setBaseAndExtent(...before);
  later(page);
}

/** Takes over what the keys have selected once they rest. */
function later(page) {
  clearTimeout(page.timer);
  page.timer = setTimeout(() => choose(page, selected(page)), PAUSE);
  showCaret(page);
}

/** Opens the next of the codings for which `is` holds. */
function nextCoding(page, is, back) {
  const wanted = page.codings.filter(is);
  const here = page.codings.find((coding) => coding.id === page.openId);
  const at = here ? here.start : caretUnit(page);
  const alike = here ? wanted.filter((coding) => coding.start === at) : [];
  const along = alike[alike.indexOf(here) + (back ? -1 : 1)];
  const found = here && is(here) && along ? along : wanted.find((c) => c.start === next(wanted.map((one) => one.start), at, back));
  if (!found) return;
  choose(page, null);
  collapse(page, found.start);
  goTo(page, { coding: found.id });
  openCoding(page, found.id);
  showCaret(page);
}

function caretUnit(page) {
  const { focusNode, focusOffset, rangeCount } = getSelection();
  return rangeCount && page.parts.words.contains(focusNode) ? unitAt(page, focusNode, focusOffset, false) : -1;
}

/** The units from which and to which the selection was drawn, both in the text; else null. */
function ends(page) {
  const { anchorNode, anchorOffset } = getSelection();
  const caret = caretUnit(page);
  if (caret < 0 || !page.parts.words.contains(anchorNode)) return null;
  return [unitAt(page, anchorNode, anchorOffset, false), caret];
}

function nextUncoded(page, back) {
  const open = page.turns.filter((t) => t.nodes.length && !t.asks && !t.first.size).map((t) => t.from);
  const found = next(open, caretUnit(page), back);
  if (found === null) return;
  collapse(page, found);
  later(page);
}

/** Whether the unit stands among the words that are drawn. */
function isDrawn(page, unit) {
  const [node, offset] = nodeAt(page, unit, false);
  return page.baseOf.get(node) + offset === unit && offset < node.length;
}

function moveEdge(page, edge, by) {
  const from = selected(page) ?? page.chosen; // several presses in a row go on from each other
  if (!from) return;
  let found = { start: toUnits(from.start, page.wides), end: toUnits(from.end, page.wides) };
  for (let tries = 0; tries < 12; tries += 1) {
    const further = moved(page.text, found, edge, by);
    if (further.start === found.start && further.end === found.end) break;
    found = further;
    if (isDrawn(page, edge === "start" ? found.start : found.end - 1)) break; // not a speaker's label
  }
  select(page, found.start, found.end);
  later(page);
}

function onKey(page, event) {
  drawRest(page);
  page.keys = true;
  if (page.typed !== null && !["Escape", "Tab", "Shift"].includes(event.key)) {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) page.typed += event.key;
  } else if (event.key in STEPS && !event.metaKey) step(page, event);
  else if (event.repeat && !/^[[\]{}]$/.test(event.key)) return; // a key that is held does it once
  else if (event.ctrlKey || event.altKey || event.metaKey) return;
  else if (event.key === "Enter" && page.adjusting) act(page, "adjust");
  else if (event.key === "Enter" && page.chosen) act(page, "code");
  else if (/^[0-6]$/.test(event.key) && !page.adjusting) act(page, "pick", Number(event.key));
  else if (event.key === "x" || event.key === "X") act(page, "against");
  else if (event.key === "j" || event.key === "J") nextUncoded(page, event.key === "J");
  else if (event.key === "c" || event.key === "C") nextCoding(page, (one) => one.contested, event.key === "C");
  else if (event.key === "u" || event.key === "U") nextCoding(page, (one) => !one.placed, event.key === "U");
  else if (event.key === "g" || event.key === "G") nextCoding(page, () => true, event.key === "G");
  else if (event.key === "a") adjust(page);
  else if (event.key === "p") act(page, "split");
  else if (event.key === "Delete" || event.key === "Backspace") act(page, "remove");
  else if (event.key === "n") makeNew(page);
  else if (event.key === "[" || event.key === "]") moveEdge(page, "end", event.key === "]" ? 1 : -1);
  else if (event.key === "{" || event.key === "}") moveEdge(page, "start", event.key === "}" ? 1 : -1);
  else if (event.key === "/") intoField(page, () => targetField(page));
  else if (event.key === "Escape") {
    page.typed = null;
    if (!page.chosen && page.openId) openCoding(page, null);
    leaveAdjusting(page);
    getSelection().removeAllRanges();
    choose(page, null);
    showCaret(page);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Tells Python at once what the keys have selected just now. */
function tellChosen(page) {
  clearTimeout(page.timer);
  const chosen = selected(page) ?? page.chosen;
  if (chosen && !(page.chosen?.start === chosen.start && page.chosen?.end === chosen.end)) {
    page.chosen = { ...chosen, n: Date.now() };
    if (!page.adjusting) page.tell("selection", page.chosen);
    paint(page);
    layOut(page);
  }
}

/** Looks on each frame, until it is found or the time is up, for what the panel shows only now. */
function whenThere(found, then, until = Date.now() + PATIENCE) {
  const there = found();
  if (there || Date.now() > until) then(there);
  else requestAnimationFrame(() => whenThere(found, then, until));
}

/** Goes into a field of the panel, once it is there; what is typed until then is meant for it. */
function intoField(page, field) {
  tellChosen(page);
  page.typed = "";
  const left = () => page.typed === null || document.activeElement !== page.parts.words;
  whenThere(() => left() || document.querySelector(field()), (there) => {
    const { typed } = page;
    page.typed = null;
    if (!there || there === true) return;
    there.focus();
    if (!typed) return;
    document.execCommand("insertText", false, typed);
    whenThere(() => isShut(there, typed), (shut) => shut && typeAnew(typed));
  });
}

/** Whether a list has what was typed, and has the focus, but does not show what fits. */
function isShut(field, typed) {
  const shut = field.getAttribute("aria-expanded") === "false";
  return shut && field.value === typed && document.activeElement === field;
}

/** Types the last letter once more: a list that was drawn anew meanwhile has closed, and opens. */
function typeAnew(typed) {
  document.execCommand("delete");
  document.execCommand("insertText", false, typed.slice(-1));
}

/** The field in which a target is found: of what is selected, else of the coding that is open. */
const targetField = (page) => `.st-key-${page.openId && (page.adjusting || !page.chosen) ? "one_bears_on" : "code_finder"} input`;

const FIRST_FIELDS = ["contexts", "mechanisms", "outcomes", "theory", "theme"]
  .map((name) => `.st-key-spot_${name} :is(input, textarea)`).join();

const PARTS = ".st-key-spot_contexts, .st-key-spot_mechanisms, .st-key-spot_outcomes";

/** Shuts the list of an element once one is chosen: it would stand open over what comes next, and
    another Enter would take its first in place of what was chosen. */
function shut(field) {
  const escape = { key: "Escape", code: "Escape", bubbles: true, cancelable: true };
  if (field.getAttribute("aria-expanded") === "true") field.dispatchEvent(new KeyboardEvent("keydown", escape));
}

/** In the form for something new a list is shut by a choice, Tab goes from an element to the next,
    and Ctrl+Enter makes it also from a list, which would take it for Enter. */
function onFormKey(event) {
  const here = event.target.closest?.(PARTS);
  if (!here || event.target.tagName !== "INPUT" || event.isComposing) return;
  const { key, target } = event;
  if (key === "Enter" && (target.value || !(event.ctrlKey || event.metaKey))) return shutOnChoice(here, target);
  if (!["Enter", "Tab"].includes(key) || event.shiftKey || target.value) return;
  const fields = [...document.querySelectorAll(PARTS)];
  const next = fields[fields.indexOf(here) + 1]?.querySelector("input");
  if (key === "Enter") document.querySelector(".st-key-spot_make button")?.click();
  else if (next) next.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function onFormClick(event) {
  const target = document.activeElement;
  const here = target.closest(PARTS);
  if (here && event.target.closest?.("[role=option]")) shutOnChoice(here, target);
}

/** Shuts the list of that field when what it shows as chosen changes. */
function shutOnChoice(here, field) {
  const before = here.innerText;
  if (field.getAttribute("aria-expanded") !== "true") return;
  whenThere(() => !field.isConnected || here.innerText !== before, (chosen) => chosen && field.isConnected && shut(field));
}

/** Opens the form for something new and goes into its first field. */
function makeNew(page) {
  const refused = document.querySelector(".st-key-code_finder") && !document.querySelector(".st-key-code_new, .st-key-spot_make");
  if (refused || (page.openId && !selected(page) && !page.chosen)) return;
  let pressed = null;
  intoField(page, () => {
    const button = document.querySelector(".st-key-code_new button");
    if (button && button !== pressed) (pressed = button).click();
    return FIRST_FIELDS;
  });
}

/** Gives the focus back to the text where what had it in the panel went with what was done. */
function backToWords(page) {
  const had = document.activeElement;
  if (had === page.parts.words) return;
  const lost = () => document.activeElement === document.body;
  whenThere(() => lost() || document.activeElement !== had, () => lost() && page.parts.words.focus({ preventScroll: true }));
}

/** Tells Python what a key asks for, with what the keys have selected just now. */
function act(page, what, n = null) {
  tellChosen(page);
  page.tell("act", { do: what, n, selection: page.chosen, coding: page.adjusting ?? page.openId, at: caretAt(page) });
}

function onNoteKey(page, event) {
  const notes = [...page.parts.notes.children];
  const at = notes.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: notes.length - 1 }[event.key];
  if (event.key === "Enter" || event.key === " ") event.stopPropagation();
  if (to === undefined || !notes[to]) return;
  event.preventDefault();
  notes[at].tabIndex = -1;
  notes[to].tabIndex = 0;
  notes[to].focus();
  goTo(page, { coding: notes[to].dataset.id });
}

// ---- life

function listen(page) {
  const { words, notes, pane, map, root } = page.parts;
  let dragging = false;
  words.addEventListener("pointerdown", (event) => {
    drawRest(page);
    dragging = event.button === 0;
    page.keys = false;
  });
  const up = () => {
    if (!dragging) return;
    dragging = false;
    // The click that ends a selection clears it only afterwards in some browsers.
    setTimeout(() => { choose(page, selected(page)); showCaret(page); }, 0);
  };
  document.addEventListener("pointerup", up);
  words.addEventListener("click", (event) => {
    const mark = event.target.closest(".rd-code");
    if (mark && getSelection().isCollapsed) {
      page.openId = null; // another place in the same coding is told too: it can be split there
      openCoding(page, mark.dataset.id);
    } else emphasise(page, page.openId);
  });
  words.addEventListener("keydown", (event) => onKey(page, event));
  words.addEventListener("focus", () => {
    // A field beside the text takes the caret with it: here it goes on from where it was.
    if (caretUnit(page) < 0 && page.left >= 0) collapse(page, page.left);
    showCaret(page);
  });
  words.addEventListener("blur", () => {
    const caret = caretUnit(page);
    if (caret >= 0) page.left = caret;
    showCaret(page);
  });
  notes.addEventListener("click", (event) => {
    const note = event.target.closest(".rd-note");
    if (!note) return;
    goTo(page, { coding: note.dataset.id });
    openCoding(page, note.dataset.id);
  });
  notes.addEventListener("keydown", (event) => onNoteKey(page, event));
  pane.addEventListener("scroll", () => showView(page), { passive: true });
  map.addEventListener("pointerdown", (event) => {
    const box = map.getBoundingClientRect();
    pane.scrollTop = ((event.clientY - box.top) / box.height) * pane.scrollHeight - pane.clientHeight / 2;
  });
  document.addEventListener("keydown", onFormKey, true);
  document.addEventListener("click", onFormClick, true);
  const sized = new ResizeObserver(() => { if (page.nodes) { layOut(page); showCaret(page); } });
  sized.observe(root);
  const remeasure = () => {
    page.width = 0;
    if (page.nodes) layOut(page);
  };
  document.fonts?.addEventListener("loadingdone", remeasure);
  return () => {
    document.removeEventListener("pointerup", up);
    document.removeEventListener("keydown", onFormKey, true);
    document.removeEventListener("click", onFormClick, true);
    document.fonts?.removeEventListener("loadingdone", remeasure);
    sized.disconnect();
    page.upTo = Infinity;
    clearTimeout(page.timer);
    globalThis.CSS?.highlights?.delete("rd-chosen");
  };
}

function open(page, data) {
  page.source = data.source;
  page.text = data.text;
  page.wides = wide(data.text);
  const starts = data.starts.map((start) => toUnits(start, page.wides));
  page.turns = turnsOf(data.text, starts, data.speakers);
  const alone = page.turns.length - starts.length;
  page.turns.forEach((turn, i) => {
    turn.asks = i >= alone && data.asks[i - alone];
    turn.gone = i >= alone && data.speakers[i - alone] === data.gone;
  });
  page.turns = inBlocks(data.text, page.turns, LONGEST_BLOCK);
  page.noteOf = new Map();
  for (const tick of page.tickOf?.values() ?? []) tick.remove();
  page.tickOf = new Map();
  page.chosen = null;
  page.adjusting = null;
  page.openId = null;
  page.typed = null;
  page.left = -1;
  page.adjustAsked = data.adjust; // asked for before this text was opened
  page.width = 0;
  page.at = "";
  page.parts.words.replaceChildren();
  page.parts.words.setAttribute("aria-label", data.label);
  page.parts.words.lang = data.lang || "";
  page.parts.pane.scrollTop = 0;
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".rd");
  let page = held.get(root);
  if (!page) {
    page = { parts: frame(root), upTo: Infinity };
    page.stop = listen(page);
    held.set(root, page);
  }
  page.tell = (name, value) => (name === "act" ? setTriggerValue : setStateValue)(name, value);
  drawRest(page);
  const textRev = `${data.source} ${data.text_rev}`;
  if (page.textRev !== textRev) {
    page.textRev = textRev;
    page.rev = null;
    open(page, data);
  }
  const fresh = page.rev === null;
  const done = page.chosen && data.done === page.chosen.n;
  if (done) {
    page.chosen = null;
    page.adjusting = null;
    backToWords(page);
    if (page.parts.words.contains(getSelection().focusNode)) getSelection().collapseToEnd();
  }
  if (page.rev !== data.rev) {
    page.rev = data.rev;
    page.codings = data.codings.map((coding) => ({
      ...coding, start: toUnits(coding.start, page.wides), end: toUnits(coding.end, page.wides),
    }));
    const kept = page.keys && page.nodes && !page.chosen ? ends(page) : null;
    if (fresh && !data.at && !data.open) drawFirst(page);
    else drawAll(page);
    // What is drawn anew takes the caret with it, and what the keys have selected so far.
    if (kept && String(ends(page)) !== String(kept)) {
      getSelection().setBaseAndExtent(...kept.flatMap((unit) => nodeAt(page, unit, false)));
    }
    paint(page);
    showCaret(page);
  } else if (done) {
    layOut(page);
    paint(page);
  }
  if (page.openId !== data.open) page.openId = data.open;
  emphasise(page, page.openId);
  if (data.adjust && page.adjustAsked !== data.adjust) {
    page.adjustAsked = data.adjust;
    adjust(page);
  }
  const at = JSON.stringify(data.at);
  if (data.at && page.at !== at) {
    page.at = at;
    goTo(page, data.at);
  }
  return () => {
    page.stop();
    held.delete(root);
    root.replaceChildren();
  };
}
