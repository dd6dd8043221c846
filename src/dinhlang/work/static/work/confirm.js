/* Confirming what was read from a plan by keyboard and tap. Enter: it is right, go on. F2 or a second tap: mend it.
   Every step is kept on the server; without this script the page is a plain form. */

const form = document.querySelector(".confirm");
const source = form.querySelector(".source");
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const items = [...form.querySelectorAll(".item")];

const box = (item) => item.querySelector("textarea");
const part = (item, name) => item.querySelector(`[data-${name}]`);

function fit(area) {
  area.rows = 1;
  const line = parseFloat(getComputedStyle(area).lineHeight) || 24;
  area.rows = Math.max(1, Math.min(10, Math.round((area.scrollHeight - 12) / line)));
}

function look(item) {
  for (const one of items) one.classList.toggle("is-current", one === item);
  for (const piece of source.querySelectorAll(".is-here")) piece.classList.remove("is-here");
  const pieces = source.querySelectorAll(`[data-of~="${CSS.escape(item.dataset.path)}"]`);
  for (const piece of pieces) piece.classList.add("is-here");
  if (!pieces.length) return;
  const line = pieces[0].closest("li").getBoundingClientRect();
  source.scrollTop += line.top - source.getBoundingClientRect().top - source.clientHeight / 3;
}

function next(item, step = 1) {
  const at = items.indexOf(item) + step;
  const found = items[Math.max(0, Math.min(at, items.length - 1))];
  box(found).focus({ preventScroll: true });
  found.scrollIntoView({ block: "nearest" });
}

function edit(item) {
  const area = box(item);
  area.dataset.before = area.value;
  area.readOnly = false;
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
  part(item, "edit").hidden = true;
}

function rest(item) {
  box(item).readOnly = true;
  part(item, "edit").hidden = false;
}

function show(item, answer) {
  const area = box(item);
  area.value = answer.value;
  fit(area);
  item.classList.add("item--seen");
  item.classList.toggle("item--doubt", answer.doubts.length > 0);
  part(item, "seen").hidden = false;
  const note = part(item, "note");
  note.textContent = answer.note;
  note.hidden = !answer.note;
  const doubts = part(item, "doubts");
  doubts.replaceChildren(
    ...answer.doubts.map((words) => {
      const line = document.createElement("li");
      line.textContent = words;
      return line;
    }),
  );
  doubts.hidden = !answer.doubts.length;
  suggest(item, answer.suggestion);
  const progress = form.querySelector("progress");
  progress.value = answer.seen;
  const count = form.querySelector("[data-count]");
  count.textContent = count.textContent.replace(/\d+\/\d+/, `${answer.seen}/${answer.total}`);
  form.querySelector("[data-all]").hidden = answer.seen === answer.total;
  form.querySelector("[data-done]").hidden = answer.seen !== answer.total;
}

function suggest(item, words) {
  const button = item.querySelector("[data-suggest]");
  button.dataset.suggest = words;
  part(item, "suggestion").textContent = `“${words}”`;
  button.hidden = !words;
}

function fail(item, words) {
  const wrong = part(item, "error");
  wrong.textContent = words;
  wrong.hidden = !words;
  item.classList.toggle("field--wrong", Boolean(words));
}

async function decide(item, value, { stay = false } = {}) {
  const body = new FormData();
  body.set("path", item.dataset.path);
  if (value !== undefined) body.set("value", value);
  item.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.decide, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token, Accept: "application/json" },
    });
    const said = await answer.json();
    if (!answer.ok) {
      fail(item, said.error);
      edit(item);
      return;
    }
    fail(item, "");
    rest(item);
    show(item, said);
    if (!stay) next(item);
  } catch {
    fail(item, form.dataset.offline);
  } finally {
    item.removeAttribute("aria-busy");
  }
}

function onKey(event, item) {
  const area = box(item);
  if (event.isComposing) return;
  if (area.readOnly) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") decide(item);
    else if (event.key === "F2") edit(item);
    else if (step) next(item, step);
    else return;
    event.preventDefault();
    return;
  }
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    decide(item, area.value);
  } else if (event.key === "Escape") {
    event.preventDefault();
    area.value = area.dataset.before ?? area.value;
    fail(item, "");
    rest(item);
  }
}

for (const item of items) {
  const area = box(item);
  area.readOnly = true;
  fit(area);
  part(item, "right").hidden = false;
  part(item, "edit").hidden = false;
  suggest(item, item.querySelector("[data-suggest]").dataset.suggest);
  area.addEventListener("focus", () => look(item));
  area.addEventListener("keydown", (event) => onKey(event, item));
  area.addEventListener("input", () => fit(area));
  area.addEventListener("dblclick", () => area.readOnly && edit(item));
  area.addEventListener("change", () => !area.readOnly && decide(item, area.value, { stay: true }));
  part(item, "right").addEventListener("click", () =>
    decide(item, area.readOnly ? undefined : area.value),
  );
  part(item, "edit").addEventListener("click", () => edit(item));
  item.querySelector("[data-suggest]").addEventListener("click", (event) =>
    decide(item, event.currentTarget.dataset.suggest),
  );
  part(item, "place")?.addEventListener("click", (event) => {
    event.preventDefault();
    area.focus({ preventScroll: true });
  });
}
for (const plain of form.querySelectorAll("[data-without-script]")) plain.hidden = true;
const wrong = items.find((item) => item.classList.contains("field--wrong"));
if (wrong) edit(wrong);
else items.find((item) => !item.classList.contains("item--seen"))?.querySelector("textarea").focus();
