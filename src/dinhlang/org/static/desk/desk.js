/* What makes the desk quicker for whoever has a script: shortcuts, menus that close, forms that are sent once.
   Everything here can be missing, and the pages still work. */

const OFF = "shortcuts-off";
let waiting = "";
let timer = 0;

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable='true'], dialog") !== null;
}

function isOff() {
  return localStorage.getItem(OFF) === "1";
}

/* Menus made of <details> close on Escape and when one looks elsewhere. */
function closeMenus(except) {
  for (const menu of document.querySelectorAll(".who[open], .menu__rest details[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));

function go(key) {
  const link = document.querySelector(`.menu a[data-key="${CSS.escape(key)}"]`);
  if (link) link.click();
}

function focusSearch(event) {
  const box = document.querySelector("main input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.closest("details")?.setAttribute("open", "");
  box.focus();
  box.select();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(null);
  if (isOff() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  clearTimeout(timer);
  if (waiting === "g") {
    waiting = "";
    go(event.key.toLowerCase());
  } else if (event.key === "g") {
    waiting = "g";
    timer = setTimeout(() => (waiting = ""), 1500);
  } else if (event.key === "/") {
    focusSearch(event);
  } else if (event.key === "?") {
    const page = document.querySelector("a[data-shortcuts]");
    if (page) page.click();
  }
});

/* A second tap on a slow line must not send a form twice. A form whose answer is a file leaves the page as it is and
   may be sent again: data-again. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "again" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
});

/* The page may come back from the browser's memory with its forms still marked. */
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

/* Shortcuts of one letter can be switched off (WCAG 2.2, 2.1.4). */
const toggle = document.querySelector("[data-shortcuts-toggle]");
if (toggle) {
  toggle.hidden = false;
  toggle.querySelector("input").checked = !isOff();
  toggle.addEventListener("change", (event) => localStorage.setItem(OFF, event.target.checked ? "0" : "1"));
}
