// Saves a picture as it stands on the page: as an SVG file that needs nothing beside it, or as a
// PNG twice its size. Every style is written onto the elements, so that it looks the same in a word
// processor; the letters of the interface travel inside. Nothing leaves the machine.
const KEPT = (
  "fill fill-opacity stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin "
  + "stroke-opacity opacity paint-order font-family font-size font-weight font-style text-anchor "
  + "letter-spacing"
).split(" ");
const USUAL = {
  "fill-opacity": "1", "stroke-opacity": "1", opacity: "1", "stroke-dasharray": "none",
  "stroke-linecap": "butt", "stroke-linejoin": "miter", "paint-order": "normal",
  "font-style": "normal", "text-anchor": "start", "letter-spacing": "normal",
};
const LETTERS = { 400: "Inter-Regular", 500: "Inter-Medium", 600: "Inter-SemiBold" };

function dress(from, to) {
  const style = getComputedStyle(from);
  if (style.display === "none" && from.tagName !== "defs") return to.remove();
  for (const name of KEPT) {
    const value = style.getPropertyValue(name);
    if (value && value !== USUAL[name]) to.setAttribute(name, value);
  }
  for (const name of ["class", "tabindex", "role", "style"]) to.removeAttribute(name);
  for (const { name } of [...to.attributes]) if (name.startsWith("data-")) to.removeAttribute(name);
  const theirs = [...to.children];
  [...from.children].forEach((child, i) => dress(child, theirs[i]));
}

async function letters() {
  const rules = await Promise.all(Object.entries(LETTERS).map(async ([weight, file]) => {
    const answer = await fetch(new URL(`app/static/${file}.woff2`, document.baseURI));
    if (!answer.ok) return "";
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    return `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${text})}`;
  }));
  return rules.join("");
}

export async function standalone(svg, note = "") {
  const copy = svg.cloneNode(true);
  dress(svg, copy);
  const whole = (svg.dataset.whole || svg.getAttribute("viewBox")).split(" ").map(Number);
  const [left, top, wide] = [whole[0] - 12, whole[1] - 8, whole[2] + 24];
  const high = whole[3] + 16 + (note ? 20 : 0);
  const paper = getComputedStyle(svg).getPropertyValue("--page").trim() || "#fff";
  const box = { x: left, y: top, width: wide, height: high };
  const ground = document.createElementNS(svg.namespaceURI, "rect");
  for (const [name, value] of Object.entries({ ...box, fill: paper })) ground.setAttribute(name, value);
  const style = document.createElementNS(svg.namespaceURI, "style");
  style.textContent = await letters().catch(() => "");
  copy.prepend(style, ground);
  if (note) {
    const said = document.createElementNS(svg.namespaceURI, "text");
    const ink = getComputedStyle(svg).getPropertyValue("--mute").trim() || "#555";
    const look = { x: left + 12, y: top + high - 9, fill: ink, "font-family": "Inter, sans-serif", "font-size": 11 };
    for (const [name, value] of Object.entries(look)) said.setAttribute(name, value);
    said.textContent = note;
    copy.append(said);
  }
  copy.setAttribute("xmlns", svg.namespaceURI);
  copy.setAttribute("viewBox", `${left} ${top} ${wide} ${high}`);
  copy.setAttribute("width", wide);
  copy.setAttribute("height", high);
  return { text: new XMLSerializer().serializeToString(copy), wide, high };
}

async function raster({ text, wide, high }) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const finest = Math.min(2, 8000 / Math.max(wide, high));
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(wide * finest);
    canvas.height = Math.ceil(high * finest);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

function hand(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function save(button) {
  const figure = button.closest("[data-name]");
  const kind = button.dataset.save;
  const drawing = await standalone(figure.querySelector("svg"), figure.dataset.note);
  const svg = new Blob([drawing.text], { type: "image/svg+xml" });
  hand(kind === "png" ? await raster(drawing) : svg, `${figure.dataset.name}.${kind}`);
}

export function saveFrom(event) {
  const button = event.target.closest("[data-save]");
  if (button) save(button);
  return Boolean(button);
}
