/* A long file takes its time: say so while it does, and how far it is. */
const EVERY = 700;

for (const form of document.querySelectorAll("form[data-long]")) {
  const busy = form.querySelector("[data-busy]");
  const bar = busy.querySelector("progress");
  let asking = 0;

  async function ask() {
    const answer = await fetch(form.dataset.long, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    }).catch(() => null);
    const found = answer?.ok ? await answer.json() : {};
    // Until the first rows are in, nobody knows how far it is, and the bar says so.
    if (!found.total) return;
    bar.max = found.total;
    bar.value = found.done;
    busy.querySelector("[data-far]").textContent = found.words;
  }

  form.addEventListener("submit", () => {
    busy.removeAttribute("hidden");
    // A form that names no address to ask is only said to be busy.
    if (form.dataset.long) asking = setInterval(ask, EVERY);
  });
  addEventListener("pageshow", () => {
    clearInterval(asking);
    busy.setAttribute("hidden", "");
  });
}
