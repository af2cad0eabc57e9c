// The bar of the working mode: how far the work is, what the page says, and what concerns the whole record.

const counts = make("p", { class: "work-counts" });
// Always in the page, so that assistive technology has heard of it before it first says something.
const said = make("p", { class: "work-said", role: "status" });
const warning = make("p", { class: "work-warning", hidden: "" });
const initialsField = make("input", { size: 5, autocomplete: "off" });
const recoveredField = make("input", { size: 23, autocomplete: "off" });
const leftButton = button("Only what is left", () => toggleLeft(), { "aria-pressed": "false" });
const fileField = make("input", { type: "file", accept: ".json", hidden: "" });
let leftOnly = false;

function makeBar() {
  const keys = make("input", { type: "checkbox" });
  keysOn = storage?.getItem(KEYS_OFF) == null;
  keys.checked = keysOn;
  keys.addEventListener("change", () => turnKeys(keys.checked));
  fileField.addEventListener("change", importChosen);
  recoveredField.addEventListener("change", typeRecovered);
  const buttons = make(
    "div",
    { class: "work-buttons" },
    labelled("Your initials", initialsField),
    ...(hasLanes() ? [labelled("Lane", laneField)] : []),
    labelled("Service back", recoveredField),
    button("Now", () => setRecovered(recovered || stamp(new Date())), { "aria-label": "Now: service back" }),
    leftButton,
    button("Export record", exportRecord),
    button("Import record…", () => fileField.click()),
    fileField,
    button("Reset record…", resetRecord),
  );
  const about = make(
    "div",
    { class: "work-about" },
    make("label", { class: "work-done" }, keys, " Single keys"),
    button("Keys", showKeys),
    button("Leave", () => setWorking(false)),
  );
  return make("section", { class: "work-bar", "aria-label": "Working mode" }, about, counts, buttons, warning, said);
}

function say(text) {
  // The same words twice are heard twice only if they differ.
  said.textContent = said.textContent === text ? `${text}\u00a0` : text;
}

function ownInitials() {
  return initialsField.value.trim();
}

function leftWords() {
  const own = steps.filter(isInLane);
  return `${own.filter((step) => step.entry.result === "" || step.entry.result === "failed").length} of ${own.length} left`;
}

function showCounts() {
  const words = RESULTS.map((result) => `${countOf(result)} ${result}`);
  counts.textContent = `${words.join(", ")}; ${leftWords()}`;
  warning.hidden = storage !== null;
  warning.textContent = storage ? "" : "This browser keeps nothing for this page: export the record before you close it.";
}

function showAll() {
  steps.forEach(show);
  showLane();
  showCounts();
  recoveredField.value = shownTime(recovered);
}

function setRecovered(time) {
  recovered = time;
  recoveredField.value = shownTime(time);
  recoveredField.removeAttribute("aria-invalid");
  save();
  showCounts();
  say(time ? `Service back: ${shownTime(time)}` : "Service not back yet.");
}

function typeRecovered() {
  const text = recoveredField.value.trim();
  if (text === shownTime(recovered)) return;
  const time = text && typedTime(text);
  if (time === undefined) {
    sayNoTime(recoveredField, recovered);
  } else {
    setRecovered(time);
  }
}

function isHidden(step) {
  return !isInLane(step) || (leftOnly && !isLeft(step));
}

function toggleLeft() {
  leftOnly = !leftOnly;
  leftButton.setAttribute("aria-pressed", String(leftOnly));
  document.body.classList.toggle("work-left-only", leftOnly);
  say(`${shownSteps().length} of ${steps.length} steps shown.`);
  if (current) leaveHidden(current);
}

// Focus may not stay in a step that has just been hidden.
function leaveHidden(step) {
  if (isHidden(step) && step === current) goToLeft();
}

function turnKeys(on) {
  keysOn = on;
  keep(KEYS_OFF, on ? null : "yes");
  say(`Single keys are ${on ? "on" : "off"}.`);
}

function exportRecord() {
  download(toRecord(), packet.file);
  notExported = false;
  say(`Record exported as ${packet.file}.`);
}

async function importChosen() {
  const [file] = fileField.files;
  if (!file) return;
  // The same file can be chosen again.
  fileField.value = "";
  try {
    await importRecord(fromRecord(await file.text()), file.name);
  } catch (problem) {
    say(`${file.name} was not imported: ${problem.message}.`);
  }
}

async function importRecord(record, name) {
  const here = steps.filter(({ entry }) => isRecorded(entry)).length;
  const there = [...record.entries.values()].filter(isRecorded).length;
  const question = `${name} has ${there} recorded steps; they replace the ${here} recorded here.`;
  if (isAnythingRecorded() && !(await ask("Replace the record?", question, "Replace it"))) return;
  takeRecord(record);
  save();
  showAll();
  say(`${name} imported: ${there} recorded steps. ${leftWords()}.`);
}

async function resetRecord() {
  const question = `All ticks, times and notes of edition ${packet.edition} are removed from this browser. Export the record first if anybody may need it.`;
  if (!(await ask("Reset the record?", question, "Remove them"))) return;
  takeRecord(blankRecord());
  save();
  showAll();
  say("The record is empty.");
}

// Names the records of other editions, which are never shown here.
function notices() {
  return otherEditions().map((record) => {
    const { edition, fingerprint, exported } = record;
    const name = packet.file.replace(/record\.json$/, `edition-${edition}.record.json`);
    const words = `This browser also keeps a record of edition ${edition} (fingerprint ${fingerprint}), last changed ${shownTime(String(exported))}. It is not shown here. `;
    return make("p", { class: "work-other" }, words, button(`Export the record of edition ${edition}`, () => download(record, name)));
  });
}
