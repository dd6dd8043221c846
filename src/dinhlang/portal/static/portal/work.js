// Shows that a person's browser is here, without asking anybody a riddle: ALTCHA's proof of work, version 2, by its SHA algorithms.
const AT_ONCE = 200;
// As long as ALTCHA's own script tries.
const LONGEST = 90000;

export async function work(form) {
  if (!globalThis.crypto?.subtle) return;
  try {
    const challenge = JSON.parse(form.dataset.challenge);
    const solution = await solved(challenge.parameters);
    if (!solution) return;
    form.elements.altcha.value = btoa(JSON.stringify({ challenge, solution }));
    form.querySelector("[data-question]").hidden = true;
  } catch {
    // The question in words stays, and the form can be sent.
  }
}

// A counter is to be found whose key begins as the challenge says; many are tried at a time.
async function solved(parameters) {
  const start = bytes(parameters.salt + parameters.nonce);
  const until = performance.now() + LONGEST;
  for (let first = 0; performance.now() < until; first += AT_ONCE) {
    const keys = await Promise.all(Array.from({ length: AT_ONCE }, (_, place) => derived(parameters, start, first + place)));
    const place = keys.findIndex((key) => hex(key).startsWith(parameters.keyPrefix));
    if (place >= 0) return { counter: first + place, derivedKey: hex(keys[place]) };
  }
  return null;
}

async function derived({ algorithm, cost, keyLength }, start, counter) {
  let key = new Uint8Array(start.length + 4);
  key.set(start);
  new DataView(key.buffer).setUint32(start.length, counter);
  for (let round = 0; round < cost; round += 1) key = (await crypto.subtle.digest(algorithm, key)).slice(0, keyLength);
  return key;
}

function bytes(written) {
  return Uint8Array.from(written.match(/../g), (pair) => parseInt(pair, 16));
}

function hex(key) {
  return Array.from(new Uint8Array(key), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
