// A packet without lanes may hold procedures for several situations, of which only one is carried out.

const COMMON = ["service-first", "gather", "prepare", "checks"];

// Each of them can be set aside at once, so that "what is left" is what is left of the one that is needed.
function equipProcedures() {
  if (hasLanes()) return;
  const sections = new Set(steps.map(({ item }) => item.closest("section")));
  const choices = [...sections].filter((section) => section && !COMMON.includes(section.id));
  if (choices.length < 2) return;
  for (const section of choices) {
    const title = section.querySelector("h2").textContent.trim();
    const aside = button("Set this procedure aside…", () => setAside(section, title), { "aria-label": `Set this procedure aside: ${title}` });
    section.querySelector("h2").after(make("p", { class: "work-aside" }, aside));
  }
}

async function setAside(section, title) {
  const left = steps.filter((step) => section.contains(step.item) && step.entry.result === "");
  const question = `The ${left.length} steps left of “${title}” are recorded as skipped, with the deviation “procedure not needed”.`;
  if (!(await ask("Set this procedure aside?", question, "Set it aside"))) return;
  for (const step of left) {
    const { initials, deviation } = step.entry;
    change(step, {
      result: "skipped",
      initials: initials || ownInitials(),
      deviation: deviation || "procedure not needed",
    });
  }
  say(`${left.length} steps skipped. ${leftWords()}.`);
}
