/* The support log with a script: what is tapped is put down on this phone first and sent then, once, by the uid of its form
   (work/outbox.js holds the list that the recording pages show too). A guide is walked through one step at a time. */

import * as outbox from "../work/outbox.js";
import * as waiting from "../work/waiting.js";

const HURRY = 2500; // after this long the act is safe on the phone and says so, while it is still being sent

function say(form, words, kind = "note") {
  const note = document.createElement("div");
  note.className = kind;
  note.setAttribute("role", kind.includes("error") ? "alert" : "status");
  const line = document.createElement("p");
  line.textContent = words;
  note.append(line);
  form.querySelector("[data-said]").replaceChildren(note);
  note.scrollIntoView({ block: "nearest" });
}

function actOf(form, tap) {
  const fields = [...new FormData(form).entries()].filter(
    ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken",
  );
  return {
    uid: form.elements.uid.value,
    person: form.elements.person.value,
    kind: "support",
    label: form.dataset.label,
    address: form.getAttribute("action"),
    fields: [...fields, ["tap", tap.value], ["title", nameOf(tap)]],
    files: [],
    state: "waiting",
    said: "",
  };
}

/* What the list of waiting acts calls it; the server takes no notice of it. */
function nameOf(tap) {
  const named = document.getElementById(tap.getAttribute("aria-describedby"));
  return `${(named ?? document.querySelector("h1")).textContent.trim()}: ${tap.textContent.trim()}`;
}

/* The next one is another person: a new uid; hamlet and place very likely stay. */
function startAfresh(form) {
  form.elements.uid.value = outbox.newUid();
  for (const name of ["minutes", "age", "sex", "code"]) form.elements[name].value = "";
  form.elements.people.value = 1;
  for (const box of form.querySelectorAll("[name=stuck]")) {
    if (box.type === "checkbox") box.checked = false;
    else for (const option of box.options) option.selected = false;
  }
  for (const old of form.querySelectorAll(".wrong")) old.remove();
}

function showErrors(form, errors) {
  const words = Object.values(errors).flat().map((one) => one.message).join(" ");
  say(form, `${form.dataset.sayWrong} ${words}`, "note note--error");
  form.querySelector("details")?.setAttribute("open", "");
}

async function save(form, tap) {
  const act = actOf(form, tap);
  const isKept = await outbox.keep(act).then(() => true, () => false);
  const hurry = setTimeout(() => isKept && say(form, form.dataset.saySending), HURRY);
  const answer = await outbox.send(act, form.elements.csrfmiddlewaretoken?.value ?? "");
  clearTimeout(hurry);
  if (answer.state === "sent") {
    say(form, `${form.dataset.sayDone} ${answer.title}`);
    const today = document.querySelector("[data-today]");
    if (today) today.textContent = answer.today;
  } else if (answer.state === "mend") {
    await outbox.drop(act.uid).catch(() => {}); // it is still in the form, whole
    return showErrors(form, answer.errors ?? {});
  } else if (!isKept && !(await outbox.find(act.uid).catch(() => null))) {
    return say(form, form.dataset.sayUnkept, "note note--error");
  } else {
    say(form, answer.state === "signin" ? form.dataset.saySignin : form.dataset.sayKept);
  }
  startAfresh(form);
  await waiting.show();
}

function sendByScript(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // Two presses before the first is done are one.
    if (form.dataset.saving) return;
    form.dataset.saving = "1";
    try {
      await save(form, event.submitter);
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
  if (!act || act.kind !== "support") return;
  for (const [name, value] of act.fields) {
    const field = form.elements[name];
    if (field?.tagName && !["uid", "person", "unit"].includes(name) && !field.multiple) field.value = value;
  }
  if (act.state !== "conflict") form.elements.uid.value = act.uid;
  if (act.errors) showErrors(form, act.errors);
}

/* --- a guide ----------------------------------------------------------------------------------------- */

function walk(form) {
  const steps = [...form.querySelectorAll("[data-step]")];
  const bar = form.querySelector("[data-walk]");
  let here = 0;
  const go = (there, isMoved = true) => {
    here = Math.max(0, Math.min(steps.length - 1, there));
    steps.forEach((step, at) => { step.hidden = at !== here; });
    bar.querySelector("[data-back]").disabled = here === 0;
    bar.querySelector("[data-next]").hidden = here === steps.length - 1;
    bar.querySelector("[data-to-end]").hidden = here === steps.length - 1;
    if (isMoved) {
      steps[here].focus({ preventScroll: true });
      scrollTo({ top: 0 });
    }
  };
  bar.hidden = false;
  bar.querySelector("[data-back]").addEventListener("click", () => go(here - 1));
  bar.querySelector("[data-next]").addEventListener("click", () => go(here + 1));
  bar.querySelector("[data-to-end]").addEventListener("click", () => go(steps.length - 1));
  go(0, false);
}

for (const form of document.querySelectorAll("form[data-guide]")) walk(form);
outbox.isThere().then(async (isThere) => {
  if (!isThere) return; // no place to keep anything: the form is sent as any other
  for (const form of document.querySelectorAll("form[data-support]")) {
    sendByScript(form);
    await bringBack(form);
    form.dataset.begun = "1";
  }
  if (waiting.isHere) waiting.start();
});
