// Where the record is kept: the browser's own storage, under the fingerprint, so that no edition ever shows the
// ticks of another. Some browsers give a page from a file no storage; then the record lives as long as the page.

const PREFIX = "restore-packets/record/";
const OWN = PREFIX + packet.fingerprint;
const KEYS_OFF = "restore-packets/keys-off";

let storage = openStorage();
let notExported = false;

function openStorage() {
  try {
    const probe = "restore-packets/probe";
    localStorage.setItem(probe, "");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null;
  }
}

// Keeps or, for null, forgets a value; a full storage is as good as none.
function keep(key, value) {
  try {
    if (value === null) {
      storage?.removeItem(key);
    } else {
      storage?.setItem(key, value);
    }
  } catch {
    storage = null;
  }
}

function save() {
  notExported = isAnythingRecorded();
  keep(OWN, notExported ? JSON.stringify(toRecord()) : null);
}

// Reads the kept record into the steps; what is wrong with it, if anything.
function load() {
  const text = storage?.getItem(OWN) ?? null;
  try {
    takeRecord(text === null ? blankRecord() : fromRecord(text));
    return "";
  } catch (problem) {
    return `The record kept in this browser cannot be used: ${problem.message}.`;
  }
}

// Records of other editions of this packet, the newest first.
function otherEditions() {
  const keys = Object.keys(storage ?? {}).filter((key) => key.startsWith(PREFIX) && key !== OWN);
  const records = keys.map((key) => parsed(storage.getItem(key)));
  return records
    .filter((it) => it?.schema === SCHEMA && it.kind === packet.kind && it.fqdn === packet.fqdn)
    .sort((one, other) => other.edition - one.edition);
}

function download(record, name) {
  const text = JSON.stringify(record, null, 2) + "\n";
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads it after this function has ended.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

addEventListener("beforeunload", (event) => {
  if (!storage && notExported) event.preventDefault();
});
