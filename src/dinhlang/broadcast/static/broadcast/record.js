/* Records a bulletin: the script scrolls, the level is shown, the take is listened to, trimmed and sent with what is kept of it.
   The take stays in the page until the server has it. Cutting and evening are the server's work. */

const form = document.getElementById("thu-am");
const at = (id) => document.getElementById(id);
const LONGEST = 30 * 60;
const QUIET = 24;
const LOUD = 54;
const RATE = 16000;
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

let recorder = null;
let stream = null;
let meter = null;
let parts = [];
let take = null;
let buffer = null;
let player = null;
let began = 0;
let before = 0;
let sent = false;

const say = (words) => {
  at("bao").textContent = words;
};
const show = (...ids) => {
  for (const id of ["bat-dau", "tam-dung", "tiep", "dung"]) at(id).hidden = !ids.includes(id);
};
const clock = (seconds) => {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};
const fine = (seconds) => `${clock(seconds)},${Math.floor((seconds * 10) % 10)}`;
const recorded = () => before + (recorder?.state === "recording" ? (performance.now() - began) / 1000 : 0);

function prompt() {
  // The whole script passes in the time that reading it takes.
  const place = at("loi-cuon");
  const whole = place.scrollHeight - place.clientHeight;
  if (!at("tu-cuon").checked || whole <= 0 || recorder?.state !== "recording") return;
  const seconds = Math.max(5, Number(form.dataset.seconds) || 60);
  place.scrollTop = Math.min(whole, (whole * recorded() * (Number(at("toc-do").value) / 100)) / seconds);
}

function look() {
  if (!meter) return;
  meter.analyser.getFloatTimeDomainData(meter.samples);
  let sum = 0;
  for (const one of meter.samples) sum += one * one;
  const level = Math.max(0, Math.min(60, 60 + 10 * Math.log10(sum / meter.samples.length + 1e-9) + 6));
  at("muc").value = level;
  const words = level < QUIET ? form.dataset.quiet : level > LOUD ? form.dataset.loud : form.dataset.good;
  // Pauses between words are quiet: the word changes when it held for a second.
  if (words !== meter.words) [meter.words, meter.since] = [words, performance.now()];
  else if (performance.now() - meter.since > 1000) at("muc-chu").textContent = words;
  at("dong-ho").textContent = clock(recorded());
  prompt();
  if (recorded() >= LONGEST) stop(form.dataset.full);
  meter.next = requestAnimationFrame(look);
}

async function start() {
  stopPlaying();
  say(form.dataset.asking);
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: false },
    });
  } catch (reason) {
    say(reason.name === "NotFoundError" ? form.dataset.missing : form.dataset.denied);
    return;
  }
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  context.createMediaStreamSource(stream).connect(analyser);
  meter = { context, analyser, samples: new Float32Array(analyser.fftSize), words: "", since: 0, next: 0 };
  const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
  recorder = new MediaRecorder(stream, { ...(kind && { mimeType: kind }), audioBitsPerSecond: 96000 });
  [parts, before, take, buffer] = [[], 0, null, null];
  recorder.ondataavailable = (event) => event.data.size && parts.push(event.data);
  recorder.onstop = finish;
  recorder.onerror = () => stop(form.dataset.broken);
  stream.getAudioTracks()[0].onended = () => stop(form.dataset.broken);
  // A part every second: what was recorded is there whatever happens to the microphone.
  recorder.start(1000);
  began = performance.now();
  at("nghe-lai").hidden = true;
  at("loi-cuon").scrollTop = 0;
  say(form.dataset.recording);
  show("tam-dung", "dung");
  at("dung").focus({ preventScroll: true });
  // On a phone too the buttons and the script are seen together.
  at("micro").scrollIntoView({ block: "start" });
  look();
}

function pause() {
  before = recorded();
  recorder.pause();
  say(form.dataset.paused);
  show("tiep", "dung");
  at("tiep").focus({ preventScroll: true });
}

function goOn() {
  recorder.resume();
  began = performance.now();
  say(form.dataset.recording);
  show("tam-dung", "dung");
  at("tam-dung").focus({ preventScroll: true });
}

let ending = "";
function stop(words) {
  if (!recorder || recorder.state === "inactive") return;
  before = recorded();
  ending = words || form.dataset.recorded;
  recorder.stop();
}

async function finish() {
  cancelAnimationFrame(meter.next);
  await meter.context.close();
  meter = null;
  for (const track of stream.getTracks()) track.stop();
  at("muc").value = 0;
  at("muc-chu").textContent = "";
  show("bat-dau");
  take = new Blob(parts, { type: recorder.mimeType });
  try {
    // One channel at a low rate: half an hour stays in the memory of a small PC.
    buffer = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await take.arrayBuffer());
  } catch {
    buffer = null;
  }
  if (!buffer?.length) {
    [take, buffer] = [null, null];
    say(form.dataset.empty);
    at("bat-dau").focus();
    return;
  }
  for (const id of ["dau", "cuoi"]) at(id).max = String(Math.ceil(buffer.duration * 10) / 10);
  at("dau").value = "0";
  at("cuoi").value = at("cuoi").max;
  at("nghe-lai").hidden = false;
  trim();
  say(ending);
  at("nghe").focus();
}

function kept() {
  return [Number(at("dau").value), Math.min(Number(at("cuoi").value), buffer.duration)];
}

function trim(event) {
  // At least half a second is kept: the other end gives way.
  const most = Number(at("cuoi").max);
  if (Number(at("cuoi").value) - Number(at("dau").value) < 0.5) {
    if (event?.target.id === "cuoi") at("dau").value = String(Math.max(0, Number(at("cuoi").value) - 0.5));
    else at("cuoi").value = String(Math.min(most, Number(at("dau").value) + 0.5));
  }
  const [first, last] = kept();
  at("dau-chu").textContent = fine(first);
  at("cuoi-chu").textContent = fine(last);
  at("dau").setAttribute("aria-valuetext", fine(first));
  at("cuoi").setAttribute("aria-valuetext", fine(last));
  draw(first, last);
}

function draw(first, last) {
  const canvas = at("song");
  const paint = canvas.getContext("2d");
  const samples = buffer.getChannelData(0);
  const step = Math.max(1, Math.floor(samples.length / canvas.width));
  paint.clearRect(0, 0, canvas.width, canvas.height);
  paint.fillStyle = getComputedStyle(canvas).color;
  for (let column = 0; column < canvas.width; column += 1) {
    let peak = 0;
    // Some samples of a column tell its height; all of half an hour would be felt at every step of the slider.
    for (let one = column * step; one < Math.min(samples.length, (column + 1) * step); one += Math.ceil(step / 40)) {
      peak = Math.max(peak, Math.abs(samples[one]));
    }
    const second = (column / canvas.width) * buffer.duration;
    paint.globalAlpha = second < first || second > last ? 0.25 : 1;
    const height = Math.max(1, peak * canvas.height);
    paint.fillRect(column, (canvas.height - height) / 2, 1, height);
  }
}

function play() {
  stopPlaying();
  const [first, last] = kept();
  const context = new AudioContext();
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.onended = stopPlaying;
  source.start(0, first, last - first);
  player = { context, source };
  at("nghe").hidden = true;
  at("thoi-nghe").hidden = false;
  at("thoi-nghe").focus();
}

function stopPlaying() {
  if (!player) return;
  const { context, source } = player;
  player = null;
  source.onended = null;
  context.close();
  at("nghe").hidden = false;
  at("thoi-nghe").hidden = true;
  at("nghe").focus();
}

async function save() {
  stopPlaying();
  const [first, last] = kept();
  const given = new FormData(form);
  given.set("starts", first.toFixed(3));
  // Nothing is cut at an end that was left where it was.
  given.set("ends", last >= buffer.duration - 0.05 ? "" : last.toFixed(3));
  given.set("recording", take, "thu-am");
  at("luu").disabled = true;
  say(form.dataset.sending);
  try {
    const answer = await fetch(form.action, { method: "POST", body: given, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (answer.ok && told.to) {
      sent = true;
      location.assign(told.to);
      return;
    }
    say(told.message || form.dataset.unsent);
  } catch {
    say(form.dataset.unsent);
  }
  at("luu").disabled = false;
}

for (const one of form.querySelectorAll("[data-live]")) one.hidden = false;
if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) {
  say(form.dataset.unsafe);
  show();
} else {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) at("tu-cuon").checked = false;
  at("bat-dau").addEventListener("click", start);
  at("tam-dung").addEventListener("click", pause);
  at("tiep").addEventListener("click", goOn);
  at("dung").addEventListener("click", () => stop());
  at("nghe").addEventListener("click", play);
  at("thoi-nghe").addEventListener("click", stopPlaying);
  at("luu").addEventListener("click", save);
  for (const id of ["dau", "cuoi"]) at(id).addEventListener("input", trim);
  addEventListener("beforeunload", (event) => {
    if ((take || recorder?.state === "recording") && !sent) event.preventDefault();
  });
}
