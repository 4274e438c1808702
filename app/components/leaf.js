// Shows a tree and tells Python what was clicked. Sent behind make.js and save.js, as one module.
const drawn = new WeakMap();
let place = null; // the page whose heading was drawn last
const roots = new Set(); // the trees that stand on the page
let followed = ""; // where the link leads that was followed last
let held = 0; // the timer that keeps the focus at what is open
let given = null; // the word of what was given the focus last because it asked for it

/** Gives the focus to the link that had it before the tree was drawn anew, else to its neighbour. */
function refocus(root, go, at) {
  const links = [...root.querySelectorAll("[data-go][tabindex]")];
  const same = links.find((link) => link.dataset.go === go);
  (same ?? links[Math.min(at, links.length - 1)])?.focus({ preventScroll: true });
}

/** Gives the focus to the heading of a page that was gone to: it would stay where it was left, on a
 * link that is there no more, or in the sidebar. Regularities names by id what is read beside it. */
function arrive(root) {
  const heading = root.querySelector("h1");
  if (!heading) return false;
  const { pathname, search } = location;
  const id = pathname.endsWith("/regularities") ? "" : (new URLSearchParams(search).get("id") ?? "");
  const from = place;
  place = `${pathname} ${id}`;
  if (from === null || from === place) return false;
  heading.tabIndex = -1;
  heading.style.outline = "none";
  heading.focus();
  return true;
}

/** Gives the focus to the heading of what was just opened on the page. Once it is drawn anew, or
 * closed, the focus would stay on a button that is gone. */
function enter(root, anew) {
  const heading = root.querySelector("[data-opened]");
  if (!heading) return;
  const go = heading.dataset.opened;
  heading.tabIndex = -1;
  heading.style.outline = "none";
  if (go === followed) {
    heading.focus();
    followed = "";
  } else if (!anew) return;
  hold(go);
}

/** For three seconds, while the page is worked out: when what had the focus is gone, it goes to the
 * heading of what is open, and once that is closed to the link that opened it. */
function hold(go) {
  const find = (name) => [...roots].flatMap((root) => [...root.querySelectorAll(`[data-${name}]`)])
    .find((element) => element.dataset[name] === go);
  const until = Date.now() + 3000;
  clearInterval(held);
  held = setInterval(() => {
    if (Date.now() > until) clearInterval(held);
    else if (document.activeElement === document.body) (find("opened") ?? find("go"))?.focus();
  }, 50);
}

/** Gives the focus, once for each word, to what asks for it: the head of what was opened, the row
 * beneath which a form was closed. What was pressed there may be gone, or far from it. */
function give(root) {
  const asks = root.querySelector("[data-focus]");
  if (!asks || asks.dataset.focus === given) return;
  given = asks.dataset.focus;
  if (asks.tabIndex < 0) asks.style.outline = "none";
  asks.focus();
}

/** Goes by the arrows from row to row of a table whose rows open something, and to either end. */
function alongRows(event) {
  const row = event.target.closest("tr[data-go]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
  const rows = [...row.closest("table").querySelectorAll("tr[data-go]")];
  const at = rows.indexOf(row);
  const to = rows[{ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]];
  to?.focus();
  return Boolean(to);
}

/** Goes by the arrows from a row to the marks in it, and from mark to mark. */
function alongMarks(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const row = event.target.closest("tr");
  if (!by || !row || event.ctrlKey || event.metaKey || event.altKey) return false;
  const steps = [row.closest("[tabindex='0']") ?? row.querySelector("[tabindex='0']"),
    ...row.querySelectorAll(".dots [data-go]")];
  const at = steps.indexOf(event.target.closest("[data-go]"));
  const to = at < 0 ? null : steps[at + by];
  if (!to) return false;
  to.focus();
  return true;
}

/** Does what the row that has the focus offers under this letter, as "e" for editing it. */
function byLetter(event, setTriggerValue) {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[a-z]$/.test(event.key)) return false;
  const offered = event.target.closest("tr")?.querySelector(`[data-key="${event.key}"]`);
  if (offered) setTriggerValue("go", offered.dataset.go);
  return Boolean(offered);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".leaf");
  roots.add(root);
  if (drawn.get(root) !== data.rev) {
    const focused = root.getRootNode().activeElement;
    const links = [...root.querySelectorAll("[data-go]")];
    const before = root.querySelector("[data-opened]");
    root.replaceChildren(make(data.tree));
    drawn.set(root, data.rev);
    const arrived = arrive(root);
    if (!arrived && links.includes(focused)) refocus(root, focused.dataset.go, links.indexOf(focused));
    give(root);
    root.querySelector("[data-here]")?.scrollIntoView({ block: "center" });
    enter(root, before);
  }
  const follow = (event) => {
    const target = event.target.closest("[data-go]");
    if (!target) return false;
    followed = target.dataset.go;
    setTriggerValue("go", followed);
    return true;
  };
  root.onclick = (event) => saveFrom(event) || follow(event);
  root.onkeydown = (event) => {
    if (alongRows(event) || alongMarks(event) || byLetter(event, setTriggerValue)) {
      return event.preventDefault();
    }
    if (event.key !== "Enter" && event.key !== " ") return;
    if (event.target.closest("[data-save]")) return; // a button: its click follows
    if (follow(event)) event.preventDefault();
  };
  return () => {
    roots.delete(root);
    const open = root.querySelector("[data-opened]");
    if (open) hold(open.dataset.opened);
  };
}
