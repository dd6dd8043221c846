/* Network first; without one the page of the player comes from here. Sound and the schedule are stored by the page. */
const CACHE = "phat-{{ version }}";
const SHELL = "{{ shell }}";
const FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PATIENCE = 8000;

addEventListener("install", (event) => event.waitUntil(fill()));

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...FILES, SHELL]);
  await skipWaiting();
}

addEventListener("activate", (event) => event.waitUntil(tidy()));

async function tidy() {
  for (const name of await caches.keys()) {
    if (name.startsWith("phat-") && name !== CACHE) await caches.delete(name);
  }
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate") event.respondWith(orElse(request, SHELL));
  else if (FILES.includes(path)) event.respondWith(orElse(request, path));
});

async function orElse(request, kept) {
  const found = await caches.match(kept, { ignoreSearch: true });
  const asked = fetch(request);
  if (!found) return asked;
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("late")), PATIENCE));
  try {
    const answer = await Promise.race([asked, late]);
    /* A server that is being restarted must not stand for the page. */
    return answer.status < 500 ? answer : found;
  } catch {
    return found;
  }
}
