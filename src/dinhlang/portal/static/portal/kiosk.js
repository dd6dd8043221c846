// Leads back to the start after a minute without a touch, and offers to print. Without this script the browser goes
// back by itself (a refresh in <noscript>) and the code for the phone is there all the same.
const QUIET = 60_000;
const WARNED = 15_000;
const start = document.body.dataset.start;
const stay = document.querySelector("[data-stay]");
let timers = [];

function wait() {
  timers.forEach(clearTimeout);
  if (stay) stay.hidden = true;
  timers = [setTimeout(warn, QUIET - WARNED), setTimeout(leave, QUIET)];
}

function warn() {
  if (!stay) return;
  stay.hidden = false;
  stay.querySelector("button").focus();
}

function leave() {
  // Nothing of who stood here is left behind the "back" of the browser.
  location.replace(start);
}

for (const kind of ["pointerdown", "keydown", "wheel", "scroll", "touchstart"]) {
  addEventListener(kind, wait, { passive: true });
}
// A page that the browser brings back from its memory begins anew.
addEventListener("pageshow", wait);
addEventListener("contextmenu", (event) => event.preventDefault());

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
