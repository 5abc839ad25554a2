// Every page works without this; it only makes things quicker.

// An input method uses Enter to choose characters; that must not submit.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
}, true);

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
