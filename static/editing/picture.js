// A click on the picture fills in the two fields of its focus, and the cropped previews follow. Typing works the same.
const whole = document.querySelector(".focus");
const numbers = ["x", "y"].map((axis) => document.getElementById(`id_focus_${axis}`));
if (whole && numbers.every(Boolean)) {
  const show = () => {
    const [x, y] = numbers.map((number) => `${number.value || 0}%`);
    for (const circle of whole.querySelectorAll("circle")) {
      circle.setAttribute("cx", x);
      circle.setAttribute("cy", y);
    }
    for (const crop of document.querySelectorAll(".crop")) {
      if (crop.getAttribute("src") !== crop.dataset.whole) crop.src = crop.dataset.whole;
      crop.style.objectPosition = `${x} ${y}`;
    }
  };
  whole.addEventListener("click", (event) => {
    const box = whole.getBoundingClientRect();
    const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    numbers.forEach((number, axis) => {
      number.value = Math.round(Math.min(1, Math.max(0, at[axis])) * 100);
    });
    show();
  });
  for (const number of numbers) number.addEventListener("input", show);
}
