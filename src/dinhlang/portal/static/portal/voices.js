// The form for a citizen's phone: a draft kept on the phone, photos made small, work that shows a person is here, sending
// that does not lose anything when the line is weak. Without this script the form works as a plain one.

import { work } from "./work.js";

const DRAFT = `voices:${location.pathname}`;
const KEPT = ["words", "category", "hamlet", "place"];
const LONGEST_SIDE = 1920;
// Photos outlive the page that a failed check sends back.
let chosen = [];
// What is still being worked at for the form that is shown.
let working = Promise.resolve();
const LONGEST_WORK = 15000;

function stored(act) {
  try {
    return act(localStorage);
  } catch {
    return null; // Closed to us: the form works without a draft.
  }
}

function keepDraft(form) {
  const said = Object.fromEntries(KEPT.map((name) => [name, form.elements[name]?.value ?? ""]));
  stored((store) => (Object.values(said).some(Boolean) ? store.setItem(DRAFT, JSON.stringify(said)) : store.removeItem(DRAFT)));
}

function restoreDraft(form, note) {
  const said = JSON.parse(stored((store) => store.getItem(DRAFT)) ?? "null");
  if (!said || KEPT.some((name) => form.elements[name]?.value)) return;
  for (const name of KEPT) if (form.elements[name]) form.elements[name].value = said[name] ?? "";
  note.hidden = false;
  note.querySelector("[data-draft-clear]").addEventListener("click", () => {
    stored((store) => store.removeItem(DRAFT));
    for (const name of KEPT) if (form.elements[name]) form.elements[name].value = "";
    note.hidden = true;
    form.elements.words.focus();
  });
}

// What is filled in stands open: by a draft, or by a browser that kept the form.
function unfold(form) {
  for (const fold of form.querySelectorAll("details"))
    if ([...fold.querySelectorAll("input:not([type=checkbox]), select")].some((one) => one.value)) fold.open = true;
}

async function small(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [picture.width * scale, picture.height * scale].map(Math.round);
    sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
    picture.close();
    const blob = await new Promise((done) => sheet.toBlob(done, "image/jpeg", 0.85));
    return blob && blob.size < file.size ? new File([blob], file.name, { type: "image/jpeg" }) : file;
  } catch {
    return file; // The server reads more kinds of pictures than browsers do.
  }
}

async function choosePhotos(form, input) {
  const told = form.querySelector("[data-photos]");
  const most = Number(form.dataset.mostPhotos);
  const files = [...input.files];
  chosen = await Promise.all(files.slice(0, most).map(small));
  told.textContent = `${chosen.length} ${form.dataset.saidPhotos}. ${files.length > most ? form.dataset.saidMany : ""}`;
}

function offerPosition(form) {
  const row = form.querySelector("[data-position]");
  if (!row || !navigator.geolocation) return;
  row.hidden = false;
  const told = row.querySelector("[role=status]");
  row.querySelector("button").addEventListener("click", () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.point.value = `${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)}`;
        told.textContent = form.dataset.saidPlaced;
      },
      () => (told.textContent = form.dataset.saidUnplaced),
      { timeout: 15000, enableHighAccuracy: true },
    ),
  );
}

async function send(form) {
  const told = form.querySelector("[data-told]");
  const button = form.querySelector(".voices__send");
  const said = new FormData(form);
  said.delete("photos");
  for (const file of chosen) said.append("photos", file);
  told.textContent = form.dataset.saidSending;
  button.disabled = true;
  await Promise.race([working, new Promise((done) => setTimeout(done, LONGEST_WORK))]);
  said.set("altcha", form.elements.altcha.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: said, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.querySelector("[data-voices]");
    if (!main) throw new Error("no page of ours");
    if (main.matches("[data-receipt]")) {
      stored((store) => store.removeItem(DRAFT));
      chosen = [];
    }
    document.querySelector("[data-voices]").replaceWith(main);
    document.title = page.title;
    begin();
    scrollTo(0, 0);
    (main.querySelector("[role=alert]") ?? main.querySelector("h1")).focus();
  } catch {
    told.textContent = form.dataset.saidFailed;
    button.disabled = false;
  }
}

function begin() {
  const form = document.querySelector("[data-voice-form]");
  if (form) {
    const note = document.querySelector("[data-draft]");
    if (note) {
      restoreDraft(form, note);
      form.addEventListener("input", () => keepDraft(form));
    }
    unfold(form);
    offerPosition(form);
    working = work(form);
    const input = form.elements.photos;
    input?.addEventListener("change", () => choosePhotos(form, input));
    if (input?.files.length) choosePhotos(form, input);
    else if (input && chosen.length) {
      form.querySelector("[data-photos]").textContent = `${chosen.length} ${form.dataset.saidPhotos}.`;
      document.querySelector("[data-again]")?.remove();
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
  const acts = document.querySelector("[data-acts]");
  if (acts) {
    acts.hidden = false;
    const copy = acts.querySelector("[data-copy]");
    copy.hidden = !navigator.clipboard;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copy.dataset.copy);
      copy.textContent = copy.dataset.said;
    });
    acts.querySelector("[data-print]").addEventListener("click", () => print());
  }
  // The code stands behind '#', which no server and no other site is told.
  const code = document.querySelector("#id_code");
  if (code && !code.value && /^#(PA|DL)-/.test(location.hash)) code.value = location.hash.slice(1);
}

begin();
