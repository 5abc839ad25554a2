// Offers names and words of the library while one types. Never while an input method composes.

const WAIT = 120; // milliseconds without a key before asking

for (const form of document.querySelectorAll("form[data-complete]")) {
  const box = form.querySelector("input[type=search]");
  const kinds = JSON.parse(form.dataset.kinds);
  const list = document.createElement("ul");
  list.className = "offers";
  list.id = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.complete);
  list.hidden = true;
  form.append(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.autocomplete = "off";

  let active = -1;
  let timer;
  let asked = 0;

  const close = () => {
    list.hidden = true;
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const point = (place) => {
    const options = [...list.children];
    options[active]?.setAttribute("aria-selected", "false");
    active = (place + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", options[active].id);
  };

  const take = (option) => {
    const words = box.value.split(/\s+/);
    words[words.length - 1] = option.dataset.text;
    box.value = words.join(" ");
    close();
    form.requestSubmit();
  };

  const show = (names) => {
    list.replaceChildren(...names.map((name, place) => {
      const option = document.createElement("li");
      option.id = `offer-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = name.text;
      option.lang = "zh-CN";
      const kind = document.createElement("small");
      kind.textContent = kinds[name.kind];
      option.append(name.text, kind);
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(option);
      });
      return option;
    }));
    active = -1;
    list.hidden = !names.length;
    box.setAttribute("aria-expanded", String(Boolean(names.length)));
    box.removeAttribute("aria-activedescendant");
  };

  const ask = async () => {
    const typed = box.value.split(/\s+/).at(-1);
    const number = ++asked;
    if (!typed || typed.startsWith("-")) return close();
    const answer = await fetch(`/complete.json?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (answer?.ok && number === asked && document.activeElement === box) show((await answer.json()).names);
  };

  const soon = (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  };
  box.addEventListener("input", soon);
  box.addEventListener("compositionend", soon);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") point(active + 1);
    else if (event.key === "ArrowUp") point(active < 0 ? -1 : active - 1);
    else if (event.key === "Enter" && active >= 0) take(list.children[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
