/* Buttons that copy a field. Without a script they are not shown: the field can be copied by hand. */

for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const word = button.querySelector("span");
  const said = word.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without https the browser keeps its clipboard; the text is marked for copying by hand.
      field.focus();
      field.select();
      return;
    }
    word.textContent = button.dataset.done;
    word.setAttribute("aria-live", "polite");
    setTimeout(() => (word.textContent = said), 2000);
  });
}
