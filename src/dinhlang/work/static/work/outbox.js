/* Acts that are kept on this phone until the server has them.

   An act is put down here first and sent then, so that nothing is lost when the line breaks, the page is closed or
   the answer goes missing. Its uid makes a second sending harmless: the server gives the line that is there. An act
   belongs to the person who wrote it and is never sent under another name. It leaves this list only when the
   server says that it has it, or when its writer throws it away. */

const NAME = "dinhlang-ghi";
const PATIENCE = 90000;

/* waiting: to be sent · mend: something in it is wrong · conflict: its uid is another line's
   other: written by someone else than who is signed in · signin: nobody is signed in
   stuck: the server will not have it; only its writer sends it again */

let opened;

function open() {
  opened ??= new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("acts", { keyPath: "uid" });
      asked.result.createObjectStore("known", { keyPath: "name" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  return opened;
}

async function work(store, how, deed) {
  const database = await open();
  return new Promise((done, fail) => {
    const deal = database.transaction(store, how);
    const asked = deed(deal.objectStore(store));
    deal.oncomplete = () => done(asked.result);
    deal.onabort = deal.onerror = () => fail(deal.error);
  });
}

export const isThere = () => open().then(() => true, () => false);
export const keep = (act) => work("acts", "readwrite", (acts) => acts.put(act)).then(tell);
export const drop = (uid) => work("acts", "readwrite", (acts) => acts.delete(uid)).then(tell);
export const find = (uid) => work("acts", "readonly", (acts) => acts.get(uid));
export const all = () => work("acts", "readonly", (acts) => acts.getAll());
export const remember = (name, value) => work("known", "readwrite", (known) => known.put({ name, value }));
export const recall = (name) => work("known", "readonly", (known) => known.get(name)).then((found) => found?.value);

/* randomUUID is not there on a page without https, as in an office's own network. */
export function newUid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/* Other tabs and the list on the page hear of every change. */
const wire = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;

function tell() {
  document.dispatchEvent(new CustomEvent("outbox"));
  wire?.postMessage("changed");
}

wire?.addEventListener("message", () => document.dispatchEvent(new CustomEvent("outbox")));

function asForm(act, extra) {
  const form = new FormData();
  for (const [name, value] of [...act.fields, ...Object.entries(extra)]) form.append(name, value);
  for (const file of act.files) form.append("files", new File([file.data], file.name, { type: file.type }));
  return form;
}

async function post(act, token, extra) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(act.address, {
      method: "POST",
      body: asForm(act, extra),
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": token },
      signal: patience.signal,
    });
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    // Led to the sign-in page: the answer is that page, not ours.
    if (answer.redirected) return { status: 401, told: {} };
    return { status: answer.status, told: isJson ? await answer.json() : {} };
  } catch {
    return { status: 0, told: {} };
  } finally {
    clearTimeout(timer);
  }
}

const STATES = { 401: "signin", 403: "stuck", 404: "stuck", 413: "stuck", 422: "mend", 400: "mend" };

/* Send one act. Gives {state: "sent", address, title}, or the state it is in now and what was said.
   A phone without room for it tells whoever asked to keep it; sending does not fail for that. */
export async function send(act, token, extra = {}) {
  const { status, told } = await post(act, token, extra);
  if ((status === 200 || status === 201) && told.address) {
    await drop(act.uid).catch(() => {});
    return { state: "sent", ...told };
  }
  let state = STATES[status] ?? "waiting";
  // The page that was written on may be old or have no token at all: the first 403 says nothing of the act.
  if (status === 403 && !extra.queued) state = "waiting";
  if (status === 409) state = { person: "other", uid: "conflict" }[told.reason] ?? told.reason ?? "stuck";
  const tries = (act.tries ?? 0) + 1;
  await keep({ ...act, state, said: words(told), errors: told.errors ?? null, tries }).catch(() => {});
  return { ...told, state, status };
}

function words(told) {
  return Object.values(told.errors ?? {}).flat().map((one) => one.message).join(" ");
}

/* Who is signed in now, with a fresh token; null when nobody is, undefined when there is no network. */
export async function who(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.redirected || answer.status === 401 || answer.status === 403) return null;
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

/* Send whatever waits, one after the other, in one tab at a time. `sent` hears of each that arrived. */
export function flush(address, sent = () => {}) {
  const one = () => flushHere(address, sent);
  return navigator.locks ? navigator.locks.request(NAME, one) : one();
}

async function flushHere(address, sent) {
  const waiting = (await all()).filter((act) => !["mend", "conflict", "stuck"].includes(act.state));
  if (!waiting.length) return;
  const now = await who(address);
  if (now === undefined) return;
  for (const act of waiting) {
    if (now === null) await keep({ ...act, state: "signin" });
    else if (String(now.person) !== String(act.person)) await keep({ ...act, state: "other" });
    else {
      // Another tab, or the page itself, may have sent it while this one asked who is there.
      const still = await find(act.uid);
      if (!still) continue;
      // Written before: a question about likeness would only hold it up; the ledger lists such pairs.
      const answer = await send(still, now.token, { queued: "1", anyway: "1" });
      if (answer.state === "sent") sent(answer);
      // One act that the server fails on must not hold up the others; without a network or a person all would fail.
      else if (answer.status === 0 || answer.status === 401) return;
    }
  }
}

/* All of it as one file for whoever has to carry it to another machine. */
export async function asFile() {
  const acts = await Promise.all((await all()).map(async (act) => ({
    ...act,
    files: await Promise.all(act.files.map(async (file) => ({ name: file.name, type: file.type, data: await asText(file) }))),
  })));
  return new Blob([JSON.stringify({ kind: "dinhlang.outbox/1", acts }, null, 1)], { type: "application/json" });
}

function asText(file) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(new Blob([file.data], { type: file.type }));
  });
}
