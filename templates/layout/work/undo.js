// Changing an entry, and taking the last change back: a slip of the finger costs nothing that was typed.

// The field in which somebody is typing, whose letters are one change together.
let typing = null;
const MOST_PAST = 50;

function change(step, values) {
  const fields = Object.keys(values).filter((field) => step.entry[field] !== values[field]);
  const goesOn = typing && typing === step.typedLast && step.controls[fields[0]] === typing;
  if (fields.length && !goesOn) {
    step.past.push(Object.fromEntries(fields.map((field) => [field, step.entry[field]])));
    step.past.splice(0, step.past.length - MOST_PAST);
  }
  step.typedLast = typing;
  if (fields.length) put(step, values);
  show(step);
  showCounts();
}

function put(step, values) {
  Object.assign(step.entry, values);
  note(step.number, values);
}

function takeBack(step) {
  const before = step.past.pop();
  if (!before) {
    say(`Nothing was changed at ${step.number} in this window.`);
    return;
  }
  step.typedLast = null;
  put(step, before);
  show(step);
  showCounts();
  const words = Object.entries(before).map(([field, value]) => `${field} ${shownField(field, value) || "blank"}`);
  say(`${step.number}: taken back. ${words.join(", ")}.`);
}

function shownField(field, value) {
  return field === "start" || field === "end" ? shownTime(value) : value;
}

// Shows a text in a field. What is being typed stays, and so does what is no time: a field is only written into when
// what is recorded of it has changed.
function showText(control, text) {
  if (control === typing || control.shown === text) return;
  control.shown = text;
  control.value = text;
  control.removeAttribute("aria-invalid");
}

// Whether something stands in a field that could not be read.
function isUnread(control) {
  return control.getAttribute("aria-invalid") === "true" && control.value.trim() !== "";
}

addEventListener("input", ({ target }) => (typing = isTyping(target) && target.matches("input") ? target : null), true);
for (const end of ["change", "focusout"]) addEventListener(end, () => (typing = null), true);
