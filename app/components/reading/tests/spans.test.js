import assert from "node:assert/strict";
import test from "node:test";

import { cut, inBlocks, lanes, moved, next, stack, toPoints, toUnits, turnsOf, wide } from "../spans.js";

const ODD = "a😀é́\n𝒳z \u200dשלום 👩‍👩‍👧 end";

test("every code point is found again from its unit", () => {
  const wides = wide(ODD);
  [...ODD].forEach((character, point) => {
    const unit = toUnits(point, wides);
    assert.equal(ODD.codePointAt(unit), character.codePointAt(0));
    assert.equal(toPoints(unit, wides), point);
  });
  assert.equal(toUnits([...ODD].length, wides), ODD.length);
  assert.equal(toPoints(ODD.length, wides), [...ODD].length);
});

test("an edge inside a character takes the whole character", () => {
  const wides = wide("x😀y");
  assert.equal(toPoints(2, wides), 1);
  assert.equal(toPoints(2, wides, true), 2);
});

test("a text of plain letters counts the same either way", () => {
  assert.deepEqual(wide("plain"), []);
  assert.equal(toUnits(3, []), 3);
  assert.equal(toPoints(3, []), 3);
});

test("a turn's words begin after the speaker's label and end before the white space", () => {
  const text = "Q: Who came?\nRosa (link worker): Big Alun.\nAnd I.\n\n";
  const turns = turnsOf(text, [0, 13], ["Q", "Rosa (link worker)"]);
  assert.deepEqual(turns.map((t) => [t.who, text.slice(t.from, t.to)]), [
    ["Q", "Who came?"],
    ["Rosa (link worker)", "Big Alun.\nAnd I."],
  ]);
});

test("words before the first turn and texts without turns come by paragraphs", () => {
  const text = "\n  Notes.\n\nMore notes.  \nQ: Yes?";
  const words = (turns) => turns.map((t) => [t.who, text.slice(t.from, t.to)]);
  assert.deepEqual(words(turnsOf(text, [25], ["Q"])), [["", "Notes."], ["", "More notes."], ["Q", "Yes?"]]);
  assert.deepEqual(words(turnsOf(text, [], [])).length, 3);
});

test("a long turn comes in blocks that end after a line, else after a word, and hold all of it", () => {
  const blocks = (text, from = 0) =>
    inBlocks(text, [{ who: "Q", asks: true, from, to: text.length }], 8).map((b) => [b.who, b.asks, text.slice(b.from, b.to)]);
  assert.deepEqual(blocks("Q: short", 3), [["Q", true, "short"]]);
  assert.deepEqual(blocks("one two three"), [["Q", true, "one two "], ["", true, "three"]]);
  assert.deepEqual(blocks("a b c\nd e f g"), [["Q", true, "a b c\n"], ["", true, "d e f g"]]);
  assert.deepEqual(blocks("aaaaaaa😀bb"), [["Q", true, "aaaaaaa"], ["", true, "😀bb"]]);
  assert.deepEqual(blocks("a".repeat(17)).map(([, , words]) => words.length), [8, 8, 1]);
});

test("lines of nothing but white space are no paragraphs, however long", () => {
  const blank = " ".repeat(1_000_000);
  assert.deepEqual(turnsOf(`${blank}\n a b \n\u00a0${blank}`, [], []), [
    { who: "", from: 1_000_002, to: 1_000_005 },
  ]);
});

test("a turn that was blanked has no words", () => {
  const text = "Q: Yes?\n                \nQ: So.";
  const [, gone] = turnsOf(text, [0, 8, 25], ["Q", "(withdrawn)", "Q"]);
  assert.equal(text.slice(gone.from, gone.to), "");
});

test("a text is cut where codings begin and end, overlaps included", () => {
  const long = { id: "long", start: 2, end: 9 };
  const short = { id: "short", start: 5, end: 12 };
  const pieces = cut(0, 10, [short, long]);
  assert.deepEqual(
    pieces.map((p) => [p.start, p.end, p.over.map((s) => s.id)]),
    [[0, 2, []], [2, 5, ["long"]], [5, 9, ["long", "short"]], [9, 10, ["short"]]],
  );
});

test("the pieces of a cut are the whole text, once and in order", () => {
  const spans = [[0, 4], [4, 8], [2, 6], [2, 6], [7, 99], [90, 99], [5, 5]].map(([start, end]) => ({ start, end }));
  const pieces = cut(1, 20, spans);
  assert.equal(pieces[0].start, 1);
  assert.equal(pieces.at(-1).end, 20);
  for (let i = 1; i < pieces.length; i += 1) assert.equal(pieces[i].start, pieces[i - 1].end);
});

test("codings that overlap have lines of their own, the shorter nearer to the words", () => {
  const [outer, inner, apart] = [{ start: 0, end: 20 }, { start: 5, end: 10 }, { start: 30, end: 40 }];
  const held = lanes([outer, inner, apart]);
  assert.equal(held.get(inner), 0);
  assert.equal(held.get(outer), 1);
  assert.equal(held.get(apart), 0);
});

test("notes never overlap, keep their order and stay where there is room", () => {
  const notes = [0, 4, 4, 5, 300].map((want) => ({ want, tall: 40 }));
  const tops = stack(notes, 6);
  for (let i = 1; i < tops.length; i += 1) assert.ok(tops[i] >= tops[i - 1] + 46 - 1e-9, tops.join());
  assert.equal(tops[0], 0);
  assert.equal(tops[4], 300);
});

test("a crowd of notes is spread around the middle of what they want", () => {
  assert.deepEqual(stack([{ want: 100, tall: 10 }, { want: 100, tall: 10 }], 0), [95, 105]);
});

test("hundreds of notes in one place are placed without overlapping", () => {
  const tops = stack(Array.from({ length: 500 }, (_, i) => ({ want: 50 + (i % 3), tall: 20 })).sort((a, b) => a.want - b.want), 4);
  tops.slice(1).forEach((top, i) => assert.ok(top - tops[i] >= 24 - 1e-6));
});

test("the next place goes round the end", () => {
  assert.equal(next([3, 8], 3), 8);
  assert.equal(next([3, 8], 8), 3);
  assert.equal(next([3, 8], 8, true), 3);
  assert.equal(next([], 8), null);
});

test("an edge moves by a word and never past the other", () => {
  const text = "one two three";
  assert.deepEqual(moved(text, { start: 4, end: 7 }, "end", 1), { start: 4, end: 13 });
  assert.deepEqual(moved(text, { start: 4, end: 13 }, "end", -1), { start: 4, end: 7 });
  assert.deepEqual(moved(text, { start: 4, end: 7 }, "start", -1), { start: 0, end: 7 });
  assert.deepEqual(moved(text, { start: 4, end: 7 }, "start", 1), { start: 4, end: 7 });
  assert.deepEqual(moved(text, { start: 0, end: 13 }, "end", 1), { start: 0, end: 13 });
});
