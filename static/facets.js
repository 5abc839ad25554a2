// What is typed below a long list of values finds them at once, without leaving the results.

const WAIT = 150; // milliseconds without a key before asking
const SHOWN = 30;

for (const form of document.querySelectorAll("form[data-values]")) {
  const box = form.querySelector("input[type=search]");
  const facet = form.closest(".facet");
  const lists = facet.querySelectorAll(":scope > ul, :scope > details");
  const found = document.createElement("ul");
  found.setAttribute("aria-live", "polite");
  found.hidden = true;
  form.after(found);
  let timer;
  let asked = 0;

  const look = async () => {
    const number = ++asked;
    const typed = box.value.trim();
    if (typed) {
      const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
      const answer = await fetch(address).catch(() => null);
      if (!answer?.ok || number !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      found.replaceChildren(...[...page.querySelectorAll("#values > li")].slice(0, SHOWN));
    }
    found.hidden = !typed;
    for (const list of lists) list.hidden = Boolean(typed);
  };

  const soon = (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(look, WAIT);
  };
  box.addEventListener("input", soon);
  box.addEventListener("compositionend", soon);
}
