// The lane that is worked through: the parts of the others are hidden, and the choice goes into the record.

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
  return head.lane === "" || step.facts.lanes.includes(head.lane);
}

function chooseLane(chosen) {
  head.lane = chosen;
  note("", { lane: chosen });
  showAll();
  say(chosen ? `Lane ${chosen}. ${leftWords()}.` : "No lane chosen: every part is shown.");
  if (current) leaveHidden(current);
}

function showLane() {
  laneField.value = head.lane;
  for (const step of steps) {
    step.item.closest("section").classList.toggle("work-other-lane", !isInLane(step));
  }
}
