/* The player at the amplifier. It airs what is stored, whatever the line does, and tells the server when it can.

   Once a second it asks for emergencies: these interrupt whatever is on the air. What was interrupted begins anew.

   Once a second it looks what is to be done (player-rules.js). Twice a minute, and more often while it airs, it asks the
   server for the time and whether the schedule changed. What is withdrawn stops in the middle of a word. */

import * as alarms from "./player-alarms.js";
import * as rules from "./player-rules.js";
import * as store from "./player-store.js";

const API = "/api/phat-thanh/v1/";
const LOOK = 1000;
const BEAT = 30000;
const BEAT_ON_AIR = 10000;
const FILL = 5000;
const PATIENCE = 20000;
const FILE_PATIENCE = 600000;
const MOST_EVENTS = 200;
const TRY_AGAIN = 10000;
const ASK_ALARMS = 1000;
const PAUSE_BETWEEN = 1500;

const main = document.getElementById("main");
const words = main.dataset;
const audio = new Audio();
const held = { plays: {}, stored: new Set(), offset: 0, last: 0 };
const born = { at: 0 };
let current = null;
let isBlocked = false;
let pausedUntil = 0;
let isClockWrong = false;
let trouble = "";

const now = () => Date.now() + held.offset;
const iso = (moment) => new Date(moment).toISOString();

/* --- talking to the server --- */

class NoLine extends Error {}
class Revoked extends Error {}

async function ask(path, { patience = PATIENCE, body, headers = {} } = {}) {
  let answer;
  try {
    answer = await fetch(API + path, {
      method: body ? "POST" : "GET",
      headers: {
        Authorization: `Bearer ${held.key}`,
        ...(body ? { "Content-Type": "application/json" } : {}),
        ...headers,
      },
      body: body && JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new NoLine();
  }
  if (answer.status === 401) throw new Revoked();
  return answer;
}

async function beat() {
  const sent = Date.now();
  const answer = await ask("heartbeat", {
    body: {
      device: held.schedule?.device ?? "",
      now: iso(sent),
      playing: current?.play.play ?? null,
      volume: Math.round(held.volume * 100),
      stored: held.stored.size,
      waiting: await store.countEvents(),
      problem: isBlocked ? words.sayBlockedShort : trouble,
    },
  });
  if (!answer.ok) throw new NoLine();
  const told = await answer.json();
  /* Half the way there, half the way back. */
  held.offset = rules.at(told.now) - (sent + Date.now()) / 2;
  isClockWrong = false;
  held.last = now();
  await store.remember("offset", held.offset);
  await store.atLeast(told.next_sequence);
  if (told.schedule !== held.tag) await pull();
}

async function pull() {
  const answer = await ask("schedule", { headers: held.tag ? { "If-None-Match": held.tag } : {} });
  if (answer.status === 304) return;
  if (!answer.ok) throw new NoLine();
  const schedule = await answer.json();
  held.schedule = schedule;
  held.tag = answer.headers.get("ETag").replace(/^W\//, ""); // a proxy that packs answers weakens it
  /* First what must stop, then the rest. */
  await stopIfWithdrawn();
  await store.remember("schedule", { schedule, tag: held.tag });
  if (held.since === undefined) {
    held.since = now();
    await store.remember("since", held.since);
  }
  await forgetPlays();
}

async function forgetPlays() {
  const { schedule, told } = held;
  const named = new Set([...rules.each(schedule)].map(({ play }) => play.play));
  for (const { alarm } of [...(told?.alarms ?? []), ...(told?.ended ?? [])]) named.add(alarm);
  for (const { play } of schedule?.withdrawn ?? []) named.add(play); // what was stopped stays so
  for (const one of Object.keys(held.plays)) if (!named.has(one)) delete held.plays[one];
  await store.keepPlays(named);
}

async function fill() {
  if (!held.schedule) return;
  const wanted = [...new Set([...alarms.wanted(held.told), ...rules.wanted(held.schedule)])];
  for (const hash of held.stored) {
    if (!wanted.includes(hash)) {
      await store.dropSound(hash);
      held.stored.delete(hash);
    }
  }
  for (const hash of wanted) {
    if (held.stored.has(hash)) continue;
    await fetchSound(hash);
    await tellSent();
  }
  await tellSent();
}

async function fetchSound(hash) {
  const answer = await ask(`media/${hash}`, { patience: FILE_PATIENCE });
  if (!answer.ok) return;
  let file;
  try {
    file = await answer.blob();
  } catch {
    throw new NoLine(); // the line broke in the middle of the file
  }
  if (await store.keepSound(hash, file)) held.stored.add(hash);
}

async function tellSent() {
  for (const { play } of rules.each(held.schedule)) {
    const { media } = play;
    if (!held.stored.has(media) || held.plays[play.play]?.sent === media) continue;
    await became(play, { sent: media }, { fact: "sent", at: iso(now()), media });
  }
}

/* Write down what became of a play, and the word of it to the server, if there is one. */
function became(play, value, event) {
  const whole = { ...held.plays[play.play], ...value };
  held.plays[play.play] = whole;
  return event ? store.note(play.play, whole, event) : store.setPlay(play.play, whole);
}

async function tell() {
  for (;;) {
    const waiting = await store.events(MOST_EVENTS);
    if (!waiting.length || !held.schedule) return;
    if (!(await hand(waiting)) && waiting.length > 1) {
      /* One of them cannot be read; the others must not wait for it. */
      for (const one of waiting) await hand([one]);
    }
  }
}

async function hand(events) {
  const answer = await ask("events", { body: { device: held.schedule.device, now: iso(Date.now()), events } });
  if (answer.ok) {
    const told = await answer.json();
    await store.dropEvents([...told.written, ...told.known, ...told.refused.map((one) => one.sequence)]);
    return true;
  }
  if (answer.status !== 422) throw new NoLine();
  if (events.length === 1) await store.dropEvents([events[0].sequence]);
  return false;
}

/* --- emergencies --- */

async function askAlarms() {
  const answer = await ask("alarms", { headers: held.alarmTag ? { "If-None-Match": held.alarmTag } : {} });
  if (answer.status !== 304) {
    if (!answer.ok) throw new NoLine();
    held.told = await answer.json();
    held.alarmTag = answer.headers.get("ETag").replace(/^W\//, "");
    await store.remember("told", held.told);
    await forgetPlays();
  }
  for (const hash of alarms.wanted(held.told)) if (!held.stored.has(hash)) await fetchSound(hash);
  await hear();
  await acknowledge();
}

/* What must be heard now is begun, and what is over stops, in the middle of a word. */
async function hear() {
  if (!held.told || held.isRevoked) return;
  const { told, plays, stored } = held;
  const moment = now();
  const first = alarms.next({ told, plays, stored, now: moment });
  if (current?.alarm) {
    const why = alarms.stopWhy({ told, current: current.alarm, first, now: moment });
    if (why === "graver") await leave({ state: undefined });
    else if (why) {
      const note = why === "gone" || why === "expired" ? words.sayGone : why;
      await leave({ state: "missed" }, { fact: "missed", at: iso(moment), note: `${words.sayStopped}: ${note}` });
    }
  }
  if (!first || current?.alarm || moment < pausedUntil) return;
  /* What is on the air is not missed: it begins anew as long as its session lasts. */
  if (current) await leave({ state: undefined });
  if (current) return; // something began meanwhile: the next look interrupts it
  await begin({ alarm: first, play: { ...first, play: first.alarm } });
}

async function acknowledge() {
  for (const one of held.told?.alarms ?? []) {
    const known = held.plays[one.alarm];
    if (known?.told || !held.stored.has(one.media)) continue;
    /* The number is kept before it is used: the same word said twice has the same number. */
    const sequence = known?.number ?? (await store.nextNumber());
    const at = known?.at ?? iso(now());
    await became({ play: one.alarm }, { number: sequence, at });
    const body = { device: held.told.device, alarm: one.alarm, sequence, at };
    const answer = await ask("alarms/heard", { body });
    if (answer.ok) await became({ play: one.alarm }, { told: true });
  }
}

/* --- airing --- */

async function begin({ play, session, alarm }) {
  const one = { play, session, alarm, began: now(), left: alarm?.repeats ?? 1 };
  current = one;
  const file = await store.sound(play.media);
  if (current !== one) return; // withdrawn while it was fetched
  if (!file) {
    current = null;
    held.stored.delete(play.media);
    return;
  }
  await became(play, { state: "on" });
  if (current !== one) return;
  one.began = now();
  one.address = URL.createObjectURL(file);
  audio.src = one.address;
  audio.volume = alarm ? 1 : held.volume; // who turned the programme down must hear this
  try {
    await audio.play();
    isBlocked = false;
    trouble = "";
  } catch (error) {
    if (current !== one) return;
    isBlocked = error.name === "NotAllowedError";
    if (!isBlocked) trouble = words.sayBadFile;
    pausedUntil = now() + TRY_AGAIN;
    await leave({ state: undefined });
  }
}

/* What is on the air is over; `value` says what became of it. */
async function leave(value, event) {
  const one = current;
  current = null;
  audio.pause();
  audio.removeAttribute("src");
  if (one.address) URL.revokeObjectURL(one.address);
  await became(one.play, value, event);
}

audio.addEventListener("ended", () => {
  if (!current?.address) return;
  current.left -= 1;
  if (current.left > 0) {
    const one = current;
    setTimeout(() => {
      if (current === one) audio.play().catch(failed);
    }, PAUSE_BETWEEN);
    return;
  }
  const told = { fact: "aired", at: iso(current.began), ended_at: iso(now()), media: current.play.media };
  leave({ state: "aired" }, told).catch(failed);
});

audio.addEventListener("error", () => {
  if (!current?.address) return;
  trouble = words.sayBadFile;
  pausedUntil = now() + TRY_AGAIN;
  leave({ state: undefined }).catch(failed);
});

async function stopIfWithdrawn() {
  if (!current || current.alarm) return;
  const why = rules.stopWhy(held.schedule, { play: current.play.play, media: current.play.media });
  if (!why) return;
  if (why === "changed") return leave({ state: undefined });
  const note = why === "gone" ? words.sayGone : why;
  await leave({ state: "missed" }, { fact: "missed", at: iso(now()), note: `${words.sayStopped}: ${note}` });
}

async function look() {
  await hear();
  const moment = now();
  if (rules.isClockWrong(moment, held.last)) isClockWrong = true;
  if (isClockWrong || !held.schedule || held.isRevoked) return;
  if (moment - held.last > 5000) {
    held.last = moment;
    await store.remember("last", moment);
  }
  const { plays, stored, schedule, since } = held;
  const found = rules.decide({ schedule, plays, stored, now: moment, since, born: born.at, isBlocked });
  for (const { play, why } of found.missed) {
    if (current?.play.play === play.play) continue; // it began in time and runs to its end
    const note = words[`miss${why[0].toUpperCase()}${why.slice(1)}`];
    await became(play, { state: "missed" }, { fact: "missed", at: iso(moment), note });
  }
  if (current || moment < pausedUntil || !found.next || found.next.wait) return;
  if (found.next.quiet) await became(found.next.quiet, { state: "quiet", until: found.next.until });
  else await begin(found.next);
}

/* --- the page --- */

const put = (id, text) => {
  const place = document.getElementById(id);
  if (place.textContent !== text) place.textContent = text;
};
const clock = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
const day = new Intl.DateTimeFormat("vi-VN", { day: "numeric", month: "numeric", timeZone: "Asia/Ho_Chi_Minh" });
const shown = (moment) => `${clock.format(moment)} ${day.format(moment)}`;

async function show() {
  put("gio", isClockWrong ? words.sayClock : shown(now()));
  put("mang", held.isRevoked ? words.sayRevoked : held.isOnline ? words.sayOnline : words.sayOffline);
  put("dang-phat", current ? current.play.title : words.sayNothing);
  document.getElementById("bang").classList.toggle("player--alarm", Boolean(current?.alarm));
  const next = held.schedule && rules.coming(held.schedule, now());
  put("sap-toi", next ? `${shown(rules.at(next.starts_at))} ${next.name}` : words.sayNone);
  put("luu-den", held.schedule ? shown(rules.at(held.schedule.until)) : words.sayNone);
  const wanted = held.schedule ? rules.wanted(held.schedule) : [];
  put("tep", `${wanted.filter((one) => held.stored.has(one)).length}/${wanted.length}`);
  put("cho-gui", String(await store.countEvents()));
  document.getElementById("bat-tieng").hidden = !isBlocked;
}

async function once(deed) {
  try {
    await deed();
    return true;
  } catch (error) {
    if (error instanceof Revoked) await revoked();
    else if (!(error instanceof NoLine)) failed(error);
    return false;
  }
}

function failed(error) {
  trouble = String(error).slice(0, 200);
}

/* The key is worth nothing any more: nothing is aired with it. */
async function revoked() {
  held.isRevoked = true;
  await store.remember("isRevoked", true);
  if (!current) return;
  const note = `${words.sayStopped}: ${words.sayRevoked}`;
  await leave({ state: "missed" }, { fact: "missed", at: iso(now()), note });
}

async function talk() {
  held.isOnline = await once(beat);
  if (!held.isOnline) return;
  held.isRevoked = false;
  await store.remember("isRevoked", false);
  await once(tell);
}

/* Never quite the same pause: after a power cut hundreds of machines begin in the same second. */
const spread = (pause) => pause * (0.9 + Math.random() / 5);

async function forEver(deed, pause) {
  for (;;) {
    try {
      await deed();
    } catch (error) {
      failed(error);
    }
    await new Promise((done) => setTimeout(done, pause()));
  }
}

async function run() {
  const kept = await store.recall("schedule");
  held.schedule = kept?.schedule;
  held.tag = kept?.tag;
  held.since = await store.recall("since");
  held.offset = (await store.recall("offset")) ?? 0;
  held.last = (await store.recall("last")) ?? 0;
  held.plays = await store.plays();
  held.stored = await store.storedSounds();
  held.told = await store.recall("told");
  held.volume = (await store.recall("volume")) ?? 1;
  document.getElementById("am-luong").value = String(Math.round(held.volume * 100));
  held.isRevoked = (await store.recall("isRevoked")) ?? false;
  born.at = now();
  navigator.storage?.persist?.();
  /* The server's time first, where there is a line: this machine's may have changed while it was off. */
  await talk();
  forEver(talk, () => spread(current ? BEAT_ON_AIR : BEAT));
  forEver(() => once(askAlarms), () => spread(ASK_ALARMS));
  /* Files take long; meanwhile the server is asked all the same whether something was withdrawn. */
  forEver(() => held.isOnline && once(fill), () => FILL);
  forEver(() => once(look).then(show), () => LOOK);
}

document.getElementById("bat-tieng").addEventListener("click", () => {
  isBlocked = false;
  pausedUntil = 0;
});
document.getElementById("am-luong").addEventListener("input", (event) => {
  held.volume = Number(event.target.value) / 100;
  if (!current?.alarm) audio.volume = held.volume;
  store.remember("volume", held.volume);
});

function say(text) {
  document.getElementById("bang").hidden = true;
  const note = document.getElementById("bao");
  note.hidden = false;
  note.querySelector("p").textContent = text;
}

async function start() {
  if (!("indexedDB" in globalThis && "caches" in globalThis && crypto.subtle && navigator.locks)) {
    return say(words.sayUnfit); // without https nothing can be stored
  }
  navigator.serviceWorker?.register("/may-phat/may.js", { scope: "/may-phat/" }).catch(() => {});
  const given = location.hash.slice(1);
  if (given.startsWith("dlp_")) {
    const before = await store.recall("key");
    if (before && before !== given) await forget();
    await store.remember("key", given);
    history.replaceState(null, "", location.pathname); // not on the screen, not among the bookmarks
  }
  held.key = await store.recall("key");
  if (!held.key) return say(words.sayNoKey);
  /* Two windows would speak at once. */
  const wait = setTimeout(() => say(words.sayTwice), 2000);
  await navigator.locks.request("dinhlang-phat", async () => {
    clearTimeout(wait);
    document.getElementById("bao").hidden = true;
    document.getElementById("bang").hidden = false;
    await run();
    await new Promise(() => {});
  });
}

/* Another device's link: its numbers, its schedule and its plays are its own. */
async function forget() {
  for (const name of ["schedule", "since", "sequence", "isRevoked", "told"]) await store.remember(name, undefined);
  await store.keepPlays(new Set());
  await store.dropEvents((await store.events()).map((one) => one.sequence));
}

start();
