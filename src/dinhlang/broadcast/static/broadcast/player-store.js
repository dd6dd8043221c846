/* What must outlive a reload and a power cut: the key, the schedule, what became of each play, what is not told yet. */

const NAME = "dinhlang-phat";
const SOUND = "phat-am-thanh";
let opened;

function open() {
  opened ??= new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("known");
      asked.result.createObjectStore("plays");
      asked.result.createObjectStore("events", { keyPath: "sequence" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  return opened;
}

async function work(stores, how, deed) {
  const database = await open();
  return new Promise((done, fail) => {
    const deal = database.transaction(stores, how, { durability: "strict" });
    let asked;
    deal.oncomplete = () => done(asked?.result);
    deal.onabort = deal.onerror = () => fail(deal.error);
    asked = deed(...stores.map((name) => deal.objectStore(name)));
  });
}

export const recall = (name) => work(["known"], "readonly", (known) => known.get(name));
export const remember = (name, value) => work(["known"], "readwrite", (known) => known.put(value, name));
export const events = (most) => work(["events"], "readonly", (all) => all.getAll(null, most));
export const countEvents = () => work(["events"], "readonly", (all) => all.count());
export const setPlay = (play, value) => work(["plays"], "readwrite", (plays) => plays.put(value, play));

export async function plays() {
  const database = await open();
  return new Promise((done, fail) => {
    const found = {};
    const walk = database.transaction("plays").objectStore("plays").openCursor();
    walk.onerror = () => fail(walk.error);
    walk.onsuccess = () => {
      const here = walk.result;
      if (!here) return done(found);
      found[here.key] = here.value;
      here.continue();
    };
  });
}

export function dropEvents(sequences) {
  return work(["events"], "readwrite", (all) => {
    for (const one of sequences) all.delete(one);
  });
}

/* Forget plays that no schedule speaks of any more. */
export function keepPlays(uids) {
  return work(["plays"], "readwrite", (all) => {
    const walk = all.openKeyCursor();
    walk.onsuccess = () => {
      if (!walk.result) return;
      if (!uids.has(walk.result.key)) all.delete(walk.result.key);
      walk.result.continue();
    };
  });
}

/* What became of a play and the word of it to the server are written together, with the next number of this device: a
   power cut leaves both or neither. */
export function note(play, value, event) {
  return work(["known", "plays", "events"], "readwrite", (known, all, waiting) => {
    const asked = known.get("sequence");
    asked.onsuccess = () => {
      const sequence = asked.result ?? 1;
      known.put(sequence + 1, "sequence");
      waiting.add({ ...event, sequence, play });
      if (value) all.put(value, play);
    };
  });
}

/* The next number of this device, for what is told at once and not kept for later. */
export async function nextNumber() {
  let number;
  await work(["known"], "readwrite", (known) => {
    const asked = known.get("sequence");
    asked.onsuccess = () => {
      number = asked.result ?? 1;
      known.put(number + 1, "sequence");
    };
    return asked;
  });
  return number;
}

/* The server knows higher numbers of this device than we do: our memory was lost. */
export function atLeast(number) {
  return work(["known"], "readwrite", (known) => {
    const asked = known.get("sequence");
    asked.onsuccess = () => {
      if ((asked.result ?? 1) < number) known.put(number, "sequence");
    };
  });
}

/* --- sound by its hash --- */

const address = (hash) => `/may-phat/tep/${hash}`;

export async function storedSounds() {
  const cache = await caches.open(SOUND);
  return new Set((await cache.keys()).map((one) => new URL(one.url).pathname.split("/").pop()));
}

export async function sound(hash) {
  const found = await (await caches.open(SOUND)).match(address(hash));
  return found ? found.blob() : null;
}

/* Store sound, if it is what its name says: a file that was cut short is not. */
export async function keepSound(hash, blob) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  const found = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== hash) return false;
  await (await caches.open(SOUND)).put(address(hash), new Response(blob));
  return true;
}

export const dropSound = async (hash) => (await caches.open(SOUND)).delete(address(hash));
