// Counts the characters of a text as it is written. Without JavaScript the form works the same, uncounted.
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
