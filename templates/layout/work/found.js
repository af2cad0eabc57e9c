// Records that this browser keeps already: whether one is gone on with is asked, and those of other editions, changes and
// kinds of run are named but never shown.

const offer = make("div", { class: "work-offer" });
const others = make("div");

function makeOffer() {
  const text = "Tick steps, stamp times, copy commands with one key. The record stays in this browser until you export it.";
  offer.append(
    button("Work on screen", () => beginWork(false)),
    " ",
    button("Exercise on screen", () => beginWork(true)),
    make("p", {}, text),
    others,
  );
  return offer;
}

// The kind of run that this window works on; null before it was begun.
let session = null;
let isBeginning = false;

// Begins the working mode: with what is kept of such a run, if that is wanted, or with a blank record.
async function beginWork(isExercise) {
  if (isBeginning) return;
  if (session !== null && session !== isExercise && !isAllKept()) {
    say("What is recorded here is not kept yet: export it first.");
    return;
  }
  isBeginning = true;
  const words = session === isExercise ? "" : await beginSession(isExercise);
  isBeginning = false;
  if (words === null) return;
  setWorking(true, words);
  move(1);
}

// What there is to say of the record; null where nobody decided which it is.
async function beginSession(isExercise) {
  session = null;
  exercise = isExercise;
  [trouble, lastKept] = ["", null];
  takeRecord(blankRecord());
  for (const step of steps) step.past = [];
  let words = "";
  try {
    const text = await keptText(ownKey());
    if (text !== undefined) words = await goOnOrAnew(text);
  } catch {
    trouble = NOTHING_KEPT;
  }
  if (words !== null) session = isExercise;
  return words;
}

// Takes a kept record, or puts it aside and takes a blank one. What there is to say of it; null where nobody decided.
async function goOnOrAnew(text) {
  let record;
  try {
    record = fromRecord(text);
  } catch (problem) {
    return damaged(text, problem);
  }
  const question = `This browser keeps a record of ${runWords({ change: packet.change, exercise })}: ${begunWords(record)}. Go on with it, or export it and start anew?`;
  const buttons = [["Go on", "on"], ["Export it and start anew", "anew"]];
  const answer = await openDialog("Go on with the record?", [make("p", {}, question)], buttons);
  if (answer === "on") {
    takeRecord(record);
    return "";
  }
  if (answer !== "anew") return null;
  download(text, packet.file);
  await startAnew();
  return `The record was exported as ${packet.file} and put aside.`;
}

async function damaged(text, problem) {
  const question = `The record that this browser keeps cannot be used: ${problem.message}. Save it as it is before you start anew.`;
  const buttons = [["Not now", ""], ["Save it and start anew", "anew"]];
  if ((await openDialog("A damaged record", [make("p", {}, question)], buttons)) !== "anew") return null;
  download(text, damagedName());
  await startAnew();
  return `What was kept was saved as ${damagedName()} and put aside.`;
}

async function startAnew() {
  takeRecord(blankRecord());
  await amend(ownKey(), () => ({ text: null }), asideKey(ownKey()));
  await showOthers();
}

// Begun 2014-06-01 03:12 +02:00, 5 of 28 done.
function begunWords({ head: { begun }, entries }) {
  const done = [...entries.values()].filter(({ result }) => result === "done").length;
  const from = begun ? `begun ${shownTime(begun)}` : "nobody knows when begun";
  return `${from}, ${done} of ${steps.length} done`;
}

function damagedName() {
  return packet.file.replace(/record\.json$/, "damaged-record.json");
}

// Names everything that is kept of this packet and is not what is being worked on.
async function showOthers() {
  let kept = [];
  try {
    kept = await keptOfPacket();
  } catch {
    // Then there is nothing to name.
  }
  const shown = kept.filter(({ key }) => !(isWorking() && isSameKey(key, ownKey())));
  others.replaceChildren(...shown.map(otherWords));
  return kept;
}

function otherWords({ key, text }) {
  const record = parsed(text);
  const isRecord = record?.schema === SCHEMA && record.fqdn === packet.fqdn;
  const name = isRecord ? packet.file.replace(/record\.json$/, `edition-${record.edition}.record.json`) : damagedName();
  const what = isRecord ? `a record of edition ${record.edition}` : "a damaged record";
  const of = `${runWords({ change: key[1], exercise: key[2] === "exercise" })}, fingerprint ${key[0]}`;
  const aside = key[3] ? `, put aside ${key[3].slice(0, 16).replace("T", " ")} UTC` : "";
  const last = isRecord ? `, last changed ${shownTime(String(record.exported))}` : "";
  const words = `This browser also keeps ${what} (${of})${last}${aside}. It is not shown here. `;
  const label = isRecord ? `Export the record of edition ${record.edition}` : "Save the damaged record";
  return make("p", { class: "work-other" }, visible(words), button(label, () => download(text, name)));
}
