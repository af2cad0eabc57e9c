// The working mode of a packet on screen: its parts stand in the folder `work/`, this file starts them.
//
// It offers itself with a button and does nothing until that is pressed, or until this browser keeps a record of
// this edition. Nothing leaves the browser but the files that somebody exports. A blank file in the place of this
// one turns the mode off.

const offer = make("div", { class: "work-offer" });

function isWorking() {
  return document.body.classList.contains("working");
}

function setWorking(on) {
  document.body.classList.toggle("working", on);
  if (on) {
    showAll();
    say(`Working mode. ${leftWords()}. Press ? for the keys.`);
  } else {
    // A page that is not being worked on prints as it was issued.
    steps.forEach((step) => showPrinted(step, blankEntry()));
    offer.querySelector("button").focus();
  }
}

// Another window of the same packet has changed the record.
function follow(event) {
  if (event.key !== OWN && event.key !== null) return;
  load();
  showAll();
  say("The record was changed in another window.");
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
  const problem = load();
  const note = "Tick steps, stamp times, copy commands with one key. The record stays in this browser until you export it.";
  offer.append(button("Work on screen", () => { setWorking(true); move(1); }), make("p", {}, note), ...notices());
  document.querySelector("main").prepend(offer, makeBar());
  addEventListener("keydown", onKey);
  addEventListener("storage", follow);
  if (problem || isAnythingRecorded()) setWorking(true);
  if (problem) say(problem);
}

warnWhenOver();
start();
