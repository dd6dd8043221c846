/* Help while writing an item: buttons that write the marks, the preview below, saving by itself, and clean paste from
   Word. Everything here can be missing: the page is one form with a button to save. */

const form = document.getElementById("viet");
const text = form?.querySelector("textarea[name=body]");
const token = form?.querySelector("input[name=csrfmiddlewaretoken]").value;
const saved = document.getElementById("saved");
const PAUSE = 2000;
const AGAIN = 15000;

function post(address, fields) {
  return fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": token, Accept: "application/json" },
    body: fields instanceof FormData ? fields : new URLSearchParams(fields),
  });
}

/* --- marks ------------------------------------------------------------------------------------------------ */

/* insertText keeps the browser's own undo; where it is gone, the field is written to. */
function put(words, from, to) {
  text.focus();
  text.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, from, to, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function marked(mark) {
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const end = Math.max(text.selectionEnd, start);
  const lines = text.value.slice(start, end).split("\n");
  const numbered = mark === "1. ";
  const bare = lines.map((line) => line.replace(/^(#{1,4} |[-*] |\d+\. )/, ""));
  const already = lines.every((line, at) => line.startsWith(numbered ? `${at + 1}. ` : mark));
  put(already ? bare.join("\n") : bare.map((line, at) => (numbered ? `${at + 1}. ` : mark) + line).join("\n"), start, end);
}

function around(sign) {
  const { selectionStart: from, selectionEnd: to } = text;
  const words = text.value.slice(from, to);
  put(`${sign}${words}${sign}`, from, to);
  if (!words) text.setSelectionRange(from + sign.length, from + sign.length);
}

function link(name) {
  const { selectionStart: from, selectionEnd: to } = text;
  const words = text.value.slice(from, to) || name;
  put(`[${words}](https://)`, from, to);
  const at = from + words.length + 3 + "https://".length;
  text.setSelectionRange(at, at);
}

function table(heads) {
  const [one, two] = heads.split("|");
  const at = text.selectionEnd;
  put(`\n\n| ${one} | ${two} |\n| --- | --- |\n|  |  |\n`, at, at);
}

/* --- preview ---------------------------------------------------------------------------------------------- */

const sheet = document.getElementById("xem-truoc");
let looking = 0;

async function preview() {
  const turn = ++looking;
  try {
    const answer = await post(form.dataset.preview, { body: text.value });
    if (answer.ok && turn === looking) {
      sheet.innerHTML = await answer.text();
      showRemarks();
    }
  } catch {
    // Without a network the last preview stays.
  }
}

/* --- what is to be looked at, marked where it stands ---------------------------------------------------------- */

/* A long sentence is quoted by its beginning and its end; words may stand over marks and line ends. */
function pattern(quote) {
  const escape = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const parts = quote.split(" … ").map((part) => part.trim().split(/\s+/).map(escape).join("[\\s*#>|-]+"));
  return new RegExp(parts.join("[\\s\\S]{0,2000}?"));
}

function textNodes(box) {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

function markInPreview(quote) {
  const nodes = textNodes(sheet);
  const all = nodes.map((node) => node.data).join("");
  const found = pattern(quote).exec(all);
  if (!found) return;
  const end = found.index + found[0].length;
  let at = 0;
  for (const node of nodes) {
    const from = Math.max(found.index - at, 0);
    const to = Math.min(end - at, node.length);
    at += node.length;
    if (from >= to || !node.data.slice(from, to).trim()) continue;
    const piece = node.splitText(from);
    piece.splitText(to - from);
    const mark = document.createElement("mark");
    piece.replaceWith(mark);
    mark.append(piece);
  }
}

/* The field in which the quoted words are typed, and where. */
function typedAt(quote) {
  const wanted = pattern(quote);
  for (const name of ["title", "lead", "question", "body"]) {
    const field = form.elements[name];
    const found = field && wanted.exec(field.value);
    if (found) return { field, from: found.index, to: found.index + found[0].length };
  }
  return null;
}

function goTo({ field, from, to }) {
  field.focus();
  field.setSelectionRange(from, to);
  // A browser brings the field into view, not the words in it.
  const lines = field.value.slice(0, from).split("\n").length - 1;
  field.scrollTop = Math.max(0, (lines / Math.max(1, field.value.split("\n").length)) * field.scrollHeight - 60);
  field.scrollIntoView({ block: "center" });
}

function showRemarks() {
  const checks = document.querySelector(".checks");
  for (const mark of sheet.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
  sheet.normalize();
  for (const quote of checks?.querySelectorAll("q[data-quote]") ?? []) {
    const words = quote.dataset.quote;
    markInPreview(words);
    const item = quote.closest("li");
    item.querySelector("button")?.remove();
    if (!typedAt(words)) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "act act--small";
    button.textContent = checks.dataset.there;
    button.setAttribute("aria-label", `${checks.dataset.there}: ${quote.textContent}`);
    button.addEventListener("click", () => {
      const place = typedAt(words);
      if (place) goTo(place);
    });
    item.append(document.createElement("br"), button);
  }
}

function refreshChecks(html) {
  const before = document.querySelector(".checks");
  if (!before || !html) return;
  const open = before.contains(document.activeElement);
  before.outerHTML = html;
  showRemarks();
  if (open) document.getElementById("can-xem")?.focus();
}

/* --- saving by itself ------------------------------------------------------------------------------------- */

let timer = 0;
let running = null;
let stopped = false;

function say(words) {
  saved.textContent = words;
}

/* Whether something was written before this file had come over a slow line. */
function isWrittenOn() {
  return [...form.elements].some((field) => field.type !== "hidden" && field.value !== (field.defaultValue ?? field.value));
}

async function save() {
  clearTimeout(timer);
  if (stopped) return;
  if (running) {
    await running;
    return later(PAUSE);
  }
  say(form.dataset.saving);
  running = post(form.dataset.autosave, new FormData(form));
  try {
    const answer = await running;
    const told = await answer.json();
    if (answer.ok) {
      form.elements.version.value = told.version;
      refreshChecks(told.checks);
      const clock = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
      say(told.joined ? form.dataset.joined : `${form.dataset.saved} ${clock}`);
      // Saving on would write the older words over those that came in.
      if (told.joined) stopped = true;
    } else {
      say(told.reason);
      // Somebody changed the same place: the form's own button shows both.
      if (answer.status === 409) stopped = true;
    }
  } catch {
    say(form.dataset.offline);
    later(AGAIN);
  } finally {
    running = null;
  }
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

/* --- paste ------------------------------------------------------------------------------------------------ */

async function pasted(event) {
  const html = event.clipboardData?.getData("text/html");
  if (!html) return;
  event.preventDefault();
  const { selectionStart: from, selectionEnd: to } = text;
  let words = event.clipboardData.getData("text/plain");
  try {
    const answer = await post(form.dataset.paste, { html });
    if (answer.ok) words = await answer.text();
  } catch {
    // The bare words are better than nothing.
  }
  put(words, from, to);
}

if (form && text) {
  const bar = form.querySelector(".writing");
  bar.hidden = false;
  form.querySelector(".write__preview").hidden = false;
  showRemarks();
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.mark) marked(button.dataset.mark);
    if (button.dataset.around) around(button.dataset.around);
    if (button.dataset.link) link(button.dataset.link);
    if (button.dataset.table) table(button.dataset.table);
  });
  let drawing = 0;
  text.addEventListener("input", () => {
    clearTimeout(drawing);
    drawing = setTimeout(preview, 500);
  });
  text.addEventListener("paste", pasted);
  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(PAUSE));
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => document.hidden && timer && save());
  if (isWrittenOn()) {
    preview();
    later(PAUSE);
  }
}
