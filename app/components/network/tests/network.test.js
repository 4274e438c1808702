// The reckoning of the map: views, directions and filters.
import assert from "node:assert/strict";
import { test } from "node:test";
import { around, kept, nearest, opening, passes, zoomed } from "../network.js";

const WHOLE = [-8, 0, 1000, 500];

test("a view never looks at anything beside the whole", () => {
  assert.deepEqual(kept([-500, -500, 400, 200], WHOLE), [-8, 0, 400, 200]);
  assert.deepEqual(kept([900, 400, 400, 200], WHOLE), [592, 300, 400, 200]);
});

test("going closer keeps the point under the pointer where it is", () => {
  const [x, y, w, h] = zoomed(WHOLE, 2, WHOLE, [492, 250]);
  assert.deepEqual([w, h], [500, 250]);
  assert.equal((492 - x) / w, 0.5);
  assert.equal((250 - y) / h, 0.5);
});

test("nobody goes farther than the whole, nor closer than eight times", () => {
  assert.deepEqual(zoomed(WHOLE, 0.5, WHOLE), WHOLE);
  const close = zoomed([0, 0, 126, 63], 2, WHOLE);
  assert.equal(close[2], 125);
});

test("an arrow goes to the nearest party in its direction, or nowhere", () => {
  const spots = [[100, 0], [60, 80], [-50, 0]];
  assert.equal(nearest([0, 0], spots, [1, 0]), 0);
  assert.equal(nearest([0, 0], spots, [0, 1]), 1);
  assert.equal(nearest([0, 0], spots, [-1, 0]), 2);
  assert.equal(nearest([0, 0], spots, [0, -1]), -1);
});

test("a filter lets through what it does not name", () => {
  const tie = { kind: "leads", state: "holds", wave: "" };
  assert.ok(passes(tie, {}));
  assert.ok(passes(tie, { kind: "leads", wave: null }));
  assert.ok(!passes(tie, { kind: "leads", state: "denied" }));
});

test("what is picked is shown with air around it, in the proportion of the whole", () => {
  const [x, y, w, h] = around([[100, 100, 50, 20]], WHOLE);
  assert.equal(w / h, 2);
  assert.ok(x <= 60 && x + w >= 190 && y <= 60 && y + h >= 160);
});

test("where letters would be too small to read a view begins with a part, in full height", () => {
  assert.deepEqual(opening(WHOLE, 700), WHOLE);
  assert.deepEqual(opening(WHOLE, 0), WHOLE);
  assert.deepEqual(opening(WHOLE, 360), [-8, 0, 480, 500]);
});
