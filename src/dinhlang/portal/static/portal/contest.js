// The clock of a question, and the work that shows a person's browser is here. The time is the server's: this only shows what
// is left of it, by a clock that nobody sets, and sends what is chosen when it is over. Without this script the page says it in words.
import { work } from "./work.js";

const WARNED_AT = 10;

function count(clock, form) {
  const shown = clock.querySelector("[data-clock]");
  const warned = clock.querySelector("[data-warned]");
  const end = performance.now() + Number(clock.dataset.left) * 1000;
  const said = (left) => clock.dataset.said.replace("#", left);
  let isOver = false;
  form.addEventListener("submit", (event) => {
    // Two taps are one answer.
    if (isOver) event.preventDefault();
    isOver = true;
  });
  const tick = () => {
    if (isOver) return;
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    shown.textContent = said(left);
    if (left <= WARNED_AT && !warned.textContent) warned.textContent = said(left);
    if (left) return void setTimeout(tick, 250);
    shown.textContent = clock.dataset.saidOver;
    form.requestSubmit();
  };
  tick();
}

const clock = document.querySelector("[data-left]");
if (clock) count(clock, document.querySelector("[data-timed]"));
// A page that the browser brings back from its memory shows the time of then.
addEventListener("pageshow", (event) => {
  if (event.persisted && clock) location.reload();
});

const join = document.querySelector("[data-join]");
if (join) {
  const working = work(join);
  const LONGEST_WORK = 15000;
  let isSent = false;
  join.addEventListener("submit", async (event) => {
    if (isSent) return;
    event.preventDefault();
    isSent = true;
    await Promise.race([working, new Promise((done) => setTimeout(done, LONGEST_WORK))]);
    join.submit();
  });
}
