// Draws a tree that Python sent: [tag, attributes, children]. Elements and attributes outside the
// two lists are refused, text goes in as text nodes only: nothing that a person typed can become
// markup, load a file or run.
const TAGS = new Set((
  "div span p b i em small strong q h1 h2 h3 ul ol li table caption thead tbody tr th td blockquote "
  + "button hr svg g path rect circle ellipse line polyline polygon text tspan title defs pattern marker"
).split(" "));
const ATTRIBUTES = new RegExp(
  "^(class|id|role|tabindex|title|lang|dir|colspan|rowspan|scope|disabled|type|aria-[a-z]+|data-[a-z]+|"
  + "viewBox|width|height|x|y|x1|y1|x2|y2|cx|cy|r|rx|ry|d|points|dx|dy|transform|text-anchor|"
  + "dominant-baseline|preserveAspectRatio|markerWidth|markerHeight|refX|refY|orient|patternUnits|"
  + "patternTransform|pathLength)$"
);
const SVG = "http://www.w3.org/2000/svg";

export function make(node, inSvg = false) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, children] = node;
  if (!TAGS.has(tag)) throw new Error("refused element: " + tag);
  const svg = inSvg || tag === "svg";
  const element = svg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "vars") {
      for (const [key, held] of Object.entries(value)) element.style.setProperty("--" + key, held);
    } else if (name === "marker") {
      element.setAttribute("marker-end", `url(#${value})`);
    } else if (ATTRIBUTES.test(name)) {
      element.setAttribute(name, value);
    }
  }
  for (const child of children) element.append(make(child, svg));
  return element;
}
