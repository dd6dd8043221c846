/* Choosing many lines of the ledger: all of the page at once, and how many are chosen. */

const form = document.querySelector("form[data-many]");
const all = form?.querySelector("[data-all]");
if (all) {
  const boxes = [...form.querySelectorAll("input[name=line]")];
  const told = form.querySelector("[data-chosen]");
  const start = told.textContent;
  const buttons = [...form.querySelectorAll("button[name=deed]")];
  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    told.textContent = count ? `${count} ${told.dataset.say}` : start;
    for (const button of buttons) button.hidden = count === 0;
  };
  all.closest("label").hidden = boxes.length === 0;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}
