/* Writing on the page of a draft. Everything here can be missing: each paragraph has a form of its own then.
   What is typed is saved shortly after, kept on this machine while there is no network, and never thrown away. */

const editor = document.querySelector(".editor");
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
const writes = editor?.dataset.write !== undefined;
const store = editor?.dataset.store ?? "";
const PAUSE = 900;
const HEARTBEAT = 15000;
const timers = new Map();
const sending = new Map();
/* The words behind Enter, by the paragraph they come from, until the server has them as a paragraph of their own. */
const tails = new Map();
let caret = null;
let place = "";

/* --- tabs on a phone -------------------------------------------------------------------------------------- */

const tabs = document.querySelector(".editor__tabs");

function show(name) {
  if (!editor || !document.getElementById(name)) return;
  editor.dataset.shown = name;
  for (const tab of tabs.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

if (editor && tabs) {
  editor.dataset.tabs = "";
  tabs.hidden = false;
  if (matchMedia("(max-width: 71.99rem)").matches) document.querySelector(".tools")?.removeAttribute("open");
  tabs.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-tab]");
    if (tab) show(tab.dataset.tab);
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) show(opener.dataset.opens);
  });
}

/* --- the evidence of a figure: one tap -------------------------------------------------------------------- */

const panel = document.getElementById("bang");

async function openInPanel(address) {
  show("minh-chung");
  panel.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  panel.removeAttribute("aria-busy");
  if (!answer.ok || answer.redirected) {
    location.assign(address);
    return;
  }
  panel.innerHTML = await answer.text();
  panel.querySelector(".panel__title")?.focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const figure = event.target.closest(".editor a.figure");
  if (!figure || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  hideCard();
  openInPanel(figure.href).catch(() => location.assign(figure.href));
});

panel?.addEventListener("htmx:afterSwap", () => {
  panel.querySelector(".panel__title")?.focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
});

/* --- the card of a figure ---------------------------------------------------------------------------------- */

const card = document.getElementById("card");
let hiding = 0;

function showCard(figure) {
  clearTimeout(hiding);
  card.replaceChildren();
  for (const [name, tag] of [["label", "strong"], ["window", "span"], ["fold", "span"], ["lines", "span"]]) {
    const line = document.createElement(tag);
    line.textContent = figure.dataset[name] ?? "";
    card.append(line);
  }
  card.hidden = false;
  const at = figure.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8));
  const below = at.bottom + card.offsetHeight + 12 < innerHeight;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(below ? at.bottom + 6 : at.top - card.offsetHeight - 6) + scrollY}px`;
  figure.setAttribute("aria-describedby", "card");
}

function hideCard() {
  if (card) card.hidden = true;
}

if (card) {
  const over = (event) => {
    const figure = event.target.closest?.(".editor a.figure");
    if (figure) showCard(figure);
    else if (event.target.closest?.("#card")) clearTimeout(hiding);
  };
  document.addEventListener("mouseover", over);
  document.addEventListener("focusin", over);
  document.addEventListener("mouseout", (event) => {
    if (event.target.closest?.(".figure, #card")) hiding = setTimeout(hideCard, 250);
  });
  document.addEventListener("focusout", hideCard);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hideCard());
}

/* --- what stands in a paragraph, as it is sent --------------------------------------------------------------- */

function wordsOf(node) {
  let words = "";
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) words += child.data;
    else if (child.nodeType !== Node.ELEMENT_NODE) continue;
    else if (child.dataset.figure) words += `[[${child.dataset.figure}]]`;
    else if (child.tagName === "BR") words += " ";
    else words += wordsOf(child);
  }
  return words;
}

function tidy(words) {
  return words.replace(/[\u200b\u00a0]/g, " ").replace(/\s+/g, " ").trim();
}

function pieceOf(node) {
  return node?.closest?.(".piece") ?? null;
}

function fieldOf(piece) {
  return piece?.querySelector("[data-words]") ?? null;
}

/* --- what is kept on this machine until it is sent ----------------------------------------------------------- */

function kept() {
  try {
    return JSON.parse(localStorage.getItem(store) ?? "{}");
  } catch {
    return {};
  }
}

function keep(key, words, seen) {
  const all = kept();
  if (words === null) delete all[key];
  else all[key] = { words, seen };
  try {
    if (Object.keys(all).length) localStorage.setItem(store, JSON.stringify(all));
    else localStorage.removeItem(store);
  } catch {
    /* A full or forbidden store: the server still has what was sent. */
  }
}

/* --- saving ---------------------------------------------------------------------------------------------------- */

const saved = document.getElementById("saved");

function tell(state, words) {
  if (!saved) return;
  saved.classList.toggle("saved--wait", state === "waiting" || state === "offline");
  saved.classList.toggle("saved--wrong", ["refused", "empty", "signedout"].includes(state));
  const said = saved.dataset[state] ?? "";
  saved.querySelector("span").textContent = words ? `${said} ${words}` : said;
}

async function post(address, form) {
  const answer = await fetch(address, {
    method: "POST",
    body: form,
    headers: { Accept: "application/json", "X-CSRFToken": token },
  });
  if (answer.status === 401) throw new Error("signedout");
  if (!answer.headers.get("content-type")?.startsWith("application/json")) {
    throw new Error(answer.redirected || answer.status === 403 ? "signedout" : String(answer.status));
  }
  return { ok: answer.ok, status: answer.status, ...(await answer.json()) };
}

function addressOf(key) {
  return editor.dataset.piece.replace("KEY", encodeURIComponent(key));
}

function later(piece, field = fieldOf(piece)) {
  const key = piece.dataset.key;
  keep(key, tidy(`${wordsOf(field)} ${tails.get(key) ?? ""}`), Number(piece.dataset.seen));
  tell("waiting");
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(() => send(key), PAUSE));
}

async function send(key) {
  clearTimeout(timers.get(key));
  timers.delete(key);
  if (sending.get(key)) {
    sending.set(key, "again");
    return;
  }
  const piece = document.getElementById(`doan-${key}`);
  const mine = kept()[key];
  if (!mine || !piece) return;
  if (!mine.words) {
    tell("empty");
    return;
  }
  sending.set(key, "once");
  const form = new FormData();
  form.set("words", mine.words);
  form.set("seen", String(mine.seen));
  try {
    take(piece, mine.words, await post(addressOf(key), form));
  } catch (problem) {
    tell(problem.message === "signedout" ? "signedout" : "offline");
  }
  const again = sending.get(key) === "again";
  sending.delete(key);
  if (again) send(key);
}

function take(piece, words, answer) {
  if (answer.stale) {
    showBoth(piece, words, answer);
    return;
  }
  if (!answer.ok) {
    tell("refused", answer.refused ?? "");
    return;
  }
  piece.dataset.seen = answer.seen;
  const now = kept()[piece.dataset.key];
  if (now?.words === words) keep(piece.dataset.key, null);
  else if (now) keep(piece.dataset.key, now.words, answer.seen);
  refresh(answer);
  const isNewer = kept()[piece.dataset.key] || tails.has(piece.dataset.key);
  if (!isNewer && !fieldOf(piece)?.contains(document.activeElement)) swap(piece, answer.html);
  else restate(piece, answer.html);
  tell("saved", answer.at);
}

/* The panels, after any change. The version is left to `beat`: what others wrote before this change is not here yet. */
function refresh(answer) {
  for (const [id, html] of [["findings", answer.findings], ["parts", answer.outline]]) {
    const box = document.getElementById(id);
    if (box && html !== undefined && !box.contains(document.activeElement)) box.innerHTML = html;
  }
  window.htmx?.process(document.body);
}

function made(html) {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  return box.content.firstElementChild;
}

function swap(piece, html) {
  if (!html) return null;
  const fresh = made(html);
  piece.replaceWith(fresh);
  open(fresh);
  window.htmx?.process(fresh);
  return fresh;
}

/* Someone types in the paragraph: only what stands under it is renewed. */
function restate(piece, html) {
  if (!html) return;
  const about = made(html).querySelector(".piece__about");
  const old = piece.querySelector(".piece__about");
  if (about && old) {
    old.replaceWith(about);
    window.htmx?.process(about);
  }
}

/* Two people wrote: both texts are shown, one is chosen, nothing is lost before. */
function showBoth(piece, words, answer) {
  piece.querySelector(".two")?.remove();
  const box = document.getElementById("two-texts").content.cloneNode(true).firstElementChild;
  const theirs = made(answer.html);
  box.querySelector("[data-saved]").textContent = theirs.querySelector(".piece__words")?.textContent ?? "";
  box.querySelector("[data-mine]").textContent = words;
  box.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-take]")?.dataset.take;
    if (!choice) return;
    if (choice === "saved") {
      keep(piece.dataset.key, null);
      swap(piece, answer.html);
      tell("saved", answer.at);
    } else {
      piece.dataset.seen = answer.seen;
      keep(piece.dataset.key, words, answer.seen);
      box.remove();
      send(piece.dataset.key);
    }
  });
  piece.append(box);
  tell("refused");
  box.querySelector("button").focus();
}

/* --- typing ------------------------------------------------------------------------------------------------------ */

function open(piece) {
  const field = fieldOf(piece);
  if (!writes || !field) return;
  field.setAttribute("contenteditable", "true");
  field.setAttribute("role", "textbox");
  field.setAttribute("aria-multiline", "true");
  field.setAttribute("aria-label", field.textContent.slice(0, 60));
}

function remember() {
  const selection = getSelection();
  if (!selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const field = range.startContainer.parentElement?.closest?.("[data-words]");
  if (field) caret = { field, range: range.cloneRange() };
}

function newKey() {
  return `n${crypto.randomUUID?.() ?? Date.now().toString(16).padStart(12, "0")}`;
}

/* Enter makes a paragraph of what stands behind the caret. Until that is stored, the old one keeps it. */
async function onEnter(event, field) {
  event.preventDefault();
  const piece = pieceOf(field);
  const key = piece.dataset.key;
  if (key === "subject" || tails.has(key)) return;
  const range = getSelection().getRangeAt(0);
  const rest = range.cloneRange();
  rest.selectNodeContents(field);
  rest.setStart(range.endContainer, range.endOffset);
  const behind = document.createElement("div");
  behind.append(rest.cloneContents());
  const words = tidy(wordsOf(behind));
  if (!words || !tidy(wordsOf(field).slice(0, -wordsOf(behind).length))) return;
  const form = new FormData();
  form.set("after", key);
  form.set("words", words);
  form.set("role", piece.dataset.look === "Diem" ? "item" : "body");
  form.set("key", newKey());
  const tail = rest.extractContents();
  tails.set(key, words);
  try {
    await add(form, piece);
    tails.delete(key);
    later(document.getElementById(`doan-${key}`) ?? piece, field);
  } catch (problem) {
    tails.delete(key);
    putBack(key, field, tail, words);
    const state = ["refused", "signedout"].includes(problem.message) ? problem.message : "offline";
    tell(state, problem.cause);
  }
}

/* The words behind Enter stand where they stood, and are kept to be sent. */
function putBack(key, field, tail, words) {
  const now = field.isConnected ? field : fieldOf(document.getElementById(`doan-${key}`)) ?? field;
  if (now === field) now.append(tail);
  else if (!tidy(wordsOf(now)).endsWith(words)) now.append(" ", tail);
  const piece = pieceOf(now);
  if (piece) later(piece);
}

async function add(form, piece) {
  tell("waiting");
  const answer = await post(editor.dataset.insert, form);
  if (!answer.ok) throw new Error("refused", { cause: answer.refused });
  const fresh = made(answer.html);
  const before = piece.isConnected ? piece : document.getElementById(`doan-${piece.dataset.key}`);
  before.after(fresh);
  open(fresh);
  window.htmx?.process(fresh);
  refresh(answer);
  fieldOf(fresh)?.focus();
  tell("saved", answer.at);
}

if (writes) {
  for (const piece of document.querySelectorAll(".piece")) open(piece);

  editor.addEventListener("input", (event) => {
    const piece = pieceOf(event.target);
    if (piece && event.target.closest("[data-words]")) later(piece);
  });
  editor.addEventListener("focusin", (event) => {
    const piece = event.target.closest("[data-words]") && pieceOf(event.target);
    if (piece) place = piece.dataset.key;
  });
  editor.addEventListener("focusout", (event) => {
    const piece = event.target.closest("[data-words]") && pieceOf(event.target);
    if (piece && timers.has(piece.dataset.key)) send(piece.dataset.key);
  });
  document.addEventListener("selectionchange", remember);
  editor.addEventListener("keydown", (event) => {
    const field = event.target.closest("[data-words]");
    if (field && event.key === "Enter" && !event.isComposing) onEnter(event, field);
  });
  /* Only words come in by pasting: no fonts, no pictures, no hidden marks of another program. */
  editor.addEventListener("paste", (event) => {
    if (!event.target.closest("[data-words]")) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain").replace(/\s+/g, " ");
    document.execCommand("insertText", false, text);
  });
  editor.addEventListener("drop", (event) => event.target.closest("[data-words]") && event.preventDefault());

  /* A figure is put in where the caret was. */
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-put]");
    if (!choice || !caret?.field.isConnected) return;
    const figure = document.createElement("a");
    figure.className = choice.dataset.missing === undefined ? "figure" : "figure figure--missing";
    figure.contentEditable = "false";
    figure.href = choice.dataset.href;
    figure.textContent = choice.dataset.printed;
    figure.dataset.figure = choice.dataset.put;
    for (const name of ["label", "window", "fold", "lines"]) figure.dataset[name] = choice.dataset[name];
    caret.range.deleteContents();
    caret.range.insertNode(figure);
    caret.range.setStartAfter(figure);
    caret.range.collapse(true);
    show("van-ban");
    later(pieceOf(caret.field));
  });

  /* The small forms of the panels answer without loading the page again. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.quiet === undefined || !editor.contains(form)) return;
    if (form.dataset.plain !== undefined) {
      delete form.dataset.plain;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    quiet(form, event.submitter).catch((problem) => {
      if (problem.message === "signedout" || !navigator.onLine) {
        tell(navigator.onLine ? "signedout" : "offline");
        return;
      }
      /* As if there were no script; what was added already is known by its key. */
      form.dataset.plain = "";
      form.requestSubmit(event.submitter);
    });
  }, true);

  setInterval(beat, HEARTBEAT);
  addEventListener("online", sendAll);
  addEventListener("beforeunload", (event) => {
    if (Object.keys(kept()).length && navigator.onLine) {
      for (const key of timers.keys()) send(key);
      event.preventDefault();
    }
  });
  takeUp();
}

function hiddenIn(form, name) {
  if (form.elements[name]) return form.elements[name];
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  form.append(field);
  return field;
}

async function quiet(form, submitter) {
  const isInsert = form.getAttribute("action") === editor.dataset.insert;
  /* Sent again after a lost answer, the paragraph has the same name and the same place. */
  if (isInsert && !form.elements.key?.value) {
    hiddenIn(form, "key").value = newKey();
    if (form.dataset.after !== undefined) hiddenIn(form, "after").value = lastPlace();
  }
  const data = new FormData(form, submitter);
  const answer = await post(form.action, data);
  if (!answer.ok) {
    tell("refused", answer.refused ?? "");
    let note = form.querySelector(".wrong");
    if (!note) {
      note = document.createElement("p");
      note.className = "wrong";
      note.setAttribute("role", "alert");
      form.append(note);
    }
    note.textContent = answer.refused ?? "";
    if (isInsert) form.elements.key.value = "";
    return;
  }
  const there = document.getElementById(`doan-${answer.key}`);
  const after = data.get("after");
  let piece = null;
  /* The parts around the text are drawn in several places: the page is loaded again. */
  if (["place", "subject", "recipients", "signature"].includes(answer.key)) {
    location.reload();
    return;
  }
  if (there) piece = swap(there, answer.html);
  else if (answer.html) {
    piece = made(answer.html);
    document.getElementById(`doan-${after}`)?.after(piece);
    open(piece);
    window.htmx?.process(piece);
  }
  form.querySelector(".wrong")?.remove();
  if (answer.seen && form.elements.seen) {
    for (const seen of form.closest("#bang")?.querySelectorAll("input[name=seen]") ?? []) seen.value = answer.seen;
  }
  refresh(answer);
  if (answer.again) {
    tell("saved", answer.at);
    await openInPanel(answer.again);
    return;
  }
  if (piece && form.closest("#bang, #cau-mau")) {
    show("van-ban");
    piece.scrollIntoView({ block: "center" });
  }
  if (isInsert) form.elements.key.value = "";
  tell("saved", answer.at);
}

/* The paragraph the caret was in last, else the last one before the closing sentence. */
function lastPlace() {
  if (place && place !== "subject" && document.getElementById(`doan-${place}`)) return place;
  const all = [...document.querySelectorAll("#pieces > .piece")];
  return (all.at(-2) ?? all.at(-1))?.dataset.key ?? "";
}

function sendAll() {
  for (const key of Object.keys(kept())) send(key);
}

/* What was typed before the page was left, or while there was no network. */
function takeUp() {
  for (const [key, mine] of Object.entries(kept())) {
    const piece = document.getElementById(`doan-${key}`);
    const field = fieldOf(piece);
    if (!field || tidy(wordsOf(field)) === mine.words) keep(key, null);
    else send(key);
  }
}

/* --- who else is here ------------------------------------------------------------------------------------------------ */

async function beat() {
  if (document.hidden) return;
  const form = new FormData();
  form.set("key", document.activeElement?.closest?.("[data-words]") ? place : "");
  form.set("since", editor.dataset.version);
  let answer;
  try {
    answer = await post(editor.dataset.presence, form);
  } catch {
    return;
  }
  if (!answer.ok) return;
  const busy = document.getElementById("busy");
  busy.replaceChildren(
    ...answer.busy.map((words) => {
      const mark = document.createElement("span");
      mark.className = "mark mark--wait";
      mark.textContent = words;
      return mark;
    }),
  );
  const order = [...document.querySelectorAll("#pieces > .piece")].map((piece) => piece.dataset.key);
  let isWhole = !answer.reload;
  for (const { key, version, html } of answer.pieces) {
    const piece = document.getElementById(`doan-${key}`);
    if (!piece || Number(piece.dataset.seen) >= version) continue;
    if (kept()[key] || tails.has(key) || piece.contains(document.activeElement)) isWhole = false;
    else swap(piece, html);
  }
  const isOtherOrder = order.join() !== answer.order.join() && !sending.size && !tails.size;
  if (answer.reload || isOtherOrder) busy.append(document.getElementById("words").content.cloneNode(true));
  /* A piece that someone types in here is asked for again, until it can be renewed. */
  else if (isWhole) editor.dataset.version = answer.version;
  sendAll();
}
