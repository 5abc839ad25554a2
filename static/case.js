// The case page: where am I, from hit to hit, the page of the original beside the text, pictures large.

const links = new Map();
for (const link of document.querySelectorAll(".steps-nav li > a:first-child")) {
  links.set(link.hash.slice(1), link.parentElement);
}
const sections = [...document.querySelectorAll(".report > section")];
const EDGE = 140; // pixels below the top of the window: what stands above it is being read

function showWhere() {
  let here = sections[0];
  for (const section of sections) if (section.getBoundingClientRect().top < EDGE) here = section;
  for (const item of links.values()) item.classList.remove("current");
  const name = here && (links.has(here.id) ? here.id : here.id.replace(/-\d+$/, ""));
  const item = links.get(name);
  item?.classList.add("current");
  const row = item?.parentElement; // on a phone the steps are one row, to be pushed sideways
  if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = item.offsetLeft - (row.clientWidth - item.offsetWidth) / 2;
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

// The pages of the original follow the text while they stand beside it.
const pane = document.querySelector(".pages");
if (pane) {
  const pictureOf = (link) => document.getElementById(link.hash.slice(1))?.closest("figure");
  const beside = () => getComputedStyle(pane).position === "sticky";
  const places = [...document.querySelectorAll(".report a.page, .report a.to-page")];
  let shown = null;
  const show = (picture) => {
    if (!picture || picture === shown) return;
    shown?.classList.remove("current");
    shown = picture;
    shown.classList.add("current");
    const first = !shown.previousElementSibling.matches("figure");
    if (beside()) pane.scrollTop = first ? 0 : shown.offsetTop - pane.querySelector("header").offsetHeight - 8;
  };
  const follow = () => {
    const above = places.filter((link) => link.getBoundingClientRect().top < EDGE);
    show(above.length ? pictureOf(above.at(-1)) : pane.querySelector("figure"));
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.page, a.to-page");
    const picture = link && pictureOf(link);
    if (!picture || !beside()) return;
    event.preventDefault();
    shown = null;
    show(picture);
  });
  addEventListener("scroll", follow, { passive: true });
  for (const picture of pane.querySelectorAll("img")) { // perhaps many were asked for at once
    picture.addEventListener("error", () => setTimeout(() => { picture.src = picture.src; }, 4000), { once: true });
  }
  const asked = document.getElementById(location.hash.slice(1))?.closest(".pages figure");
  if (asked && beside()) {
    places.find((link) => pictureOf(link) === asked)?.scrollIntoView();
    show(asked);
  }
  follow();
}

// Pictures open large; arrow keys lead to the next one of their kind.
const pictures = (inside) => [...document.querySelectorAll("a.enlarge")].filter((link) => !!link.closest(".pages") === inside);
for (const link of document.querySelectorAll("a.enlarge")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
}

function open(link) {
  const ofPages = !!link.closest(".pages");
  const all = pictures(ofPages);
  const dialog = document.getElementById("large").content.cloneNode(true).firstElementChild;
  dialog.classList.toggle("page-large", ofPages);
  const shown = dialog.querySelector("img");
  const buttons = [...dialog.querySelectorAll("[data-turn]")];
  let place = all.indexOf(link);
  const turn = (by) => {
    if (!all[place + by]) return;
    place += by;
    const picture = all[place].querySelector("img");
    for (const name of ["src", "alt", "width", "height"]) shown.setAttribute(name, picture.getAttribute(name) ?? "");
    dialog.setAttribute("aria-label", picture.alt);
    dialog.querySelector("span").textContent = all.length > 1 ? `${picture.alt}　${place + 1} / ${all.length}` : picture.alt;
    for (const button of buttons) button.disabled = !all[place + Number(button.dataset.turn)];
    dialog.scrollTop = 0;
  };
  for (const button of buttons) button.hidden = all.length < 2;
  dialog.addEventListener("click", (event) => {
    if (event.target.dataset.turn) turn(Number(event.target.dataset.turn));
    else if (event.target === dialog || "close" in event.target.dataset) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    all[place].focus();
  });
  dialog.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) {
      event.preventDefault();
      turn(by);
    }
  });
  turn(0);
  document.body.append(dialog);
  dialog.showModal();
}

// Pages of an original that are being prepared: the page comes anew when they are ready, at the place where one reads.
const waiting = document.querySelector("[data-waiting]");
if (waiting) {
  const ask = async () => {
    const answer = await fetch(waiting.dataset.waiting).catch(() => null);
    if (answer?.ok && !(await answer.json()).waiting) location.reload();
    else setTimeout(ask, 1500);
  };
  setTimeout(ask, 1000);
}
