// Shows that a person's browser is here, without asking anybody a riddle.
const AT_ONCE = 200;

// A number is to be found of which only the hash is known (as ALTCHA does it); many are tried at a time.
export async function work(form) {
  if (!globalThis.crypto?.subtle) return;
  const { key, work: wanted, most } = form.dataset;
  const text = new TextEncoder();
  const hashed = (number) => crypto.subtle.digest("SHA-256", text.encode(`${key}:${number}`));
  for (let first = 0; first < Number(most); first += AT_ONCE) {
    const hashes = await Promise.all(Array.from({ length: AT_ONCE }, (_, place) => hashed(first + place)));
    const place = hashes.findIndex((hash) => hex(hash) === wanted);
    if (place < 0) continue;
    form.elements.work.value = first + place;
    form.querySelector("[data-question]").hidden = true;
    return;
  }
}

function hex(hash) {
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
