// Where records are kept: a database of the browser, which says when something is written so that a power cut does not
// take it. Some browsers give a page from a file none; then the record lives as long as the page.
//
// A record has the key [fingerprint, change, kind of run, put aside]: neither another edition nor another change nor
// an exercise ever shows its ticks. The last part is blank, or when the record was put aside for a new one.

const RECORDS = "records";
const CHANGED = "restore-packets/changed";
const KEYS_OFF = "restore-packets/keys-off";

let database = null;
// Other windows of the same packet hear of changes.
const windows = openWindows();

function ownKey() {
  return keyOf(exercise);
}

function keyOf(isExercise, aside = "") {
  return [packet.fingerprint, packet.change ?? "", isExercise ? "exercise" : "restore", aside];
}

function isSameKey(one, other) {
  return one.join("\n") === other.join("\n");
}

function openWindows() {
  try {
    return new BroadcastChannel(CHANGED);
  } catch {
    return null;
  }
}

function opened() {
  database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("restore-packets", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(RECORDS);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // The browser takes it away when somebody clears the data of its pages.
      request.result.onclose = request.result.onversionchange = forget;
      resolve(request.result);
    };
    setTimeout(() => reject(new Error("the database does not answer")), 10_000);
  }).catch((problem) => {
    database = null;
    throw problem;
  });
  return database;
}

async function forget() {
  const was = await database;
  database = null;
  was?.close();
}

// Runs `act` on the records. What it returns is the answer once everything is written for good.
async function transact(mode, act) {
  const open = await opened();
  return new Promise((resolve, reject) => {
    const transaction = open.transaction(RECORDS, mode, { durability: "strict" });
    let answer;
    let problem = null;
    const run = (part) => (value) => {
      try {
        answer = part(value);
      } catch (thrown) {
        problem = thrown;
        transaction.abort();
      }
    };
    transaction.oncomplete = () => resolve(answer);
    transaction.onabort = () => reject(problem ?? transaction.error ?? new Error("nothing was written"));
    run((records) => act(records, run))(transaction.objectStore(RECORDS));
  });
}

// The text under a key, or undefined.
function keptText(key) {
  return transact("readonly", (records, run) => {
    records.get(key).onsuccess = ({ target }) => run(() => textKept(target.result))();
  });
}

// The kept value as text; what another program left there too, so that it can be saved.
function textKept(value) {
  if (value === undefined) return undefined;
  return typeof value?.text === "string" ? value.text : JSON.stringify(value) ?? String(value);
}

// Replaces what is kept under a key by what `change` makes of it: a text, or null for nothing. Reading and writing are
// one, so that no window writes over what another has just written. `aside` is another key under which what was there stays.
async function amend(key, change, aside = null) {
  const answer = await transact("readwrite", (records, run) => {
    records.get(key).onsuccess = ({ target }) =>
      run(() => {
        const before = textKept(target.result);
        const { text, damaged } = change(before);
        const place = damaged ? asideKey(key) : aside;
        if (place && before !== undefined) records.put(valueOf(before), place);
        if (text === null) records.delete(key);
        else records.put(valueOf(text), key);
        return text;
      })();
  });
  windows?.postMessage(key);
  return answer;
}

function valueOf(text) {
  return { kind: packet.kind, fqdn: packet.fqdn, text };
}

function asideKey(key) {
  return [...key.slice(0, 3), new Date().toISOString()];
}

// Everything that is kept of this packet, as keys and texts.
function keptOfPacket() {
  return transact("readonly", (records, run) => {
    const found = [];
    records.openCursor().onsuccess = ({ target: { result: cursor } }) =>
      run(() => {
        if (!cursor) return found;
        const { key, value } = cursor;
        const isOurs = (value?.kind === packet.kind && value.fqdn === packet.fqdn) || key[0] === packet.fingerprint;
        if (isOurs) found.push({ key, text: textKept(value) });
        cursor.continue();
        return found;
      })();
  });
}

// A choice of the reader's, whose loss costs nothing.
function choice(value) {
  try {
    if (value === undefined) return localStorage.getItem(KEYS_OFF);
    if (value === null) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, value);
  } catch {
    // Some browsers give a page from a file no storage.
  }
  return null;
}

function download(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads it after this function has ended.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
