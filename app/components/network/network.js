// The map of relations: moves the view, leaves out what a filter leaves out, goes from party to
// party by key, and says what was opened. Sent behind make.js and save.js, as one module; the page
// for reading offline holds it too.
const STEP = 1.3;
const CLOSEST = 8;
const TOO_SMALL = 0.5;
const LEGIBLE = 0.75;
const states = new WeakMap();

function numbers(text) {
  return text.split(" ").map(Number);
}

/** The view after going closer (above 1) or farther, about a point that stays where it is. */
export function zoomed([x, y, w, h], by, [left, top, width, height], at) {
  const factor = Math.min(Math.max(by, w / width), (w * CLOSEST) / width);
  const [px, py] = at || [x + w / 2, y + h / 2];
  const nw = w / factor, nh = h / factor;
  return kept([px - ((px - x) * nw) / w, py - ((py - y) * nh) / h, nw, nh], [left, top, width, height]);
}

/** The view at first, in a picture `shown` pixels wide: all of it, or, where its letters could not
 * be read, as much of its left as can, in its full height; it is pushed aside to see the rest. */
export function opening([left, top, width, height], shown) {
  if (!shown || shown / width >= TOO_SMALL) return [left, top, width, height];
  return [left, top, shown / LEGIBLE, height];
}

/** A view of that size, moved so that it looks at nothing beside the whole. */
export function kept([x, y, w, h], [left, top, width, height]) {
  const inside = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));
  return [inside(x, left, left + width - w), inside(y, top, top + height - h), w, h];
}

/** Which of these spots lies nearest in a direction: along it counts once, across it twice. */
export function nearest(from, spots, [dx, dy]) {
  let best = -1, least = Infinity;
  spots.forEach(([x, y], i) => {
    const along = (x - from[0]) * dx + (y - from[1]) * dy;
    const across = Math.abs((x - from[0]) * dy) + Math.abs((y - from[1]) * dx);
    if (along > 1 && along + 2 * across < least) [best, least] = [i, along + 2 * across];
  });
  return best;
}

/** Whether a relation is shown under a filter; what the filter does not name may be anything. */
export function passes(tie, only) {
  return Object.entries(only).every(([name, value]) => !value || tie[name] === value);
}

function sift(svg, only) {
  const filtered = Object.values(only).some(Boolean);
  const met = new Set();
  for (const tie of svg.querySelectorAll(".tie")) {
    const shown = passes(tie.dataset, only);
    tie.classList.toggle("off", !shown);
    if (shown) met.add(tie.dataset.from).add(tie.dataset.to);
  }
  for (const party of svg.querySelectorAll(".party")) {
    party.classList.toggle("off", filtered && !met.has(party.dataset.id));
  }
}

/** Lets the words on the lines go with their lines. */
function settle(svg) {
  for (const word of svg.querySelectorAll(".word")) {
    const tie = [...svg.querySelectorAll(".tie")].find((one) => one.dataset.id === word.dataset.of);
    word.classList.toggle("off", tie.classList.contains("off"));
    word.classList.toggle("near", tie.matches(".near, .on"));
  }
}

function pick(svg, id) {
  svg.classList.remove("picking");
  for (const one of svg.querySelectorAll(".on, .near")) one.classList.remove("on", "near");
  const found = id && [...svg.querySelectorAll("[data-id]")].find((one) => one.dataset.id === id);
  if (!found) return;
  svg.classList.add("picking");
  found.classList.add("on");
  const ends = new Set(found.matches(".tie") ? [found.dataset.from, found.dataset.to] : []);
  for (const tie of found.matches(".tie") ? [] : touching(svg, id)) {
    tie.classList.add("near");
    ends.add(tie.dataset.from).add(tie.dataset.to);
  }
  for (const party of svg.querySelectorAll(".party")) {
    if (ends.has(party.dataset.id)) party.classList.add("near");
  }
}

/** The view that holds these boxes with some air, in the whole's own proportion. */
export function around(boxes, [left, top, width, height]) {
  const x1 = Math.min(...boxes.map((b) => b[0])) - 40, y1 = Math.min(...boxes.map((b) => b[1])) - 40;
  const x2 = Math.max(...boxes.map((b) => b[0] + b[2])) + 40;
  const y2 = Math.max(...boxes.map((b) => b[1] + b[3])) + 40;
  const part = Math.min(1, Math.max((x2 - x1) / width, (y2 - y1) / height, 0.64));
  const [w, h] = [width * part, height * part];
  return kept([(x1 + x2 - w) / 2, (y1 + y2 - h) / 2, w, h], [left, top, width, height]);
}

function approach(svg, held, id) {
  if (held.picked === id) return;
  held.picked = id;
  const near = [...svg.querySelectorAll(".party.near, .party.on")];
  const boxes = near.map((one) => ["x", "y", "width", "height"].map(
    (name) => Number(one.querySelector(".box").getAttribute(name)),
  ));
  look(svg, held, boxes.length ? around(boxes, held.whole) : held.first);
}

function touching(svg, id) {
  return [...svg.querySelectorAll(".tie:not(.off)")].filter(
    ({ dataset }) => dataset.from === id || dataset.to === id,
  );
}

function middle(party) {
  const box = party.querySelector(".box");
  const of = (name) => Number(box.getAttribute(name));
  return [of("x") + of("width") / 2, of("y") + of("height") / 2];
}

function look(svg, held, view) {
  held.view = view;
  svg.setAttribute("viewBox", view.map((value) => value.toFixed(1)).join(" "));
}

function show(svg, held, element) {
  for (const one of svg.querySelectorAll('[tabindex="0"]')) one.setAttribute("tabindex", "-1");
  element.setAttribute("tabindex", "0");
  element.focus({ preventScroll: false });
  const [x, y] = element.matches(".party") ? middle(element) : [NaN, NaN];
  const [left, top, w, h] = held.view;
  if (x < left || x > left + w || y < top || y > top + h) {
    look(svg, held, kept([x - w / 2, y - h / 2, w, h], held.whole));
  }
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function walk(svg, held, event, open) {
  const at = event.target.closest(".party, .tie");
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "+" || event.key === "=") look(svg, held, zoomed(held.view, STEP, held.whole));
  else if (event.key === "-") look(svg, held, zoomed(held.view, 1 / STEP, held.whole));
  else if (event.key === "0") look(svg, held, held.whole);
  else if (!at) return false;
  else if (event.key === "Enter" || event.key === " ") open(at);
  else if (event.key === "Escape" && at.matches(".tie")) show(svg, held, party(svg, held.from || at.dataset.from));
  else if (event.key.toLowerCase() === "t") turn(svg, held, at, event.shiftKey ? -1 : 1);
  else if (event.key in WAYS) step(svg, held, at, WAYS[event.key]);
  else return false;
  return true;
}

function party(svg, id) {
  return [...svg.querySelectorAll(".party")].find((one) => one.dataset.id === id);
}

function step(svg, held, at, way) {
  const from = at.matches(".tie") ? party(svg, held.from || at.dataset.from) : at;
  const others = [...svg.querySelectorAll(".party:not(.off)")].filter((one) => one !== from);
  const found = nearest(middle(from), others.map(middle), way);
  show(svg, held, found < 0 ? from : others[found]);
}

function turn(svg, held, at, by) {
  if (at.matches(".party")) held.from = at.dataset.id;
  const ties = touching(svg, held.from || at.dataset.from);
  if (!ties.length) return;
  const now = ties.indexOf(at);
  show(svg, held, ties[now < 0 ? 0 : (now + by + ties.length) % ties.length]);
}

function drag(svg, held) {
  let from = null;
  svg.onpointerdown = (event) => {
    const all = held.view[2] >= held.whole[2];
    if (event.button || (event.pointerType === "touch" && all)) return; // the page is scrolled
    from = [event.clientX, event.clientY, ...held.view];
    held.moved = false;
  };
  svg.onpointermove = (event) => {
    if (!from || !event.buttons) return void (from = null);
    const scale = held.view[2] / svg.getBoundingClientRect().width;
    const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
    if (!held.moved && Math.hypot(dx, dy) < 5) return;
    if (!held.moved) svg.setPointerCapture(event.pointerId);
    held.moved = true;
    look(svg, held, kept([from[2] - dx * scale, from[3] - dy * scale, from[4], from[5]], held.whole));
  };
  svg.onpointerup = () => (from = null);
  svg.onwheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls; with Ctrl the map comes closer
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    const [x, y, w, h] = held.view;
    const at = [x + ((event.clientX - box.left) / box.width) * w, y + ((event.clientY - box.top) / box.height) * h];
    look(svg, held, zoomed(held.view, event.deltaY < 0 ? STEP : 1 / STEP, held.whole, at));
  };
}

/** Makes a drawn map answer; `open` is told the element that was opened. */
export function wire(root, only, picked, open) {
  const svg = root.querySelector("svg.map");
  let held = states.get(svg);
  if (!held) {
    const whole = numbers(svg.dataset.whole);
    const view = opening(whole, svg.clientWidth);
    states.set(svg, (held = { whole, view, first: view, moved: false, from: null, picked: null }));
    if (view[2] < whole[2]) {
      svg.style.setProperty("--ratio", `${view[2]} / ${view[3]}`);
      look(svg, held, view);
    }
    svg.querySelector(".party")?.setAttribute("tabindex", "0");
    drag(svg, held);
  }
  sift(svg, only);
  pick(svg, picked);
  settle(svg);
  approach(svg, held, picked || null);
  const tabbed = svg.querySelector('[tabindex="0"]');
  if (tabbed?.classList.contains("off")) {
    tabbed.setAttribute("tabindex", "-1");
    svg.querySelector(".party:not(.off)")?.setAttribute("tabindex", "0");
  }
  root.onclick = (event) => {
    const zoom = event.target.closest("[data-zoom]")?.dataset.zoom;
    const [, , width, height] = held.whole;
    if (zoom === "all" && held.first[2] < width) svg.style.setProperty("--ratio", `${width} / ${height}`);
    if (zoom === "all") look(svg, held, held.whole);
    else if (zoom) look(svg, held, zoomed(held.view, zoom === "in" ? STEP : 1 / STEP, held.whole));
    else if (!held.moved && typeof saveFrom === "function" && saveFrom(event)) return;
    else if (!held.moved && event.target.closest("[data-go]")) open(event.target.closest("[data-go]"));
    held.moved = false;
  };
  svg.onkeydown = (event) => {
    if (walk(svg, held, event, open)) event.preventDefault();
  };
  const lit = (event, on) => {
    const over = event.target.closest(".party");
    if (over) for (const tie of touching(svg, over.dataset.id)) tie.classList.toggle("lit", on);
  };
  svg.onpointerover = (event) => lit(event, true);
  svg.onpointerout = (event) => lit(event, false);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".net");
  if (root.dataset.rev !== data.rev) {
    root.replaceChildren(make(data.tree));
    root.dataset.rev = data.rev;
  }
  wire(root, data.only, data.picked, (element) => setTriggerValue("go", element.dataset.go));
}
