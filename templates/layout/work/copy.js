// Copying a command, byte for byte as the packet's JSON has it.

async function copyCommand(step) {
  const { command, withheld, point_of_no_return: final } = step.facts;
  if (command === null) {
    say(`${step.number} ${withheld.length ? `has a gap, its command is withheld: ${withheld.join(", ")}` : "has no command"}.`);
    return;
  }
  const lines = command.split("\n").length;
  const words = `command of ${step.number} copied, ${lines} ${lines === 1 ? "line" : "lines"}`;
  const caution = final ? ". Point of no return: check first" : "";
  say((await copyText(command)) ? words + caution : `This browser does not let the page copy: mark the command of ${step.number} by hand.`);
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // There is no such clipboard for a page from a file in some browsers, or it was refused.
    return copySelected(text);
  }
}

// The older way: a field that is selected for a moment.
function copySelected(text) {
  const before = document.activeElement;
  const field = make("textarea", { class: "work-unseen", readonly: "" });
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  before?.focus({ preventScroll: true });
  return copied;
}
