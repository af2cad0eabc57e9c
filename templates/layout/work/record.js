// The record: an entry for each step of this packet, and the JSON in which it is kept, exported and imported.

const SCHEMA = "restore-packets/record/1";
const RESULTS = ["done", "skipped", "failed"];

// The packet's own facts come as JSON from the program. They are not read back from the page, where a command
// is cut into words so that it wraps well.
const packet = JSON.parse(document.getElementById("work-facts").textContent);
const steps = packet.steps.map((facts) => ({
  facts,
  number: facts.number,
  item: document.getElementById(facts.anchor),
  entry: blankEntry(),
  // What its entry said before each change made in this window.
  past: [],
}));

// What is true of the whole record: `begun` is when its first entry was made, `recovered` when the service was back,
// which is what an RTO is measured to. Steps may go on after it.
let head = blankHead();
// An exercise is no restore: its record is another one, of the same edition and change.
let exercise = false;

function blankHead() {
  return { begun: "", recovered: "", lane: "" };
}

function blankEntry() {
  return { result: "", start: "", end: "", initials: "", deviation: "" };
}

function isRecorded(entry) {
  return Object.values(entry).some((value) => value !== "");
}

// A failed step is left too: somebody has to see to it.
function isLeft(step) {
  return step.entry.result === "" || step.entry.result === "failed";
}

function countOf(result) {
  return steps.filter((step) => step.entry.result === result).length;
}

function toRecord() {
  const { kind, fqdn, title, edition, fingerprint, change } = packet;
  const recorded = steps.map(({ facts: { number, title, command }, entry }) => ({ number, title, command, ...entry }));
  const exported = stamp(new Date());
  return { schema: SCHEMA, kind, fqdn, title, edition, fingerprint, change, exercise, exported, ...head, steps: recorded };
}

function takeRecord(record) {
  head = { ...record.head };
  for (const step of steps) {
    step.entry = { ...(record.entries.get(step.number) ?? blankEntry()) };
  }
}

function blankRecord() {
  return { head: blankHead(), entries: new Map() };
}

function isAnythingIn({ head: { recovered, lane }, entries }) {
  return recovered !== "" || lane !== "" || [...entries.values()].some(isRecorded);
}

function isAnythingRecorded() {
  return isAnythingIn({ head, entries: new Map(steps.map(({ number, entry }) => [number, entry])) });
}

// What a record is the record of, in words.
function runWords({ change, exercise }) {
  return `${exercise ? "an exercise" : "a restore"}, ${change ? `change ${change}` : "no change named"}`;
}
