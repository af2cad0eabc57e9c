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
}));

// When the service was back: what an RTO is measured to. Steps may go on after it.
let recovered = "";

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
  return { schema: SCHEMA, kind, fqdn, title, edition, fingerprint, change, exported, recovered, lane, steps: recorded };
}

// A record of this edition: its entries by step number, and when the service was back. Throws what is wrong with any other text.
function fromRecord(text) {
  const record = parsed(text);
  if (record?.schema !== SCHEMA || !Array.isArray(record.steps)) {
    throw new Error("it is no record of a restore packet that this page can read");
  }
  if (record.kind !== packet.kind || record.fqdn !== packet.fqdn) {
    throw new Error(`it is the record of another packet, of ${record.kind} ${record.fqdn}`);
  }
  if (record.fingerprint !== packet.fingerprint) {
    throw new Error(
      `it is the record of edition ${record.edition} (fingerprint ${record.fingerprint}), ` +
        `and this is edition ${packet.edition} (${packet.fingerprint})`,
    );
  }
  const back = record.recovered ?? "";
  if (!isFit("end", back)) throw new Error(`“${back}” is no time at which the service was back`);
  const chosen = record.lane ?? "";
  if (chosen !== "" && !packet.lanes.some(({ id }) => id === chosen)) throw new Error(`this packet has no lane ${chosen}`);
  return { recovered: back, lane: chosen, entries: new Map(record.steps.map((step) => [knownNumber(step), entryOf(step)])) };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function knownNumber(step) {
  if (!steps.some(({ number }) => number === step?.number)) {
    throw new Error(`this packet has no step ${step?.number}`);
  }
  return step.number;
}

function entryOf(step) {
  const entry = blankEntry();
  for (const field of Object.keys(entry)) {
    const value = step[field] ?? "";
    if (!isFit(field, value)) {
      throw new Error(`“${value}” is no ${field} (step ${step.number})`);
    }
    entry[field] = value;
  }
  return entry;
}

function isFit(field, value) {
  if (value === "") return true;
  if (field === "result") return RESULTS.includes(value);
  if (field === "start" || field === "end") return TIME.test(value);
  return typeof value === "string";
}

function takeRecord(record) {
  recovered = record.recovered;
  lane = record.lane;
  for (const step of steps) {
    step.entry = record.entries.get(step.number) ?? blankEntry();
  }
}

function blankRecord() {
  return { recovered: "", lane: "", entries: new Map() };
}

function isAnythingRecorded() {
  return recovered !== "" || lane !== "" || steps.some(({ entry }) => isRecorded(entry));
}
