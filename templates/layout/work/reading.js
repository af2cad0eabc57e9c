// Reading a record. `record` reads the same files: what one of the two refuses the other refuses, in the same words.

const LARGEST = 4 << 20;
// As deep as the program's reader goes.
const DEEPEST = 127;

// The text of a file. PowerShell writes UTF-16.
function textOf(bytes) {
  if (bytes.length > LARGEST) throw new Error("it is larger than 4 MiB, and no record of a packet is");
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Error("its text is neither UTF-8 nor UTF-16");
  }
}

// What is in a record of this edition, this change and this kind of run. Throws what is wrong with any other text.
function fromRecord(text) {
  const record = formOf(text);
  isOfThisPacket(record);
  for (const [index, step] of record.steps.entries()) isAsIssued(step, record.steps.slice(0, index));
  const head = { begun: record.begun ?? "", recovered: record.recovered ?? "", lane: record.lane ?? "" };
  if (head.lane !== "" && !packet.lanes.some(({ id }) => id === head.lane)) {
    throw new Error(`the edition has no lane ${excerpt(head.lane)}`);
  }
  return { head, entries: new Map(record.steps.map((step) => [step.number, entryOf(step)])) };
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return isPlain(value, DEEPEST) ? value : undefined;
  } catch {
    return undefined;
  }
}

// Numbers that are too large and halves of characters are no JSON for every reader.
function isPlain(value, room) {
  if (typeof value === "string") return !/\p{Surrogate}/u.test(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return room > 0 && Object.entries(value).every(([key, it]) => isPlain(key, room) && isPlain(it, room - 1));
}

// The record as it stands in the text, if each of its fields can be what it says.
function formOf(text) {
  const record = parsed(text);
  if (record === undefined) throw new Error("it is no whole JSON");
  if (record?.schema !== SCHEMA) throw new Error(`it does not say that its schema is ${SCHEMA}`);
  for (const name of ["kind", "fqdn", "fingerprint"]) {
    if (typeof record[name] !== "string") throw new Error(`its ${name} is no text`);
  }
  if (!Number.isInteger(record.edition) || record.edition < 0 || record.edition > 0xffffffff) throw new Error("its edition is no number");
  if (typeof (record.change ?? "") !== "string") throw new Error("its change is no text");
  if (typeof (record.exercise ?? false) !== "boolean") throw new Error("its exercise is neither true nor false");
  isTimed("begun", record.begun);
  isTimed("service back", record.recovered);
  if (typeof (record.lane ?? "") !== "string") throw new Error("its lane is no text");
  if (!Array.isArray(record.steps)) throw new Error("it has no list of steps");
  record.steps.forEach(isStep);
  return record;
}

function isStep(step) {
  if (typeof step?.number !== "string") throw new Error("a step has no number");
  const name = `step ${excerpt(step.number)}`;
  if (typeof step.title !== "string") throw new Error(`${name}, title: it is no text`);
  for (const field of ["command", "initials", "deviation"]) {
    if (typeof (step[field] ?? "") !== "string") throw new Error(`${name}, ${field}: it is no text`);
  }
  const result = step.result ?? "";
  if (result !== "" && !RESULTS.includes(result)) {
    throw new Error(`${name}, result: \`${quoted(result)}\` is none of done, skipped, failed`);
  }
  isTimed(`${name}, start`, step.start);
  isTimed(`${name}, end`, step.end);
}

function isTimed(what, value) {
  const time = value ?? "";
  if (time !== "" && !isTime(time)) {
    throw new Error(`${what}: \`${quoted(time)}\` is no time as 2014-06-10T03:12:00+02:00`);
  }
}

// A value that is no text, as JSON has it.
function quoted(value) {
  return excerpt(typeof value === "string" ? value : JSON.stringify(value));
}

function isOfThisPacket(record) {
  const { kind, fqdn, edition, fingerprint, change } = packet;
  if (record.kind !== kind || record.fqdn !== fqdn) {
    throw new Error(`it is the record of another packet, of ${excerpt(`${record.kind} ${record.fqdn}`)}`);
  }
  if (record.fingerprint !== fingerprint) {
    const of = `edition ${record.edition} (fingerprint ${excerpt(record.fingerprint)})`;
    throw new Error(`it is the record of ${of}, and this is edition ${edition} (${fingerprint})`);
  }
  if (record.edition !== edition) {
    const said = `says it is edition ${record.edition} of ${fqdn}`;
    throw new Error(`it bears the fingerprint of edition ${edition} of ${kind} ${fqdn}, and ${said}`);
  }
  const [theirs, ours] = [record, { change, exercise }].map(runWords);
  if (theirs !== ours) throw new Error(`it is the record of ${excerpt(theirs)}, and this is the record of ${ours}`);
}

// A step that the edition has, once, and as it was issued.
function isAsIssued({ number, title, command }, before) {
  const step = steps.find((it) => it.number === number);
  if (!step) throw new Error(`the edition has no step ${excerpt(number)}`);
  if (before.some((it) => it.number === number)) throw new Error(`step ${number} stands here a second time`);
  if (oneLine(title) !== oneLine(step.facts.title)) throw new Error(`the title of step ${number} is not as issued`);
  if (lines(command) !== lines(step.facts.command)) throw new Error(`the command of step ${number} is not as issued`);
}

// White space, and the backticks that set names apart, are no difference.
function oneLine(text) {
  return text.replaceAll("`", "").split(/\s+/).filter(Boolean).join(" ");
}

// The lines of a command without blanks at their ends, which nobody sees.
function lines(command) {
  return (command ?? "").trimEnd().split(/\r?\n/).map((line) => line.trimEnd()).join("\n");
}

function entryOf(step) {
  const entry = blankEntry();
  for (const field of Object.keys(entry)) entry[field] = step[field] ?? "";
  return entry;
}

// A text as messages quote it: one line, not too long, with nothing in it that cannot be seen.
function excerpt(text) {
  const line = [...text.split(/\s+/).filter(Boolean).join(" ")];
  return visible(line.length <= 60 ? line.join("") : `${line.slice(0, 59).join("")}…`);
}

const HIDDEN = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
// Those that act on what stands beside them; the others are also how some languages are written.
const ACTING = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

// A control character becomes its picture (␛); what is invisible, or turns the text round, its number (<U+202E>).
function visible(text, which = HIDDEN) {
  return text.replace(which, (symbol) => {
    const code = symbol.codePointAt(0);
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? "␡" : `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}
