// A step in working mode: its controls, what they do to its entry, and how a printed copy shows it.

// Adds the controls of a step, and the places where its printed copy shows what was recorded.
function equip(step) {
  const { item, number } = step;
  step.heading = item.querySelector(".step-title");
  step.heading.tabIndex = -1;
  step.controls = fields(step);
  const { done, result, start, end, initials, deviation } = step.controls;
  step.row = make(
    "div",
    { class: "work-controls", role: "group", "aria-label": `Record of step ${number}` },
    make(
      "div",
      { class: "work-first" },
      make("label", { class: "work-done" }, done, " Done"),
      labelled("Result", result),
      labelled("Initials", initials),
      ...copyPart(step),
    ),
    timed(step, "start", labelled("Start", start)),
    timed(step, "end", labelled("End", end)),
    make("div", { class: "work-wide" }, labelled("Deviation", deviation)),
  );
  step.printed = make("p", { class: "work-printed" });
  item.append(step.row, step.printed);
  item.addEventListener("focusin", () => setCurrent(step));
  item.addEventListener("click", () => setCurrent(step));
}

function fields(step) {
  const result = make("select");
  // Some browsers take each word that the arrow keys pass; "done", which may ask a question, comes last.
  for (const word of ["", "skipped", "failed", "done"]) {
    result.append(make("option", { value: word }, word || "not yet"));
  }
  const controls = {
    done: make("input", { type: "checkbox" }),
    result,
    start: make("input", { size: 23, autocomplete: "off" }),
    end: make("input", { size: 23, autocomplete: "off" }),
    initials: make("input", { size: 5, autocomplete: "off" }),
    deviation: make("input", { autocomplete: "off" }),
  };
  controls.done.addEventListener("change", () => setResult(step, controls.done.checked ? "done" : ""));
  result.addEventListener("change", () => setResult(step, result.value));
  for (const field of ["start", "end"]) {
    controls[field].addEventListener("change", () => typeTime(step, field));
  }
  for (const field of ["initials", "deviation"]) {
    controls[field].addEventListener("input", () => change(step, { [field]: controls[field].value }));
  }
  return controls;
}

function timed(step, field, label) {
  const now = button("Now", () => stampNow(step, field), { "aria-label": `Now: ${field} of ${step.number}` });
  return make("div", { class: "work-time" }, label, now);
}

function copyPart(step) {
  const { command, withheld } = step.facts;
  if (command !== null) {
    return [button("Copy command", () => copyCommand(step), { "aria-label": `Copy command of ${step.number}` })];
  }
  return withheld.length ? [make("p", { class: "work-without" }, "Command withheld: see its GAP box")] : [];
}

async function setResult(step, result) {
  if (result === "done" && step.facts.point_of_no_return && !(await confirmed(step))) {
    show(step);
    return;
  }
  const { end, initials } = step.entry;
  const values = { result, initials: result ? initials || ownInitials() : initials };
  if (result === "done" || result === "failed") {
    if (!end && !isUnread(step.controls.end)) values.end = step.stamped = stamp(new Date());
  } else if (end && end === step.stamped) {
    // Only the time that the tick itself put there goes with it.
    values.end = "";
  }
  change(step, values);
  sayResult(step, end && !step.entry.end ? end : "");
  leaveHidden(step);
}

function confirmed(step) {
  const text = `Step ${step.number} is a point of no return: what it deletes cannot be taken back. Was it carried out?`;
  return ask("Point of no return", text, "Yes, it is done", "No, not yet");
}

function sayResult({ number, entry: { result, end, initials } }, removed) {
  const time = result && end && ` at ${end.slice(11, 16)}`;
  const signed = result && !initials ? ", no initials yet" : "";
  const gone = removed && ` Its end ${removed.slice(11, 16)} went with the tick: u gives both back.`;
  const stays = !result && end ? ` Its end ${shownTime(end)} stays.` : "";
  say(`${number} ${result || "not yet done"}${time}${signed}.${gone}${stays} ${leftWords()}.`);
}

// A time that stands there is never overwritten: who wants another one clears the field or types it.
function stampNow(step, field) {
  const before = step.entry[field];
  if (isUnread(step.controls[field])) {
    say(`${field} of ${step.number} says “${step.controls[field].value.trim()}”, which is no time; change it in its field.`);
  } else if (before) {
    say(`${field} of ${step.number} is ${shownTime(before)} already; change it in its field.`);
  } else {
    change(step, { [field]: stamp(new Date()) });
    say(`${field} of ${step.number}: ${shownTime(step.entry[field])}`);
  }
}

function typeTime(step, field) {
  const control = step.controls[field];
  const time = timeIn(control, step.entry[field]);
  if (time === undefined) return;
  change(step, { [field]: time });
}

// The time that was typed into a field; undefined, and said, if it is none. What is shown has no seconds: leaving it as it
// is does not cut them off.
function timeIn(control, recorded) {
  const text = control.value.trim();
  const time = text === shownTime(recorded) ? recorded : text && typedTime(text);
  if (time === undefined) {
    sayNoTime(control, recorded);
  } else {
    // So that it is shown as it is recorded.
    control.shown = null;
  }
  return time;
}

function sayNoTime(control, recorded) {
  control.setAttribute("aria-invalid", "true");
  const instead = `Type 03:12 or 2014-06-10 03:12 +02:00. Still recorded: ${shownTime(recorded) || "nothing"}.`;
  say(`“${control.value.trim()}” is no time. ${instead}`);
}

// Shows an entry in the controls of its step and on its printed copy.
function show(step) {
  const { entry, controls } = step;
  controls.done.checked = entry.result === "done";
  controls.result.value = entry.result;
  for (const field of ["start", "end", "initials", "deviation"]) {
    showText(controls[field], shownField(field, entry[field]));
  }
  step.item.classList.toggle("work-over", !isLeft(step));
  showPrinted(step, entry);
}

// Marks the box and fills the strip to sign; a step without a strip gets a line of its own.
function showPrinted({ item, printed }, { result, start, end, initials, deviation }) {
  const box = item.querySelector(".box");
  if (box) box.dataset.result = result;
  const why = [result === "done" ? "" : result, deviation].filter(Boolean).join(": ");
  const texts = [shownTime(start), shownTime(end), initials, why].map((text) => visible(text, ACTING));
  const strip = item.querySelectorAll(".sign i");
  strip.forEach((line, index) => (line.textContent = texts[index] ?? ""));
  const words = ["Start", "End", "Initials", "Deviation"].map((name, index) => texts[index] && `${name}: ${texts[index]}`);
  printed.textContent = strip.length === texts.length ? "" : words.filter(Boolean).join(" · ");
}
