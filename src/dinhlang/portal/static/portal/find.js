// Offers titles while one types. Without this script the search is the same, only without the offers.
const WAIT = 180;

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector("input[list]");
  const offers = input.list;
  let timer = 0;
  let asked = "";

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, WAIT);
  });

  async function offer() {
    const typed = input.value.trim();
    if (typed.length < 2 || typed === asked) return;
    asked = typed;
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      if (!answer.ok || asked !== typed) return;
      offers.replaceChildren(...(await answer.json()).map(({ title }) => new Option(title, title)));
    } catch {
      // The line is down: the search itself will say so.
    }
  }
}
