// Copying and sharing the words of a delivery with one tap; without this script the text is selected by hand.
"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  const area = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
    } catch {
      document.execCommand("copy");
    }
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
  });
}
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  const area = document.getElementById(button.dataset.share);
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.share({ title: button.dataset.title, text: area.value }).catch(() => {});
  });
}
