/* A long file takes its time: say so while it does. */
for (const form of document.querySelectorAll("form[data-long]")) {
  form.addEventListener("submit", () => form.querySelector("[data-busy]").removeAttribute("hidden"));
  addEventListener("pageshow", () => form.querySelector("[data-busy]").setAttribute("hidden", ""));
}
