/* Network first, always. Only when there is none does the recording page come from here, as a page of nobody's. */
const CACHE = "ghi-{{ version }}";
const SHELL = "{{ shell }}";
const FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PATIENCE = 15000;

addEventListener("install", (event) => event.waitUntil(fill()));

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  const shell = await fetch(SHELL, { credentials: "same-origin", cache: "no-store" });
  // Whoever is signed out is led to the door; that page must never stand for this one.
  if (!shell.ok || shell.redirected) throw new Error("no shell");
  await cache.put(SHELL, shell);
  await skipWaiting();
}

addEventListener("activate", (event) => event.waitUntil(tidy()));

async function tidy() {
  for (const name of await caches.keys()) {
    if (name.startsWith("ghi-") && name !== CACHE) await caches.delete(name);
  }
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(orElse(patiently(request), SHELL));
  } else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(orElse(fetch(request), request));
  }
});

function patiently(request) {
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("late")), PATIENCE));
  return Promise.race([fetch(request), late]);
}

async function orElse(answer, kept) {
  try {
    return await answer;
  } catch (error) {
    const found = await caches.match(kept);
    if (found) return found;
    throw error;
  }
}
