// Questions and the list of keys. Escape always means no.

function openDialog(title, children, buttons) {
  const heading = make("h2", { id: "work-dialog-title" }, title);
  const dialog = make("dialog", { class: "work-dialog", "aria-labelledby": "work-dialog-title" });
  const row = make("p", { class: "work-buttons" });
  for (const [words, answer] of buttons) {
    row.append(button(words, () => dialog.close(answer)));
  }
  dialog.append(heading, ...children, row);
  document.body.append(dialog);
  dialog.showModal();
  // The first button is the harmless one.
  row.querySelector("button").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

async function ask(title, text, yes, no = "Cancel") {
  const answer = await openDialog(title, [make("p", {}, text)], [[no, ""], [yes, "yes"]]);
  return answer === "yes";
}

function showKeys() {
  const rows = [...KEYS].map(([key, [words]]) =>
    make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, words)),
  );
  rows.push(make("div", {}, make("dt", {}, make("kbd", {}, "Esc")), make("dd", {}, "from a field or the bar back to the current step")));
  const note = "They act on the current step, which has a thick bar at its left. They can be turned off in the bar at the top.";
  return openDialog("Keys", [make("dl", { class: "work-keys" }, ...rows), make("p", {}, note)], [["Close", ""]]);
}
