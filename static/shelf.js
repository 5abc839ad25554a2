// Favourites and what was read last. They live in this browser only; nobody else sees them.

const KEPT = "qc-favourites";
const RECENT = "qc-recent";
const MOST_RECENT = 12;

function load(name) {
  try {
    const found = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(found) ? found.filter((entry) => /^\d{4}-\d{4,6}$/.test(entry?.id)) : [];
  } catch {
    return [];
  }
}

function save(name, entries) {
  try {
    localStorage.setItem(name, JSON.stringify(entries));
  } catch {
    // Private windows may refuse; the page works without.
  }
}

// Stars on cards and cases.
for (const star of document.querySelectorAll("[data-star]")) {
  const { star: id, title } = star.dataset;
  const show = () => star.setAttribute("aria-pressed", load(KEPT).some((entry) => entry.id === id));
  show();
  star.addEventListener("click", () => {
    const kept = load(KEPT);
    const others = kept.filter((entry) => entry.id !== id);
    save(KEPT, others.length < kept.length ? others : [...kept, { id, title }]);
    show();
  });
}

// The case that is open now was read last.
const open = document.querySelector("[data-read]");
if (open) {
  const entry = { id: open.dataset.read, title: open.dataset.title };
  save(RECENT, [entry, ...load(RECENT).filter((other) => other.id !== entry.id)].slice(0, MOST_RECENT));
}

function row(entry, template) {
  const made = template.content.cloneNode(true);
  const link = made.querySelector("a");
  link.href = `/cases/${entry.id}`;
  link.textContent = entry.title;
  const remove = made.querySelector("button");
  remove?.addEventListener("click", () => {
    save(KEPT, load(KEPT).filter((other) => other.id !== entry.id));
    fill();
  });
  return made;
}

function fill() {
  for (const list of document.querySelectorAll("[data-entries]")) {
    const entries = load(list.dataset.entries === "recent" ? RECENT : KEPT);
    const template = document.getElementById(list.dataset.template);
    list.replaceChildren(...entries.slice(0, Number(list.dataset.most ?? 500)).map((entry) => row(entry, template)));
    const none = document.querySelector(`[data-none="${list.dataset.entries}"]`);
    if (none) none.hidden = entries.length > 0;
    list.closest("[data-whole]")?.toggleAttribute("hidden", !entries.length);
  }
  const ids = load(KEPT).map((entry) => `id=${entry.id}`);
  for (const link of document.querySelectorAll("[data-with-kept]")) {
    link.href = `${link.dataset.withKept}?${ids.slice(0, Number(link.dataset.most ?? 50)).join("&")}`;
    link.hidden = !ids.length;
  }
}
fill();

document.querySelector("[data-export]")?.addEventListener("click", (event) => {
  const text = JSON.stringify({ favourites: load(KEPT), recent: load(RECENT) }, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = event.target.dataset.export;
  link.click();
  URL.revokeObjectURL(link.href);
});

document.querySelector("[data-import]")?.addEventListener("change", async (event) => {
  try {
    const given = JSON.parse(await event.target.files[0].text());
    const kept = load(KEPT);
    const known = new Set(kept.map((entry) => entry.id));
    const more = given.favourites.filter((entry) => /^\d{4}-\d{4,6}$/.test(entry?.id) && !known.has(entry.id));
    save(KEPT, [...kept, ...more.map(({ id, title }) => ({ id, title: String(title) }))]);
  } catch {
    event.target.setAttribute("aria-invalid", "true");
  }
  fill();
});

// What was ticked in a checklist stays ticked, in this browser.
const TICKS = "qc-ticks";
function ticked() {
  try {
    return JSON.parse(localStorage.getItem(TICKS)) ?? {};
  } catch {
    return {};
  }
}
for (const list of document.querySelectorAll("[data-ticks]")) {
  const name = list.dataset.ticks;
  const boxes = [...list.querySelectorAll("input[type=checkbox]")];
  const said = (box) => box.closest("label").dataset.question;
  for (const box of boxes) box.checked = [].concat(ticked()[name] ?? []).includes(said(box));
  list.addEventListener("change", () => {
    save(TICKS, { ...ticked(), [name]: boxes.filter((box) => box.checked).map(said) });
  });
}
