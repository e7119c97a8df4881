// The field that adds agencies to the table: the same search as in the head of the page, one at a time.
import { clean } from "../search/words.js";
import * as agencies from "../search/agencies.js";

const SHOWN = 8;

// `add(id)` is called with what was chosen; only agencies of `names` are offered.
export const adding = (form, names, add) => {
  const input = form.elements.agency;
  const list = document.getElementById("explorer-offers");
  const english = document.documentElement.lang === "en";
  let all = null;
  let active = -1;
  const load = () => (all ??= fetch(form.dataset.agencies).then((answer) => answer.json())
    .then((data) => agencies.read(data).filter((one) => names.has(one.id))));
  const options = () => [...list.querySelectorAll("[data-id]")];
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (id) => {
    input.value = "";
    close();
    add(id);
  };
  const show = async () => {
    const query = input.value.trim();
    if (!query) return close();
    const known = await load();
    if (query !== input.value.trim()) return;
    const hits = agencies.find(known, clean(query)).slice(0, SHOWN);
    const none = document.createElement("li");
    none.className = "nothing";
    none.setAttribute("role", "option");
    none.setAttribute("aria-disabled", "true");
    none.setAttribute("aria-selected", "false");
    none.textContent = english ? "No agency of that name was collected." : "没有收录这个名称的机关。";
    list.replaceChildren(...(hits.length ? hits.map((hit, n) => {
      const item = document.createElement("li");
      item.id = `offer-${n}`;
      item.dataset.id = hit.id;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = hit.name;
      return item;
    }) : [none]));
    active = -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  input.addEventListener("focus", load, { once: true });
  input.addEventListener("input", (event) => { if (!event.isComposing) show(); });
  input.addEventListener("compositionend", show);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const found = options();
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      found.forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
      input.setAttribute("aria-activedescendant", found[active].id);
    } else if (event.key === "Enter" && found.length) {
      event.preventDefault();
      take(found[Math.max(active, 0)].dataset.id);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest("[data-id]");
    if (item) take(item.dataset.id);
  });
  input.addEventListener("blur", () => setTimeout(close, 100));
};
