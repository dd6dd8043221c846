// Shows a question only to those it is for, and at the counter one question at a time. Without this script all questions
// stand on one page, each saying for whom it is; the server leaves out what was not to be asked.
const form = document.querySelector("[data-survey]");
const questions = [...form.querySelectorAll("[data-question]")];
const touched = form.querySelector("[name=touched]");
let first;

function chosen(id) {
  return [...form.querySelectorAll(`[name="${CSS.escape(id)}"]:checked`)].map((input) => input.value);
}

function isAsked(question) {
  const conditions = question.dataset.when ? question.dataset.when.split(";") : [];
  return conditions.every((condition) => {
    const [id, options] = condition.split("=");
    const earlier = form.querySelector(`[data-question="${CSS.escape(id)}"]`);
    return isAsked(earlier) && chosen(id).some((one) => options.split(",").includes(one));
  });
}

for (const line of form.querySelectorAll(".survey__if")) line.hidden = true;

addEventListener("pointerdown", () => (first ??= performance.now()), { passive: true });
addEventListener("keydown", () => (first ??= performance.now()), { passive: true });
form.addEventListener("submit", () => {
  if (first !== undefined) touched.value = ((performance.now() - first) / 1000).toFixed(1);
});

function showAll() {
  for (const question of questions) question.hidden = !isAsked(question);
}

function steps() {
  const buttons = Object.fromEntries(["back", "skip", "next", "send"].map((name) => [name, form.querySelector(`[data-${name}]`)]));
  const where = form.querySelector("[data-where]");
  const intro = document.querySelector("[data-intro]");
  let at = Math.max(0, questions.findIndex((one) => one.hasAttribute("data-wrong")));

  function asked() {
    return questions.filter(isAsked);
  }

  function isAnswered(question) {
    return [...question.querySelectorAll("input, textarea")].some((one) => (one.matches("[type=radio], [type=checkbox]") ? one.checked : one.value.trim()));
  }

  function show(focus) {
    const all = asked();
    const question = questions[at];
    questions.forEach((one) => (one.hidden = one !== question));
    const place = all.indexOf(question);
    const isLast = place === all.length - 1;
    const done = isAnswered(question);
    buttons.back.hidden = place === 0;
    buttons.skip.hidden = isLast || done || question.querySelector(".survey__needed") !== null;
    buttons.next.hidden = isLast || !done;
    buttons.send.hidden = !isLast;
    intro.hidden = place > 0;
    where.textContent = `${place + 1}/${all.length}`;
    if (focus) question.querySelector("input, textarea").focus();
  }

  function move(by) {
    const all = asked();
    const next = all[all.indexOf(questions[at]) + by];
    if (!next) return;
    at = questions.indexOf(next);
    show(true);
    scrollTo(0, 0);
  }

  buttons.back.addEventListener("click", () => move(-1));
  buttons.skip.addEventListener("click", () => move(1));
  buttons.next.addEventListener("click", () => move(1));
  form.addEventListener("input", () => show(false));
  // Enter in a field goes on and does not send half a slip.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input") && buttons.send.hidden) {
      event.preventDefault();
      if (!buttons.next.hidden) move(1);
    }
  });
  show(false);
}

if (form.dataset.survey === "steps") steps();
else {
  form.addEventListener("input", showAll);
  showAll();
}
