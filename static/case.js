// The case page: where am I, from hit to hit, figures large.

const links = new Map();
for (const link of document.querySelectorAll(".steps-nav li > a:first-child")) {
  links.set(link.hash.slice(1), link.parentElement);
}
const sections = [...document.querySelectorAll(".report > section")];

function showWhere() {
  let here = sections[0];
  for (const section of sections) if (section.getBoundingClientRect().top < 140) here = section;
  for (const item of links.values()) item.classList.remove("current");
  const name = here && (links.has(here.id) ? here.id : here.id.replace(/-\d+$/, ""));
  links.get(name)?.classList.add("current");
}
if (links.size) {
  addEventListener("scroll", showWhere, { passive: true });
  showWhere();
}

const keys = document.querySelector(".hit-keys");
if (keys) {
  const marks = [...document.querySelectorAll("main .report mark")];
  let place = -1;
  keys.hidden = !marks.length;
  const go = (by) => {
    marks[place]?.classList.remove("current");
    place = (place + by + marks.length) % marks.length;
    marks[place].classList.add("current");
    marks[place].scrollIntoView({ block: "center" });
  };
  keys.addEventListener("click", (event) => {
    if (event.target.dataset.hitStep) go(Number(event.target.dataset.hitStep));
  });
}

for (const link of document.querySelectorAll("a.enlarge")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const dialog = document.createElement("dialog");
    dialog.className = "large";
    const picture = link.querySelector("img").cloneNode();
    picture.removeAttribute("loading");
    const caption = document.createElement("p");
    caption.textContent = picture.alt;
    dialog.append(picture, caption);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  });
}
