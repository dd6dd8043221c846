/* Recovery codes leave the page on paper or as a file; nothing of it goes through the network again. */

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

const download = document.querySelector("[data-download]");
if (download) {
  const codes = [...document.querySelectorAll(".codes code")].map((code) => code.textContent.trim());
  const owner = document.querySelector(".codes__for").textContent.trim();
  download.href = URL.createObjectURL(new Blob([`${owner}\n\n${codes.join("\n")}\n`], { type: "text/plain" }));
  download.download = download.dataset.download;
  download.hidden = false;
}
