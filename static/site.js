// Every page works without this; it only makes things quicker.

// A facet with many values gets a box to narrow it by typing.
for (const list of document.querySelectorAll("[data-filterable]")) {
  if (list.children.length < 12) continue;
  const box = document.createElement("input");
  box.type = "search";
  box.setAttribute("aria-label", list.closest(".facet").querySelector("h2").textContent);
  box.addEventListener("input", () => {
    for (const row of list.children) row.hidden = !row.textContent.toLowerCase().includes(box.value.trim().toLowerCase());
  });
  list.before(box);
}

// An input method uses Enter to choose characters; that must not submit.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
}, true);
