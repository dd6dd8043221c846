/* The recording page with a script: one tap for what is likely, photos made smaller, and nothing lost without a network. */

import * as outbox from "./outbox.js";
import * as waiting from "./waiting.js";
import { drawSmall, smaller } from "./photo.js";

const HURRY = 2500; // after this long the act is safe on the phone and says so, while it is still being sent
const FILES = ["photo", "files"];

const chosen = new WeakMap(); // form -> [File]

/* --- one tap --------------------------------------------------------------------------------------- */

function fill(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function offerPicks(form) {
  for (const list of form.querySelectorAll("[data-fills]")) {
    const field = document.getElementById(list.dataset.fills);
    list.hidden = false;
    list.addEventListener("click", (event) => {
      const pick = event.target.closest("button");
      if (pick) fill(field, pick.value || pick.textContent);
    });
    const mark = () => {
      for (const pick of list.querySelectorAll("button")) {
        pick.setAttribute("aria-pressed", String((pick.value || pick.textContent) === field.value));
      }
    };
    field.addEventListener("input", mark);
    mark();
  }
}

function offerSteps(form) {
  for (const counter of form.querySelectorAll("[data-stepper]")) {
    const number = counter.querySelector("input");
    const label = form.querySelector(`label[for="${number.id}"]`).textContent;
    const group = document.createElement("span");
    group.className = "stepper";
    number.before(group);
    group.append(step("−", -1, number, label), number, step("+", 1, number, label));
  }
}

function step(sign, by, number, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = sign;
  button.setAttribute("aria-label", `${label}: ${sign} 1`);
  button.addEventListener("click", () => fill(number, Math.max(0, (Number(number.value) || 0) + by)));
  return button;
}

/* --- photos ---------------------------------------------------------------------------------------- */

function gatherFiles(form) {
  chosen.set(form, []);
  for (const name of FILES) {
    form.elements[name].addEventListener("change", async (event) => {
      const files = [...event.target.files];
      event.target.value = ""; // the same camera again gives the next photo
      form.setAttribute("aria-busy", "true");
      for (const file of files) chosen.get(form).push(await smaller(file));
      form.removeAttribute("aria-busy");
      showFiles(form);
    });
  }
}

function showFiles(form) {
  const list = form.querySelector("[data-picked]");
  list.replaceChildren(...chosen.get(form).map((file) => {
    const line = document.createElement("li");
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    const name = document.createElement("span");
    name.textContent = `${file.name} (${Math.max(1, Math.round(file.size / 1024))} kB)`;
    const away = document.createElement("button");
    away.type = "button";
    away.className = "act act--small";
    away.textContent = list.dataset.sayDrop;
    away.addEventListener("click", () => {
      chosen.set(form, chosen.get(form).filter((one) => one !== file));
      showFiles(form);
    });
    drawSmall(file, canvas).then((isDrawn) => isDrawn || canvas.remove());
    line.append(canvas, name, away);
    return line;
  }));
}

/* --- saving ---------------------------------------------------------------------------------------- */

async function actOf(form) {
  const fields = [...new FormData(form).entries()].filter(
    ([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "anyway"].includes(name),
  );
  const files = await Promise.all(
    chosen.get(form).map(async (file) => ({ name: file.name, type: file.type, data: await file.arrayBuffer() })),
  );
  return {
    uid: form.elements.uid.value,
    person: form.elements.person.value,
    kind: form.dataset.kind,
    label: form.dataset.label,
    address: form.getAttribute("action"),
    fields,
    files,
    state: "waiting",
    said: "",
  };
}

/* Not with FormData alone: a browser sends what it has, and an act needs a name and a number. */
function isEmpty(form) {
  const counts = [...form.elements].filter((field) => field.name.startsWith("count_"));
  return !form.elements.title.value.trim() || counts.every((field) => field.value === "");
}

function say(form, words, kind = "note") {
  const note = document.createElement("div");
  note.className = kind;
  note.setAttribute("role", kind.includes("error") ? "alert" : "status");
  const line = document.createElement("p");
  line.textContent = words;
  note.append(line);
  form.querySelector("[data-said]").replaceChildren(note);
  note.scrollIntoView({ block: "center" });
  return note;
}

async function save(form, anyway) {
  const act = await actOf(form);
  // A full phone cannot keep it: it is sent all the same, and nobody is told that it is safe.
  const isKept = await outbox.keep(act).then(() => true, () => false);
  const { instead } = form.dataset;
  if (isKept && instead && instead !== act.uid) await outbox.drop(instead);
  const token = form.elements.csrfmiddlewaretoken?.value ?? "";
  const { saySending, sayUnkeptSending } = form.dataset;
  const hurry = setTimeout(() => say(form, isKept ? saySending : sayUnkeptSending), HURRY);
  const answer = await outbox.send(act, token, anyway ? { anyway: "1" } : {});
  clearTimeout(hurry);
  if (answer.state === "sent") {
    if (instead && instead !== act.uid) await outbox.drop(instead).catch(() => {});
    form.dataset.done = "1";
    location.assign(answer.address);
  } else if (answer.state === "mend") {
    if (!instead) await outbox.drop(act.uid).catch(() => {}); // it is still in the form, whole
    showErrors(form, answer.errors ?? {});
  } else if (answer.state === "alike") {
    await outbox.drop(act.uid).catch(() => {});
    form.querySelector("[data-said]").replaceChildren();
    showAlike(form, answer.alike);
  } else if (!isKept && !(await outbox.find(act.uid).catch(() => null))) {
    say(form, form.dataset.sayUnkept, "note note--error"); // it is still in the form, whole
  } else {
    say(form, answer.state === "signin" ? form.dataset.saySignin : form.dataset.sayKept);
    startAfresh(form);
  }
}

function showErrors(form, errors) {
  for (const old of form.querySelectorAll(".wrong")) old.remove();
  for (const field of form.querySelectorAll(".field--wrong")) field.classList.remove("field--wrong");
  const note = say(form, form.dataset.sayWrong, "note note--error");
  for (const [name, found] of Object.entries(errors)) {
    const words = found.map((one) => one.message).join(" ");
    const field = form.elements[name === "photo" ? "files" : name];
    if (!field || field.type === "hidden") {
      const line = document.createElement("p");
      line.textContent = words;
      note.append(line);
      continue;
    }
    const wrong = document.createElement("span");
    wrong.className = "wrong";
    wrong.id = `${field.id}_error`;
    wrong.textContent = words;
    field.setAttribute("aria-describedby", wrong.id);
    field.setAttribute("aria-invalid", "true");
    field.closest(".field").classList.add("field--wrong");
    field.closest(".field").append(wrong);
    field.closest("details")?.setAttribute("open", "");
  }
}

function showAlike(form, found) {
  const note = form.querySelector("[data-alike]");
  note.querySelector("[data-alike-list]").replaceChildren(...found.map((one) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = one.address;
    link.textContent = one.title;
    line.append(link, `, ${one.day} (${one.why})`);
    return line;
  }));
  note.hidden = false;
  note.scrollIntoView({ block: "center" });
}

/* The act is kept; the form is for the next one. */
function startAfresh(form) {
  const { person, unit, task, happened_on: day } = form.elements;
  const stays = [person, unit, task, day].map((field) => [field, field?.value]);
  form.reset();
  for (const [field, value] of stays) if (field) field.value = value;
  form.elements.uid.value = outbox.newUid();
  form.elements.title.value = "";
  delete form.dataset.instead;
  chosen.set(form, []);
  showFiles(form);
  form.querySelector("[data-alike]")?.setAttribute("hidden", "");
}

function sendByScript(form) {
  form.addEventListener("submit", async (event) => {
    const anyway = event.submitter?.name === "anyway";
    if (form.dataset.done) return event.preventDefault();
    // Without a number the server's own words say best what this kind counts.
    if (isEmpty(form) && form.elements.csrfmiddlewaretoken && !chosen.get(form).length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.saving) return;
    form.dataset.saving = "1";
    try {
      await save(form, anyway);
    } catch {
      say(form, form.dataset.sayUnkept, "note note--error");
    } finally {
      delete form.dataset.saving;
    }
  });
}

/* An act that could not be taken comes back into the form to be mended (?tu=…). */
async function bringBack(form) {
  const uid = new URLSearchParams(location.search).get("tu");
  const act = uid && (await outbox.find(uid));
  if (!act || act.kind !== form.dataset.kind) return;
  for (const [name, value] of act.fields) {
    const field = form.elements[name];
    if (field && !["uid", "person"].includes(name)) field.value = value;
  }
  if (act.state !== "conflict") form.elements.uid.value = act.uid;
  form.dataset.instead = act.uid; // stays on the phone until it is saved from here
  chosen.set(form, act.files.map((file) => new File([file.data], file.name, { type: file.type })));
  showFiles(form);
  if (act.errors) showErrors(form, act.errors);
}

/* --- without a network ------------------------------------------------------------------------------ */

/* What the form knows of its person, for the page that a phone shows without a network. */
function rememberChoices(form) {
  const options = (name) =>
    [...(form.elements[name]?.options ?? [])].map((one) => ({ value: one.value, text: one.textContent }));
  const units = options("unit");
  const only = form.querySelector(".record__unit")?.textContent ?? "";
  outbox.remember("choices", {
    person: form.elements.person.value,
    unit: units.length ? units : [{ value: form.elements.unit.value, text: only }],
    task: options("task"),
  });
}

async function playOffline(place) {
  const known = await outbox.recall("choices");
  place.querySelector("[data-nobody]").hidden = Boolean(known);
  const list = place.querySelector("[data-offline-kinds]");
  if (!known) {
    list.hidden = true;
    return;
  }
  const pick = (kind, task) => {
    const made = place.querySelector(`template[data-for="${CSS.escape(kind)}"]`).content.cloneNode(true);
    const form = made.querySelector("form");
    for (const name of ["unit", "task"]) {
      form.elements[name].replaceChildren(...known[name].map((one) => new Option(one.text, one.value)));
    }
    if (task) form.elements.task.value = task;
    form.elements.person.value = known.person;
    form.elements.uid.value = outbox.newUid();
    form.elements.happened_on.value = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
    list.hidden = true;
    place.append(made);
    begin(form);
  };
  list.addEventListener("click", (event) => {
    const tile = event.target.closest("a[data-kind]");
    if (!tile) return;
    event.preventDefault();
    pick(tile.dataset.kind);
  });
  const asked = location.pathname.match(/\/ghi\/([\w-]+)\/$/)?.[1];
  if (asked && place.querySelector(`template[data-for="${CSS.escape(asked)}"]`)) {
    pick(asked, new URLSearchParams(location.search).get("task"));
  }
}

/* --- beginning ---------------------------------------------------------------------------------------- */

async function begin(form) {
  if (form.dataset.begun) return;
  form.dataset.begun = "1";
  offerPicks(form);
  offerSteps(form);
  if (!(await outbox.isThere())) return; // no place to keep anything: the form is sent as any other
  form.classList.add("is-live");
  gatherFiles(form);
  sendByScript(form);
  if (form.elements.csrfmiddlewaretoken) rememberChoices(form);
  await bringBack(form);
}

function look() {
  for (const form of document.querySelectorAll("form[data-record]")) begin(form);
}

document.addEventListener("htmx:afterSettle", look);
/* A tile was tapped without a network: let the browser go there, where the worker has a page for it. */
document.addEventListener("htmx:sendError", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link) location.assign(link.href);
});
addEventListener("pageshow", (event) => {
  // Back to a form that was saved: it is for the next act now, under an identity of its own.
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-done]")) {
    delete form.dataset.done;
    startAfresh(form);
  }
});

const offline = document.querySelector("[data-offline]");
if (offline) playOffline(offline);
look();
if (waiting.isHere) {
  outbox.isThere().then((isThere) => isThere && waiting.start());
}
if ("serviceWorker" in navigator && !offline) {
  const there = location.pathname.replace(/(\/ghi\/).*$/, "$1");
  navigator.serviceWorker.register(`${there}may.js`, { scope: there }).catch(() => {});
}
