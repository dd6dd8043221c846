/* What a browser says in its own language, said in the page's: many office computers came with English ones, which
   write "No file chosen" and put the month first. Without this the controls work as the browser shows them. */

const words = document.querySelector("script[data-choose]").dataset;
const inWords = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "long",
  day: "numeric",
  month: "numeric",
  year: "numeric",
  timeZone: "UTC",
});

function told(files) {
  if (!files.length) return words.none;
  return files.length === 1 ? files[0].name : `${files.length} ${words.files}`;
}

/* The input stays what one tabs to and what is read aloud; its face is only for the eye and the mouse. */
function faceFor(input) {
  const face = document.createElement("span");
  face.className = "file-face";
  face.setAttribute("aria-hidden", "true");
  const button = Object.assign(document.createElement("span"), { className: "act", textContent: words.choose });
  const name = Object.assign(document.createElement("span"), { className: "file-face__name" });
  face.append(button, name);
  const show = () => (name.textContent = told(input.files));
  face.addEventListener("click", () => input.click());
  face.addEventListener("dragover", (event) => event.preventDefault());
  face.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", show);
  addEventListener("pageshow", show);
  input.classList.add("file-input");
  input.after(face);
  show();
}

function wordsFor(input) {
  const shown = Object.assign(document.createElement("span"), { className: "hint date-words" });
  const show = () => (shown.textContent = input.valueAsDate ? inWords.format(input.valueAsDate) : "");
  input.addEventListener("input", show);
  input.addEventListener("change", show);
  addEventListener("pageshow", show);
  input.after(shown);
  show();
}

for (const input of document.querySelectorAll(".field:not(.pick) > input[type=file]")) faceFor(input);
for (const input of document.querySelectorAll(".field > input[type=date]")) wordsFor(input);
