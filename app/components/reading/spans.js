// Positions in a text, and what follows from them: pure functions, no document.
//
// Python counts code points, the browser UTF-16 units: they part ways at every character beyond
// U+FFFF, which is one code point and two units. Spans are half-open: [start, end).

/** The units at which characters of two units begin, ascending. */
export function wide(text) {
  const found = [];
  for (const match of text.matchAll(/[\u{10000}-\u{10FFFF}]/gu)) found.push(match.index);
  return found;
}

/** How many of the ascending numbers come before the first for which `is` no longer holds. */
function count(numbers, is) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (is(numbers[middle], middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The unit at which a code point begins. */
export function toUnits(point, wides) {
  return point + count(wides, (at, before) => at - before < point);
}

/** The code point at a unit; inside a character of two units it is that character's start, or with
 * `up` its end. */
export function toPoints(unit, wides, up = false) {
  const before = count(wides, (at) => at + 2 <= unit);
  const inside = wides[before] + 1 === unit;
  return unit - before + (inside ? (up ? 0 : -1) : 0);
}

/** The turns of a text, in units: `from` and `to` hold the words without the speaker's label and
 * the white space around them. What stands before the first turn, and a text without turns, comes
 * by paragraphs, without a speaker. */
export function turnsOf(text, starts, speakers) {
  const turns = [];
  const first = starts.length ? starts[0] : text.length;
  for (const { 0: line, index } of text.slice(0, first).matchAll(/[^\n]+/g)) {
    const to = index + line.trimEnd().length;
    if (to > index) turns.push({ who: "", from: index + line.length - line.trimStart().length, to });
  }
  starts.forEach((start, number) => {
    const end = number + 1 < starts.length ? starts[number + 1] : text.length;
    const said = text.slice(start, end);
    const label = /^[^\n:]{1,120}:[ \t]+/.exec(said);
    const from = start + (label ? label[0].length : 0);
    const to = start + said.trimEnd().length;
    turns.push({ who: speakers[number], from: Math.min(from, Math.max(to, start)), to: Math.max(to, start) });
  });
  return turns;
}

/** The turns with long ones in blocks of at most `most` units, one after the other without a gap: a
 * browser takes far more than twice as long for a block of twice the length. A block ends after a
 * line where its second half holds the end of one, else after a word, and never inside a character
 * of two units. */
export function inBlocks(text, turns, most) {
  return turns.flatMap((turn) => {
    const blocks = [];
    let { from } = turn;
    while (turn.to - from > most) {
      const half = text.slice(from + (most >> 1), from + most);
      const found = half.lastIndexOf("\n") + 1 || half.search(/\s\S*$/) + 1 || half.length;
      const to = from + (most >> 1) + found;
      const pair = /[\uD800-\uDBFF]/.test(text[to - 1]);
      blocks.push({ ...turn, from, to: to - pair });
      from = to - pair;
    }
    return [...blocks, { ...turn, from }].map((block, i) => (i ? { ...block, who: "" } : block));
  });
}

/** [from, to) cut at the edges of the spans: pieces in order, each with the spans over it, the
 * longest first. Spans that lie outside, or are empty, cut nothing. */
export function cut(from, to, spans) {
  const here = spans.filter((s) => s.start < to && s.end > from && s.start < s.end);
  const edges = new Set([from, to]);
  for (const { start, end } of here) {
    if (start > from) edges.add(start);
    if (end < to) edges.add(end);
  }
  const ordered = [...edges].sort((a, b) => a - b);
  const pieces = [];
  for (let i = 0; i + 1 < ordered.length; i += 1) {
    const [start, end] = [ordered[i], ordered[i + 1]];
    const over = here.filter((s) => s.start <= start && s.end >= end);
    over.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
    pieces.push({ start, end, over });
  }
  return pieces;
}

/** A line for each span, counted from the words down, so that spans that overlap have lines of
 * their own: a Map from span to number. Shorter ones lie nearer to the words. */
export function lanes(spans) {
  const held = new Map();
  const taken = [];
  const ordered = [...spans].sort((a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start);
  for (const span of ordered) {
    let lane = 0;
    while ((taken[lane] ??= []).some((s) => s.start < span.end && span.start < s.end)) lane += 1;
    taken[lane].push(span);
    held.set(span, lane);
  }
  return held;
}

/** Where notes go so that none overlaps another: each has the height `tall` and wants to begin at
 * `want` (ascending). Crowded ones share the displacement; none begins above 0. */
export function stack(notes, gap) {
  const groups = [];
  for (const { want, tall } of notes) {
    let group = { at: want, tall: tall + gap, sum: want, inside: [0] };
    while (groups.length && groups.at(-1).at + groups.at(-1).tall > group.at) {
      const upper = groups.pop();
      const inside = [...upper.inside, ...group.inside.map((y) => y + upper.tall)];
      const sum = upper.sum + group.sum - upper.tall * group.inside.length;
      group = { inside, sum, tall: upper.tall + group.tall, at: 0 };
      group.at = sum / inside.length;
    }
    if (group.at < 0) group.at = 0;
    groups.push(group);
  }
  return groups.flatMap((group) => group.inside.map((y) => group.at + y));
}

/** The next of the ascending starts beyond a place, or before it; round the end. Null if none. */
export function next(starts, place, back = false) {
  if (!starts.length) return null;
  if (back) return starts.findLast((start) => start < place) ?? starts.at(-1);
  return starts.find((start) => start > place) ?? starts[0];
}

/** The span made one word longer or shorter at an edge, in units; never empty, never beyond the
 * text. */
export function moved(text, { start, end }, edge, by) {
  const at = edge === "start" ? start : end;
  const bounds = [0, text.length];
  for (const match of text.matchAll(/\S+/g)) {
    bounds.push(edge === "start" ? match.index : match.index + match[0].length);
  }
  bounds.sort((a, b) => a - b);
  const to = by > 0 ? bounds.find((b) => b > at) : bounds.findLast((b) => b < at);
  if (to === undefined) return { start, end };
  const found = edge === "start" ? { start: to, end } : { start, end: to };
  return found.start < found.end ? found : { start, end };
}
