// The working mode of a packet on screen: its parts stand in the folder `work/`, this file starts them.
//
// It offers itself with buttons and does nothing until one is pressed. If this browser keeps a record of this edition and
// this change, it asks whether to go on with it. Nothing leaves the browser but the files that somebody exports. A blank
// file in the place of this one turns the mode off.

function isWorking() {
  return document.body.classList.contains("working");
}

function setWorking(on, words = "") {
  document.body.classList.toggle("working", on);
  if (on) {
    showAll();
    showKept();
    say([`Working mode. ${leftWords()}. Press ? for the keys.`, words].filter(Boolean).join(" "));
  } else {
    // A page that is not being worked on prints as it was issued.
    steps.forEach((step) => showPrinted(step, blankEntry()));
    offer.querySelector("button").focus();
  }
  showOthers();
}

// Asks about what was changed last of this page's own records.
async function askForOwn() {
  const kept = (await showOthers()).filter(({ key }) => [false, true].some((it) => isSameKey(key, keyOf(it))));
  if (!kept.length) return;
  const when = ({ text }) => Date.parse(parsed(text)?.exported) || 0;
  const [last] = kept.sort((one, other) => when(other) - when(one));
  await beginWork(last.key[2] === "exercise");
}

function start() {
  const missing = steps.filter(({ item }) => !item?.querySelector(".step-title"));
  if (missing.length) {
    console.warn("no working mode: the page does not show every step");
    return;
  }
  steps.forEach(equip);
  equipProcedures();
  equipLanes();
  document.querySelector("main").prepend(makeOffer(), makeBar());
  addEventListener("keydown", onKey);
  windows?.addEventListener("message", heard);
  followBar();
  askForOwn();
}

warnWhenOver();
start();
