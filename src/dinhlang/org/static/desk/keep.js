/* Nothing typed is lost: forms marked `data-keep` leave a draft in this tab while one types.

   A draft belongs to an address and a person. It comes back when the same person opens the same form in this tab
   again, after their session ended, the line broke or the page was left; it goes when the form was saved (the server
   led on to a page), when its owner throws it away, and at sign-out. Never kept: passwords, files, hidden fields.

   A script that saves a form by itself says so: form.dispatchEvent(new Event("keep:saved")). */

const PREFIX = "keep:";
const SENT = "keep-sent";
const person = document.body.dataset.person;
const store = sessionStorage;

function keyOf(form) {
  const number = [...document.querySelectorAll("form[data-keep]")].indexOf(form);
  return `${PREFIX}${person}:${location.pathname}:${form.dataset.keep || number}`;
}

function fieldsOf(form) {
  return [...form.elements].filter(
    (one) => one.name && !/^(hidden|password|file|submit|button|reset|image)$/.test(one.type) && one.tagName !== "FIELDSET",
  );
}

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  if (field.multiple) return [...field.selectedOptions].map((option) => option.value);
  return field.value;
}

function put(field, value) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value === true;
  else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
  else field.value = value;
}

function snapshot(form) {
  return fieldsOf(form).map((field) => [field.name, field.type, valueOf(field)]);
}

function save(form) {
  try {
    store.setItem(keyOf(form), JSON.stringify(snapshot(form)));
  } catch {
    // The store is full or closed: typing must go on all the same.
  }
}

/* Fields are matched by name and, among those of one name, by their order. */
function restore(form, draft) {
  const left = [...draft];
  for (const field of fieldsOf(form)) {
    const at = left.findIndex(([name, type]) => name === field.name && type === field.type);
    if (at < 0) continue;
    const [[, , value]] = left.splice(at, 1);
    if (JSON.stringify(valueOf(field)) === JSON.stringify(value)) continue;
    put(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function offer(form, fresh) {
  const note = document.getElementById("keep-restored").content.cloneNode(true).firstElementChild;
  note.querySelector("button").addEventListener("click", () => {
    restore(form, fresh);
    store.removeItem(keyOf(form));
    note.remove();
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  form.before(note);
}

function open(form) {
  const key = keyOf(form);
  const fresh = snapshot(form);
  // What the server shows again with its errors is newer than any draft.
  const answered = form.querySelector(".field--wrong, .note--error") !== null;
  const draft = JSON.parse(store.getItem(key) || "null");
  if (draft && answered) store.removeItem(key);
  else if (draft && JSON.stringify(draft) !== JSON.stringify(fresh)) {
    restore(form, draft);
    offer(form, fresh);
  }
  let timer = 0;
  form.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    clearTimeout(timer);
    timer = setTimeout(() => save(form), 300);
  });
  form.addEventListener("change", (event) => event.isTrusted && save(form));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save(form);
    store.setItem(SENT, key);
  });
  form.addEventListener("keep:saved", () => {
    clearTimeout(timer);
    store.removeItem(key);
  });
}

/* Saved is what the server answered by leading on to another page of the desk. */
const sent = store.getItem(SENT);
store.removeItem(SENT);
const [arrival] = performance.getEntriesByType("navigation");
if (sent && person && arrival?.redirectCount > 0) store.removeItem(sent);

if (person) {
  for (const form of document.querySelectorAll("form[data-keep]")) open(form);
  // htmx says when it saved a form by itself.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-keep]");
    if (form && event.detail.successful) form.dispatchEvent(new Event("keep:saved"));
  });
}

/* Whoever signs out leaves nothing behind. */
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-sign-out]")) return;
  for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
});
