// A figure of the report opens what stands behind it beside the text. Without this script it is an ordinary link.
const labels = { close: document.documentElement.lang === "en" ? "Close" : "Đóng" };
let panel;
let opener;

function made() {
  const dialog = document.createElement("dialog");
  dialog.className = "panel";
  const close = document.createElement("button");
  close.className = "act panel__close";
  close.textContent = labels.close;
  close.addEventListener("click", () => dialog.close());
  const content = document.createElement("div");
  content.className = "panel__content";
  dialog.append(close, content);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => opener?.focus());
  document.body.append(dialog);
  return dialog;
}

async function show(link) {
  const answer = await fetch(link.href, { credentials: "same-origin" });
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const evidence = page.querySelector("[data-evidence]");
  if (!answer.ok || !evidence) throw new Error("no evidence");
  // There the way back leads to where the reader already is; all lines stand on the page of the figure.
  const back = evidence.querySelector(".back a");
  if (back) {
    back.href = link.href;
    back.textContent = link.dataset.whole ?? "Mở trang riêng của số này";
  }
  for (const other of evidence.querySelectorAll(".pager a")) other.href = new URL(other.getAttribute("href"), link.href).href;
  panel ??= made();
  panel.querySelector(".panel__content").replaceChildren(evidence);
  panel.setAttribute("aria-label", evidence.querySelector("h1").textContent);
  opener = link;
  panel.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.figure");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link).catch(() => location.assign(link.href));
});
