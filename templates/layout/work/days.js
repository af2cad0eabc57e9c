// Warns once the day is over until which the packet calls itself ready. Paper shows the date; only a screen knows the day.

function warnWhenOver() {
  const line = document.querySelector("[data-ready-until]");
  const until = line?.dataset.readyUntil;
  const today = dayOf(new Date());
  if (!until || today <= until) return;
  const words = `By this computer's clock it is ${today}: what the line above names has expired. Ask for a new edition before you rely on it.`;
  line.append(make("p", { class: "work-expired", role: "alert" }, words));
}
