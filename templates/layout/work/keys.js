// Single keys, and the step they act on. They can be turned off, for people whose speech or switch types letters.

const KEYS = new Map([
  ["j", ["next step", () => move(1)]],
  ["k", ["step before", () => move(-1)]],
  ["n", ["next step that is left", () => goToLeft()]],
  ["x", ["tick or untick the step", (step) => setResult(step, step.entry.result === "done" ? "" : "done")]],
  ["s", ["stamp its start", (step) => stampNow(step, "start")]],
  ["e", ["stamp its end", (step) => stampNow(step, "end")]],
  ["u", ["take the last change of the step back", (step) => takeBack(step)]],
  ["c", ["copy its command", (step) => copyCommand(step)]],
  ["r", ["go to its result", (step) => step.controls.result.focus()]],
  ["i", ["go to its initials", (step) => step.controls.initials.focus()]],
  ["d", ["go to its deviation", (step) => step.controls.deviation.focus()]],
  ["f", ["show only what is left, or all", () => toggleLeft()]],
  ["b", ["go to the bar at the top", () => initialsField.focus()]],
  ["?", ["this list", () => showKeys()]],
]);
const WITHOUT_STEP = "jknfb?";

let current = null;
let keysOn = true;

function setCurrent(step) {
  current?.item.classList.remove("work-current");
  current = step;
  current.item.classList.add("work-current");
}

function go(step) {
  setCurrent(step);
  step.heading.focus();
}

function shownSteps() {
  return steps.filter((step) => !isHidden(step));
}

// The next shown step in a direction; the current one may itself be hidden by now.
function move(direction) {
  const here = steps.indexOf(current);
  const beyond = shownSteps().filter((step) => (steps.indexOf(step) - here) * direction > 0);
  const next = direction > 0 ? beyond[0] : beyond.at(-1);
  if (next) {
    go(next);
  } else {
    say(direction > 0 ? "That was the last step." : "That was the first step.");
  }
}

// The next one that is left behind the current step, or else the first of all.
function goToLeft() {
  const left = steps.filter((step) => isLeft(step) && isInLane(step));
  const here = steps.indexOf(current);
  const next = left.find((step) => steps.indexOf(step) > here) ?? left[0];
  if (next) {
    go(next);
  } else {
    say("No step is left.");
  }
}

function isTyping(target) {
  return target.matches("input:not([type=checkbox]), select, textarea");
}

function onKey(event) {
  if (!isWorking() || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && current) go(current);
  if (isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const known = KEYS.get(key);
  if (!keysOn || !known) return;
  event.preventDefault();
  if (current || WITHOUT_STEP.includes(key)) {
    known[1](current);
  } else {
    say("First go to a step, with j.");
  }
}
