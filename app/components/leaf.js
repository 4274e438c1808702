// Shows a tree and tells Python what was clicked. Sent behind make.js and save.js, as one module.
const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".leaf");
  if (drawn.get(root) !== data.rev) {
    root.replaceChildren(make(data.tree));
    drawn.set(root, data.rev);
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
