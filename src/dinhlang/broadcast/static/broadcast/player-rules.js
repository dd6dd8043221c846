/* What to do now, from what is stored: no clock, no network, no page. Times are milliseconds since 1970 by the server's
   clock. `plays` is what became of each play: { state, until }.

   on: it began and has not ended · aired, missed: said so to the server · quiet: a relay or read out; the time is left free */

const OVER = new Set(["aired", "missed", "quiet"]);
const JUMP = 60000;

export const at = (moment) => Date.parse(moment);

/* A clock that went back lost its battery: nothing is aired by it until the server has told the time. */
export const isClockWrong = (now, last) => now < last - JUMP;

/* Every play of the schedule with its session, in the order of airing. */
export function* each(schedule) {
  for (const session of schedule?.sessions ?? []) {
    for (const play of session.plays) yield { session, play };
  }
}

/* The hashes to store, those that are needed first in front. */
export const wanted = (schedule) => [...new Set([...each(schedule)].map(({ play }) => play.media).filter(Boolean))];

/* Why what is on the air must stop at once; "" for it may go on. `current` is { play, media }. */
export function stopWhy(schedule, current) {
  const said = schedule.withdrawn.find((one) => one.play === current.play);
  if (said) return said.why;
  const found = [...each(schedule)].find(({ play }) => play.play === current.play);
  if (!found) return "gone";
  return found.play.media === current.media ? "" : "changed";
}

/* What is to be done: { play, session } to begin, { quiet, session, until } for a time that is left free, and `missed`:
   what can no longer be aired, with the reason's name. `since` is when this browser first had a schedule: what ended
   before is not its matter. `born` is when the page was opened. */
export function decide({ schedule, plays, stored, now, since, born, isBlocked }) {
  const missed = [];
  let next = null;
  for (const session of schedule?.sessions ?? []) {
    const [starts, ends] = [at(session.starts_at), at(session.ends_at)];
    if (ends <= since) continue;
    if (now >= ends) missed.push(...overdue(session, { plays, stored, born, ends, isBlocked }));
    else if (now >= starts && now < at(schedule.until)) next ??= nextOf(session, { plays, stored, now });
  }
  return { next, missed };
}

function* overdue(session, { plays, stored, born, ends, isBlocked }) {
  for (const play of session.plays) {
    const state = plays[play.play]?.state;
    if (OVER.has(state) || !play.media) continue;
    let why = "late";
    if (state === "on") why = "cut";
    else if (born >= ends) why = "off";
    else if (!stored.has(play.media)) why = "unstored";
    else if (isBlocked) why = "blocked";
    yield { play, session, why };
  }
}

function nextOf(session, { plays, stored, now }) {
  for (const play of session.plays) {
    const known = plays[play.play];
    if (known?.state === "quiet" && now < known.until) return { wait: true };
    if (OVER.has(known?.state)) continue;
    if (!play.media) return { quiet: play, session, until: now + play.seconds * 1000 };
    /* What is not here yet does not hold up the rest; it comes when it is here, as long as the session goes on. */
    if (stored.has(play.media)) return { play, session };
  }
  return null;
}

/* The session that comes next, for the page. */
export function coming(schedule, now) {
  return (schedule?.sessions ?? []).find((one) => at(one.starts_at) > now) ?? null;
}
