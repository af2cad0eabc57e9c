// The bar of the working mode: how far the work is, what the page says, and what concerns the whole record.

const counts = make("p", { class: "work-counts" });
// Always in the page, so that assistive technology has heard of it before it first says something.
const said = make("p", { class: "work-said", role: "status" });
// Whose record it is, and from when.
const fromWords = make("span");
const initialsField = make("input", { size: 5, autocomplete: "off" });
const recoveredField = make("input", { size: 23, autocomplete: "off" });
const leftButton = button("Only what is left", () => toggleLeft(), { "aria-pressed": "false" });
const fileField = make("input", { type: "file", accept: ".json", hidden: "" });
const bar = make("section", { class: "work-bar", "aria-label": "Working mode" });
let leftOnly = false;

function makeBar() {
  const keys = make("input", { type: "checkbox" });
  keysOn = choice() === null;
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
    button("Now", stampRecovered, { "aria-label": "Now: service back" }),
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
  bar.append(about, make("p", { class: "work-from" }, fromWords, " ", keptWords), counts, buttons, warning, said);
  return bar;
}

// Keeps what has the focus clear of the bar: the page knows how tall it is. One that would take too much of the window
// scrolls away, and only what it says stays in sight.
function followBar() {
  const measure = () => {
    const isTall = document.body.classList.contains("work-tall");
    const height = bar.offsetHeight;
    const own = height - (isTall ? 0 : said.offsetHeight);
    document.body.classList.toggle("work-tall", own > innerHeight * 0.4);
    const top = Number.parseFloat(getComputedStyle(bar).top) || 0;
    document.documentElement.style.setProperty("--work-bar", `${height + top}px`);
    document.documentElement.style.setProperty("--work-said", `${said.offsetHeight}px`);
    letCommandsScroll();
  };
  const observer = new ResizeObserver(measure);
  observer.observe(bar);
  observer.observe(said);
  addEventListener("resize", measure);
}

// A command that does not fit the window is scrolled with the keyboard, too.
function letCommandsScroll() {
  for (const command of document.querySelectorAll(".command")) {
    if (command.scrollWidth > command.clientWidth) command.tabIndex = 0;
    else command.removeAttribute("tabindex");
  }
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
  const begun = head.begun ? `begun ${shownTime(head.begun)}` : "not begun yet";
  fromWords.textContent = `Record of ${runWords({ change: packet.change, exercise })}, ${begun}.`;
}

function showAll() {
  steps.forEach(show);
  showLane();
  showCounts();
  showText(recoveredField, shownTime(head.recovered));
}

function stampRecovered() {
  if (isUnread(recoveredField)) {
    say(`Service back says “${recoveredField.value.trim()}”, which is no time; change it in its field.`);
  } else {
    setRecovered(head.recovered || stamp(new Date()));
  }
}

function setRecovered(time) {
  head.recovered = time;
  note("", { recovered: time });
  showText(recoveredField, shownTime(time));
  showCounts();
  say(time ? `Service back: ${shownTime(time)}` : "Service not back yet.");
}

function typeRecovered() {
  const time = timeIn(recoveredField, head.recovered);
  if (time !== undefined) setRecovered(time);
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
  choice(on ? null : "yes");
  say(`Single keys are ${on ? "on" : "off"}.`);
}

function exportRecord() {
  download(textOfRecord(), packet.file);
  notExported = false;
  say(`Record exported as ${packet.file}.`);
}

async function importChosen() {
  const [file] = fileField.files;
  if (!file) return;
  // The same file can be chosen again.
  fileField.value = "";
  const name = excerpt(file.name);
  try {
    const bytes = new Uint8Array(await file.slice(0, LARGEST + 1).arrayBuffer());
    await importRecord(fromRecord(textOf(bytes)), name);
  } catch (problem) {
    say(`${name} was not imported: ${problem.message}.`);
  }
}

async function importRecord(record, name) {
  const here = steps.filter(({ entry }) => isRecorded(entry)).length;
  const there = [...record.entries.values()].filter(isRecorded).length;
  const question = `${name} has ${there} recorded steps; they replace the ${here} recorded here, which stay in this browser as a record put aside.`;
  if (isAnythingRecorded() && !(await ask("Replace the record?", question, "Replace it"))) return;
  await begin(record, isAnythingRecorded() ? asideKey(ownKey()) : null);
  say(`${name} imported: ${there} recorded steps. ${leftWords()}.`);
}

async function resetRecord() {
  const question = `All ticks, times and notes of edition ${packet.edition} are removed from this browser. Export the record first if anybody may need it.`;
  if (!(await ask("Reset the record?", question, "Remove them"))) return;
  await begin(blankRecord());
  say("The record is empty.");
}

// Goes on with another record in the place of this one.
async function begin(record, aside = null) {
  takeRecord(record);
  for (const step of steps) step.past = [];
  showAll();
  await replaceKept(aside);
  await showOthers();
}
