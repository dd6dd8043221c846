/* Emergencies: what is to be heard at once, from what the server said last. No clock, no network, no page.

   `plays` is what became of each message: { state, times }.
   on: it began · aired, missed: said so to the server */

const OVER = new Set(["aired", "missed"]);

/* The first message that is to be heard now: { alarm }, or null. `told` is the server's last word: { alarms, ended }. */
export function next({ told, plays, stored, now }) {
  for (const alarm of told?.alarms ?? []) {
    if (OVER.has(plays[alarm.alarm]?.state) || now >= Date.parse(alarm.expires_at)) continue;
    if (stored.has(alarm.media)) return alarm;
  }
  return null;
}

/* The hashes to fetch before anything else. */
export const wanted = (told) => [...new Set((told?.alarms ?? []).map((one) => one.media))];

/* Why a message that is on the air must stop; "" for it may go on. Also for a graver one that came meanwhile. */
export function stopWhy({ told, current, first, now }) {
  const live = told.alarms.find((one) => one.alarm === current.alarm);
  if (!live) return told.ended.find((one) => one.alarm === current.alarm)?.why ?? "gone";
  if (now >= Date.parse(live.expires_at)) return "expired";
  return first && first.alarm !== current.alarm && isGraver(told, first, current) ? "graver" : "";
}

/* The server lays them down with the gravest first. */
function isGraver(told, first, current) {
  const place = (one) => told.alarms.findIndex((other) => other.alarm === one.alarm);
  return place(first) < place(current);
}
