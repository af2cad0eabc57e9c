// Making elements. Worksheet text enters the page as text nodes and attributes, never as markup.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function button(text, act, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", act);
  return element;
}

// A control with its words; the two are one target.
function labelled(words, control) {
  return make("label", {}, make("span", { class: "work-label" }, words), control);
}
