// Three days of a player, in steps of five seconds: the machine is turned off and on, the line comes and goes, six plays are
// withdrawn while they air, one file never comes, some have no sound. What decides are the rules that the player has, as they
// are shipped; only the clock, the store and the server are played. `seed` decides when what goes wrong.
async (seed) => {
  const rules = await import("/static/broadcast/player-rules.js");
  const chance = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  const STEP = 5000, HOUR = 3600000, START = Date.UTC(2026, 10, 1), iso = (at) => new Date(at).toISOString();
  const sessions = [];
  for (let hour = 1; hour < 72; hour += 1) {
    const begins = START + hour * HOUR;
    const plays = [0, 1, 2].map((n) => ({
      play: `${hour}-${n}`, media: n === 1 && hour % 9 === 0 ? "" : `m${hour}-${n}`, seconds: 60 }));
    sessions.push({ starts_at: iso(begins), ends_at: iso(begins + 600000), plays });
  }
  const withdrawn = new Map([2, 3, 5, 8, 13, 21].map((hour) => [`${hour}-2`, START + hour * HOUR + 150000]));
  const server = (now) => ({
    until: iso(START + 80 * HOUR),
    sessions: sessions.map((one) => ({ ...one, plays: one.plays.filter((p) => !(withdrawn.get(p.play) <= now)) })),
    withdrawn: [...withdrawn].filter(([, at]) => at <= now).map(([play]) => ({ play, why: "withdrawn" })),
  });
  const plays = {}, stored = new Set(), told = [], late = [];
  let schedule = null, current = null, born = START, off = 0, cut = 0, offs = 0, cuts = 0;
  const say = (play, fact, why = "") => { plays[play] = { state: fact }; told.push({ play, fact, why }); };
  for (let now = START; now < START + 73 * HOUR; now += STEP) {
    if (now < off) continue;
    if (off) [off, born, current] = [0, now, null];
    if (chance() < STEP / 2e7) { off = now + chance() * HOUR; offs += 1; continue; }
    if (!cut && chance() < STEP / 5e6) { cut = now + chance() * 5 * HOUR; cuts += 1; }
    if (now >= cut) cut = 0;
    if (!cut || !schedule) {
      schedule = server(now);
      for (const hash of rules.wanted(schedule)) if (hash !== "m30-0") stored.add(hash);
    }
    if (current) {
      const why = rules.stopWhy(schedule, current);
      if (why) { say(current.play, "missed", why); current = null; }
      else if (now >= current.ends) { say(current.play, "aired"); current = null; }
    }
    const found = rules.decide({ schedule, plays, stored, now, since: START, born, isBlocked: false });
    for (const { play, why } of found.missed) if (current?.play !== play.play) say(play.play, "missed", why);
    if (current || !found.next || found.next.wait) continue;
    if (found.next.quiet) plays[found.next.quiet.play] = { state: "quiet", until: found.next.until };
    else {
      const { play } = found.next;
      if (!cut && withdrawn.get(play.play) <= now) late.push(play.play);
      plays[play.play] = { state: "on" };
      current = { play: play.play, media: play.media, ends: now + 60000 };
    }
  }
  const named = new Set(told.map((one) => one.play));
  const all = sessions.flatMap((one) => one.plays).filter((one) => one.media).map((one) => one.play);
  return {
    plays: all.length, late, doubled: told.length - named.size,
    unnamed: all.filter((one) => !named.has(one) && !withdrawn.has(one)),
    slots: sessions.length, offs, cuts,
    aired: told.filter((one) => one.fact === "aired").length,
    missed: told.filter((one) => one.fact === "missed").length,
    whys: [...new Set(told.map((one) => one.why))],
  };
}
