/* The list "Chờ gửi" on the recording page: what waits on this phone, why, and what can be done about it. */

import * as outbox from "./outbox.js";

const place = document.querySelector("[data-waiting]");
const TRIES = 3; // so often in vain, and the line offers to be thrown away

function button(text, deed, name = "act act--small") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = text;
  made.addEventListener("click", deed);
  return made;
}

function saved(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function day(act) {
  return (new Map(act.fields).get("happened_on") || "").split("-").reverse().map(Number).join("/");
}

function row(act) {
  const said = place.dataset;
  const line = document.createElement("li");
  const title = document.createElement("strong");
  title.textContent = new Map(act.fields).get("title") || act.label;
  const about = document.createElement("span");
  about.className = "soft";
  const state = said[`said${(act.state || "waiting").replace(/^./, (letter) => letter.toUpperCase())}`];
  const files = act.files.length ? `, ${act.files.length} ${said.sayPhotos}` : "";
  about.textContent = ` ${act.label}, ${day(act)}${files}. ${state}. ${act.said || ""}`;
  line.append(title, document.createElement("br"), about);
  const deeds = document.createElement("div");
  deeds.className = "desk__actions";
  if (act.state === "mend" || act.state === "conflict") {
    const mend = document.createElement("a");
    mend.className = "act act--small";
    mend.href = `${act.address}?tu=${encodeURIComponent(act.uid)}`;
    mend.textContent = said.sayMend;
    deeds.append(mend);
  }
  if (act.state === "conflict") deeds.append(button(said.sayAsNew, () => asNew(act)));
  if (act.state === "stuck") deeds.append(button(said.sayAgain, () => again(act)));
  if (isHopeless(act)) deeds.append(button(said.sayDrop, () => askToDrop(act), "act act--small act--grave"));
  if (deeds.children.length) line.append(deeds);
  return line;
}

/* What will not arrive by waiting: its writer may throw it away. */
function isHopeless(act) {
  return ["mend", "conflict", "stuck", "other"].includes(act.state) || (act.tries ?? 0) >= TRIES;
}

async function again(act) {
  await outbox.keep({ ...act, state: "waiting", said: "" });
  await send();
}

/* Nothing is thrown away without its name being read out first. */
function askToDrop(act) {
  const dialog = place.querySelector("[data-drop]");
  dialog.querySelector("[data-drop-title]").textContent = new Map(act.fields).get("title") || act.label;
  dialog.querySelector("[data-drop-other]").hidden = act.state !== "other";
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "drop" && outbox.drop(act.uid), { once: true });
  dialog.showModal();
}

async function asNew(act) {
  const uid = outbox.newUid();
  const fields = act.fields.map(([name, value]) => [name, name === "uid" ? uid : value]);
  await outbox.keep({ ...act, uid, fields, state: "waiting", said: "" });
  await outbox.drop(act.uid);
  await send();
}

export async function show() {
  const acts = await outbox.all();
  place.hidden = acts.length === 0;
  place.querySelector("[data-count]").textContent = acts.length;
  place.querySelector("[data-list]").replaceChildren(...acts.map(row));
  place.querySelector("[data-door]").hidden = !acts.some((act) => act.state === "signin");
}

function told(answer) {
  const toast = document.querySelector("[data-sent]");
  const link = document.createElement("a");
  link.href = answer.address;
  link.textContent = answer.title;
  const words = document.createElement("span");
  words.append(`${place.dataset.sayDone} `, link);
  toast.replaceChildren(words);
  toast.hidden = false;
}

export async function send() {
  await outbox.flush(place.dataset.who, told);
  await show();
}

export function start() {
  place.querySelector("[data-send]").addEventListener("click", send);
  place.querySelector("[data-save]").addEventListener("click", async () => {
    saved("viec-cho-gui.json", await outbox.asFile());
  });
  document.addEventListener("outbox", show);
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  // 'online' tells of a cable, not of a network that answers.
  setInterval(() => place.hidden || send(), 60000);
  show().then(send);
}

export const isHere = place !== null;
