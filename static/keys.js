// Keys for those who like them: / search, j k results, [ ] hits, 1 to 0 steps, c compare, ? help.

const typing = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

const hits = [...document.querySelectorAll("[data-hit]")];
let place = -1;

function choose(by) {
  if (!hits.length) return;
  hits[place]?.classList.remove("current");
  place = Math.min(Math.max(place + by, 0), hits.length - 1);
  hits[place].classList.add("current");
  hits[place].querySelector("h2 a").focus({ preventScroll: true });
  hits[place].scrollIntoView({ block: "nearest" });
}

const acts = {
  "/": () => document.querySelector("[data-key=search]")?.focus(),
  j: () => choose(1),
  k: () => choose(-1),
  "[": () => document.querySelector("[data-hit-step='-1']")?.click(),
  "]": () => document.querySelector("[data-hit-step='1']")?.click(),
  c: () => (hits[place] ?? document).querySelector("input[name=id], a[data-key=compare]")?.click(),
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(event.target)) event.target.blur();
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const act = acts[event.key] ?? (/^\d$/.test(event.key) ? () => document.querySelector(`[data-digit="${event.key}"]`)?.click() : null);
  if (!act) return;
  event.preventDefault();
  act();
});

for (const button of document.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
}
