// Shows a tree and tells Python what was clicked. Sent behind make.js and save.js, as one module.
const drawn = new WeakMap();

/** Gives the focus to the link that had it before the tree was drawn anew, else to its neighbour. */
function refocus(root, go, at) {
  const links = [...root.querySelectorAll("[data-go][tabindex]")];
  const same = links.find((link) => link.dataset.go === go);
  (same ?? links[Math.min(at, links.length - 1)])?.focus({ preventScroll: true });
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".leaf");
  if (drawn.get(root) !== data.rev) {
    const focused = root.getRootNode().activeElement;
    const links = [...root.querySelectorAll("[data-go]")];
    root.replaceChildren(make(data.tree));
    drawn.set(root, data.rev);
    if (links.includes(focused)) refocus(root, focused.dataset.go, links.indexOf(focused));
    root.querySelector("[data-here]")?.scrollIntoView({ block: "center" });
  }
  const follow = (event) => {
    const target = event.target.closest("[data-go]");
    if (target) setTriggerValue("go", target.dataset.go);
    return Boolean(target);
  };
  root.onclick = (event) => saveFrom(event) || follow(event);
  root.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    if (event.target.closest("[data-save]")) return; // a button: its click follows
    if (follow(event)) event.preventDefault();
  };
}
