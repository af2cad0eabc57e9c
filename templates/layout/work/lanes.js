// The lane that is worked through: the parts of the others are hidden, and the choice goes into the record.

let lane = "";
const laneField = make("select");

function hasLanes() {
  return packet.lanes.length > 1;
}

function equipLanes() {
  laneField.append(make("option", { value: "" }, "not chosen yet"));
  for (const { id, only_if } of packet.lanes) {
    laneField.append(make("option", { value: id }, `${id}: ${only_if}`));
  }
  laneField.addEventListener("change", () => chooseLane(laneField.value));
}

function isInLane(step) {
  return lane === "" || step.facts.lanes.includes(lane);
}

function chooseLane(chosen) {
  lane = chosen;
  save();
  showAll();
  say(lane ? `Lane ${lane}. ${leftWords()}.` : "No lane chosen: every part is shown.");
  if (current) leaveHidden(current);
}

function showLane() {
  laneField.value = lane;
  for (const step of steps) {
    step.item.closest("section").classList.toggle("work-other-lane", !isInLane(step));
  }
}
