/* The rows of a plan like a spreadsheet: arrows and Enter move, Tab goes on as in any form, a block from Excel can be pasted, rows are added,
   moved and removed, every step can be undone. Without this script the page is one plain form.

   A cell that was only moved to is selected whole: typing replaces it, arrows leave it. F2, a second click or the
   first letter typed begins writing in it, and then arrows stay inside. Nothing here reads keys of letters, so any
   way of typing Vietnamese works. */

const form = document.querySelector(".grid-form");
const body = form.querySelector("tbody");
const template = document.getElementById("new-row");
const COLUMNS = ["ordinal", "text", "product", "lead", "cooperating", "schedule_text", "watch"];
const past = [];
let future = [];
let count = 0;
let isDirty = false;
let writing = null;

const rowsOf = () => [...body.rows];
const cell = (row, name) => row.querySelector(`[data-cell="${name}"]`);
const say = (words) => (form.querySelector("[data-state]").textContent = words);

/* --- what stands on the page, to go back to ------------------------------------------------------- */

function state() {
  return rowsOf().map((row) => ({
    key: row.dataset.key,
    cells: Object.fromEntries(COLUMNS.map((name) => [name, cell(row, name).value])),
    kinds: [...row.querySelectorAll(".kinds input:checked")].map((box) => box.value),
    held: row.querySelector(".grid__acts > .soft")?.textContent ?? "",
  }));
}

let last = state();

function changed() {
  const now = state();
  if (JSON.stringify(now) === JSON.stringify(last)) return;
  past.push(last);
  last = now;
  future = [];
  isDirty = true;
  buttons();
}

function buttons() {
  form.querySelector('[data-do="undo"]').disabled = !past.length;
  form.querySelector('[data-do="redo"]').disabled = !future.length;
  say(isDirty ? form.dataset.unsaved : "");
}

function restore(wanted) {
  const at = document.activeElement.closest("[data-cell]");
  const place = at && [rowsOf().indexOf(at.closest("tr")), at.dataset.cell];
  const known = new Map(rowsOf().map((row) => [row.dataset.key, row]));
  body.replaceChildren(
    ...wanted.map((one) => {
      const row = known.get(one.key) ?? made(one.key);
      for (const name of COLUMNS) cell(row, name).value = one.cells[name];
      for (const box of row.querySelectorAll(".kinds input")) box.checked = one.kinds.includes(box.value);
      shown(row);
      return row;
    }),
  );
  last = state();
  isDirty = true;
  buttons();
  if (place) cell(body.rows[Math.min(place[0], body.rows.length - 1)], place[1]).focus();
}

function undo(from, to) {
  if (!from.length) return;
  to.push(state());
  restore(from.pop());
}

/* --- rows ------------------------------------------------------------------------------------------ */

function made(key) {
  const row = document.createElement("tbody");
  row.innerHTML = template.innerHTML.replaceAll("KEY", key ?? `n${Date.now().toString(36)}${(count += 1)}`);
  ready(row.rows[0]);
  return row.rows[0];
}

function add(after) {
  const row = made();
  if (after) after.after(row);
  else body.append(row);
  changed();
  return row;
}

function act(what, row) {
  if (what === "add") cell(add(row), "text").focus();
  if (what === "remove") {
    const near = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    if (!body.rows.length) add(null);
    cell(near ?? body.rows[0], "text").focus();
    changed();
  }
  if (what === "up" && row.previousElementSibling) row.previousElementSibling.before(row);
  if (what === "down" && row.nextElementSibling) row.nextElementSibling.after(row);
  if (what === "up" || what === "down") {
    row.querySelector(`[data-do="${what}"]`).focus();
    changed();
  }
}

/* --- how a schedule is read --------------------------------------------------------------------- */

const waiting = new WeakMap();

function reading(row) {
  clearTimeout(waiting.get(row));
  waiting.set(row, setTimeout(() => read(row), 250));
}

async function read(row) {
  const asked = new URLSearchParams({
    q: cell(row, "schedule_text").value,
    nam: form.dataset.year,
    nhip: cell(row, "watch").value,
  });
  const line = row.querySelector("[data-reads]");
  try {
    const answer = await fetch(`${form.dataset.reading}?${asked}`, { headers: { Accept: "application/json" } });
    const said = await answer.json();
    line.textContent = said.words;
    line.classList.toggle("reads--doubt", said.is_doubtful);
  } catch {
    line.textContent = "";
  }
}

function shown(row) {
  const kinds = row.querySelectorAll(".kinds input:checked").length;
  const label = row.querySelector("[data-kinds]");
  label.textContent = kinds ? form.dataset.some.replace("0", kinds) : form.dataset.none;
  reading(row);
}

/* --- moving and writing --------------------------------------------------------------------------- */

function move(from, rows, columns) {
  const row = from.closest("tr");
  let at = rowsOf().indexOf(row) + rows;
  let column = COLUMNS.indexOf(from.dataset.cell) + columns;
  if (column < 0) [at, column] = [at - 1, COLUMNS.length - 1];
  if (column >= COLUMNS.length) [at, column] = [at + 1, 0];
  if (at < 0) return false;
  if (at >= body.rows.length) {
    if (columns) return false;
    add(body.rows[body.rows.length - 1]);
  }
  cell(body.rows[at], COLUMNS[column]).focus();
  return true;
}

function settle(area) {
  writing = null;
  area.classList.remove("is-writing");
}

function write(area) {
  writing = area;
  area.classList.add("is-writing");
  area.dataset.before ??= area.value;
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function onKey(event) {
  const area = event.target.closest("[data-cell]");
  if (!area || event.isComposing) return;
  const isSelect = area.tagName === "SELECT";
  const command = event.ctrlKey || event.metaKey;
  let done = true;
  const letter = event.key.toLowerCase();
  if (command && letter === "z" && writing !== area) event.shiftKey ? undo(future, past) : undo(past, future);
  else if (command && letter === "y" && writing !== area) undo(future, past);
  else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    act(event.key === "ArrowUp" ? "up" : "down", area.closest("tr"));
    area.focus();
  } else if (event.key === "F2") {
    write(area);
    area.setSelectionRange?.(area.value.length, area.value.length);
  } else if (event.key === "Escape" && writing === area) {
    area.value = area.dataset.before;
    settle(area);
    area.select?.();
  } else if (event.key === "Enter" && !event.shiftKey && !command) {
    settle(area);
    changed();
    done = move(area, 1, 0);
  } else if (command && event.key === "Delete") act("remove", area.closest("tr"));
  else if (command && event.key === "Enter") act("add", area.closest("tr"));
  else if (event.key in ARROWS && writing !== area && !command && !event.shiftKey) {
    const [rows, columns] = ARROWS[event.key];
    if (isSelect && rows) done = false;
    else move(area, rows, columns);
  } else done = false;
  if (done) event.preventDefault();
}

/* --- a block from a spreadsheet --------------------------------------------------------------------- */

function parsed(text) {
  const table = [[""]];
  let quoted = false;
  const clean = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").replace(/\n$/, "");
  for (let at = 0; at < clean.length; at += 1) {
    const letter = clean[at];
    const line = table[table.length - 1];
    if (quoted) {
      if (letter === '"' && clean[at + 1] === '"') {
        line[line.length - 1] += '"';
        at += 1;
      } else if (letter === '"') quoted = false;
      else line[line.length - 1] += letter;
    } else if (letter === '"' && line[line.length - 1] === "") quoted = true;
    else if (letter === "\t") line.push("");
    else if (letter === "\n") table.push([""]);
    else line[line.length - 1] += letter;
  }
  return table;
}

function onPaste(event) {
  const area = event.target.closest("[data-cell]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!area || writing === area || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const first = rowsOf().indexOf(area.closest("tr"));
  const column = COLUMNS.indexOf(area.dataset.cell);
  parsed(text).forEach((line, down) => {
    const row = body.rows[first + down] ?? body.appendChild(made());
    line.forEach((value, right) => {
      const target = COLUMNS[column + right] && cell(row, COLUMNS[column + right]);
      if (target && target.tagName !== "SELECT") target.value = value.replaceAll("\n", " ").trim();
    });
    shown(row);
  });
  changed();
}

/* --- ready ------------------------------------------------------------------------------------------ */

function ready(row) {
  for (const plain of row.querySelectorAll("[data-without-script]")) plain.remove();
  for (const own of row.querySelectorAll("[data-with-script]")) own.hidden = false;
}

for (const row of rowsOf()) ready(row);
for (const plain of form.querySelectorAll("thead [data-without-script]")) plain.remove();
for (const button of form.querySelectorAll(".toolbar [data-do]")) button.hidden = false;
last = state();

body.addEventListener("keydown", onKey);
body.addEventListener("paste", onPaste);
body.addEventListener("focusin", (event) => {
  const area = event.target.closest("[data-cell]");
  if (!area) return;
  delete area.dataset.before;
  settle(area);
  area.select?.();
});
body.addEventListener("dblclick", (event) => event.target.matches("[data-cell]") && write(event.target));
body.addEventListener("input", (event) => {
  if (!event.target.matches("[data-cell]")) return;
  write(event.target);
  if (["schedule_text", "watch"].includes(event.target.dataset.cell)) reading(event.target.closest("tr"));
});
body.addEventListener("change", (event) => {
  if (event.target.closest(".kinds")) shown(event.target.closest("tr"));
  changed();
});
body.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (button) act(button.dataset.do, button.closest("tr"));
});
form.querySelector(".toolbar").addEventListener("click", (event) => {
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (what === "undo") undo(past, future);
  if (what === "redo") undo(future, past);
  if (what === "append") cell(add(body.rows[body.rows.length - 1]), "text").focus();
});
form.addEventListener("input", () => {
  isDirty = true;
  buttons();
});
form.addEventListener("submit", () => (isDirty = false));
addEventListener("beforeunload", (event) => {
  if (isDirty) event.preventDefault();
});
