// Shows the number of characters of a field while an editor writes. Without JavaScript the form lacks only the number.
for (const field of document.querySelectorAll(".form-row textarea, .form-row input.vTextField[maxlength]")) {
  const count = document.createElement("span");
  count.className = "count";
  count.setAttribute("aria-hidden", "true");
  const limit = field.getAttribute("maxlength");
  const show = () => {
    count.textContent = [...field.value].length + (limit ? ` / ${limit}` : "");
  };
  field.addEventListener("input", show);
  field.after(count);
  show();
}

// Autosaves a changed form at intervals, and asks before the editor leaves a form with unsaved changes.
const told = document.querySelector(".kept");
if (told) {
  const form = told.closest("form");
  const written = () => {
    const data = new FormData(form);
    for (const chosen of form.querySelectorAll(".selector-chosen select")) {
      data.delete(chosen.name); // every option in this list is chosen, selected or not
      for (const option of chosen.options) data.append(chosen.name, option.value);
    }
    return data;
  };
  const text = () => JSON.stringify([...written()]);
  const reply = async (data) => {
    try {
      return await (await fetch(location.href, { method: "POST", body: data })).json();
    } catch {
      return { said: told.dataset.unreachable, kept: false, fields: {} };
    }
  };
  let safe;
  let sending;
  let leaving = false;
  addEventListener("load", () => setTimeout(() => (safe = told.dataset.unsaved ? "" : text()))); // after the admin's own scripts have changed the form
  const keep = async () => {
    const sent = text();
    if (sending || leaving || safe === undefined || sent === safe) return;
    const data = written();
    data.append("_autosave", "1");
    sending = reply(data);
    const { said, kept, fields } = await sending;
    const still = text() === sent;
    for (const [name, value] of Object.entries(fields)) if (form.elements[name]) form.elements[name].value = value;
    if (kept) safe = still ? text() : sent;
    if (told.textContent !== said) told.textContent = said;
    sending = undefined;
  };
  if (told.dataset.seconds) {
    setInterval(keep, told.dataset.seconds * 1000);
    document.addEventListener("visibilitychange", () => document.hidden && keep());
  }
  form.addEventListener("submit", async (event) => {
    const { submitter } = event;
    if (!sending) {
      leaving = submitter?.formTarget !== "_blank";
      return;
    }
    event.preventDefault(); // the pending response of the autosave changes hidden fields of the form
    await sending;
    form.requestSubmit(submitter);
  });
  addEventListener("pagehide", () => (leaving = true)); // otherwise the form would autosave while the next page opens
  addEventListener("beforeunload", (event) => {
    if (!leaving && safe !== undefined && text() !== safe) event.preventDefault();
  });
}
