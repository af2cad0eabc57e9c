// Keeping what is recorded: every change waits here until the browser has written it for good, and the bar says so.

// Values by step number that are not kept yet; those of the whole record under "".
let waiting = new Map();
// Those that are being written.
let sending = new Map();
// Whether the record as it is here takes the place of the kept one, and under which key that one stays.
let replacing = null;
let isKeeping = false;
// Why the last try failed.
let trouble = "";
let lastKept = null;
let notExported = false;
let nextTry = 0;
const AGAIN = 3_000;
const NOTHING_KEPT = "this browser keeps nothing for this page";

const keptWords = make("span", { class: "work-kept" });
const warning = make("p", { class: "work-warning", role: "alert", hidden: "" });

function note(number, values) {
  if (!head.begun) {
    head.begun = stamp(new Date());
    waiting.set("", { ...waiting.get(""), begun: head.begun });
  }
  waiting.set(number, { ...waiting.get(number), ...values });
  notExported = true;
  keep();
}

// Keeps the whole record as it is here; `aside` is the key under which the one it replaces stays.
function replaceKept(aside = null) {
  waiting = new Map();
  replacing = { aside };
  notExported = isAnythingRecorded();
  return keep();
}

function isAllKept() {
  return waiting.size === 0 && replacing === null && !isKeeping;
}

async function keep() {
  clearTimeout(nextTry);
  if (isKeeping) return showKept();
  isKeeping = true;
  showKept();
  while (waiting.size || replacing) {
    const sent = { values: waiting, replacing };
    [sending, waiting, replacing] = [waiting, new Map(), null];
    try {
      const text = await amend(ownKey(), (kept) => merged(kept, sent), sent.replacing?.aside);
      sending = new Map();
      follow(text);
      trouble = "";
      lastKept = new Date();
    } catch (problem) {
      waitAgain(sent);
      trouble = problem?.name === "QuotaExceededError" ? "this browser's storage is full" : NOTHING_KEPT;
      nextTry = setTimeout(keep, AGAIN);
      break;
    }
  }
  isKeeping = false;
  showKept();
}

// What was sent waits under what has come since.
function waitAgain(sent) {
  if (replacing) return;
  replacing = sent.replacing;
  const later = waiting;
  waiting = sent.values;
  for (const [number, values] of later) waiting.set(number, { ...waiting.get(number), ...values });
}

// The kept record with the values that were sent.
function merged(kept, sent) {
  let damaged = false;
  let record = null;
  if (kept !== undefined && !sent.replacing) {
    try {
      record = fromRecord(kept);
    } catch {
      damaged = true;
    }
  }
  if (!record) return { text: isAnythingRecorded() ? textOfRecord() : null, damaged };
  record = withValues(record, sent.values);
  return { text: isAnythingIn(record) ? textOfRecord(record) : null, damaged };
}

function withValues({ head: kept, entries }, values) {
  const all = new Map(entries);
  for (const [number, its] of values) {
    if (number !== "") all.set(number, { ...blankEntry(), ...all.get(number), ...its });
  }
  const { begun } = kept;
  return { head: { ...kept, ...values.get(""), ...(begun && { begun }) }, entries: all };
}

// A record as text; the one of this window if none is named.
function textOfRecord(record = null) {
  const text = { ...toRecord(), ...record?.head };
  if (record) text.steps = text.steps.map((step) => ({ ...step, ...(record.entries.get(step.number) ?? blankEntry()) }));
  return JSON.stringify(text, null, 2) + "\n";
}

// Takes what is kept now into this window, under what still waits.
function follow(text) {
  if (replacing) return;
  const kept = text === null ? blankRecord() : fromRecord(text);
  takeRecord(withValues(withValues(kept, sending), waiting));
  if (isWorking()) showAll();
}

// Another window has changed a record.
async function heard({ data }) {
  if (session === null || replacing || !isSameKey(data, ownKey())) return;
  try {
    follow((await keptText(ownKey())) ?? null);
    say("The record was changed in another window.");
  } catch {
    // What cannot be read now is merged when the next change is kept.
  }
}

function showKept() {
  warning.hidden = !trouble;
  warning.textContent = trouble && `Not kept: ${trouble}. Export the record before you close this page. It is tried again.`;
  if (trouble) keptWords.textContent = "Not kept.";
  else if (!isAllKept()) keptWords.textContent = "Keeping…";
  else if (lastKept) keptWords.textContent = `Kept in this browser, ${stamp(lastKept).slice(11, 19)}.`;
  else keptWords.textContent = isAnythingRecorded() ? "Kept in this browser." : "";
}

addEventListener("beforeunload", (event) => {
  if (!isAllKept() && notExported) event.preventDefault();
});
