// The box at the head of every page: agencies at once, the reports' own words below them, all of it by keys.
import { clean, complaint } from "./words.js";
import * as agencies from "./agencies.js";
import * as texts from "./texts.js";

const AGENCIES = 6;
const TEXTS = 4;
const PAUSE = 150; // milliseconds without a key before the full text is asked

let sources = null;
// Agencies and full text; a fetch that failed is tried again. `early` is a fetch that was begun before.
export const load = (form, early) => (sources ??= (early ?? fetch(form.dataset.index)).then((answer) => {
  if (!answer.ok) throw new Error(`${answer.status} ${form.dataset.index}`);
  return answer.json();
}).then((data) => ({ agencies: agencies.read(data), count: data.texts, base: new URL(form.dataset.texts, location.href).pathname }))
  .catch((error) => { sources = null; throw error; }));

export const make = (tag, text, attributes = {}) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

export const sentence = (report) => {
  const box = make("span", "", { class: "sentence" });
  box.append(report.before, ...(report.hit ? [make("mark", report.hit)] : []), report.after);
  return box;
};

export const start = (form, early) => {
  const input = form.elements.q;
  const list = form.querySelector(".found");
  const status = form.querySelector("[role=status]");
  const english = document.documentElement.lang === "en";
  const say = (zh, en) => (english ? en : zh);
  const root = form.dataset.root;
  let turn = 0;
  let active = -1;

  const options = () => [...list.querySelectorAll("[role=option][data-href]")];
  const close = () => {
    turn++;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const choose = (to) => {
    const all = options();
    if (!all.length) return;
    active = (to + all.length) % all.length;
    all.forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
    all[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[active].id);
  };
  const option = (href, ...parts) => {
    const item = make("li", "", { role: "option", "aria-selected": "false", "data-href": href });
    item.append(...parts);
    return item;
  };
  const nothing = (text) => make("li", text, { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "nothing" });
  const show = (groups) => {
    const kept = active >= 0 ? options()[active]?.dataset.href : null;
    list.replaceChildren(...groups.filter(([, items]) => items.length).map(([name, items]) => {
      const group = make("ul", "", { role: "group", "aria-label": name });
      group.append(...items);
      const holder = make("li", "", { role: "none" });
      holder.append(group);
      return holder;
    }));
    options().forEach((item, n) => { item.id = `found-${n}`; });
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    active = -1;
    const again = kept ? options().findIndex((item) => item.dataset.href === kept) : -1;
    if (again >= 0) choose(again);
    else input.removeAttribute("aria-activedescendant");
  };

  const answer = async () => {
    const mine = ++turn;
    const query = input.value.trim();
    if (!query) return close();
    const asked = clean(query);
    let source;
    try {
      source = await load(form);
    } catch {
      if (mine === turn) show([[say("机关", "Agencies"), [nothing(say("索引未能载入，请重试。", "The index could not be fetched; try again."))]]]);
      return;
    }
    if (mine !== turn) return;
    const hits = agencies.find(source.agencies, asked);
    const found = hits.slice(0, AGENCIES).map((agency) => {
      const { url, year } = agencies.target(agency, asked);
      return option(root + url, make("b", agency.name + (year ? ` ${year}` : "")),
        make("span", [agency.path, agency.sector, agency.years.slice(0, 4).join(" ")].filter(Boolean).join(" · ")));
    });
    const note = complaint(asked, english);
    const name = say("机关", "Agencies");
    const none = nothing([say("没有收录这个名称的机关。", "No agency of that name was collected."), note].filter(Boolean).join(" "));
    const all = asked.terms.length ? [option(`${form.action}?q=${encodeURIComponent(query.slice(0, 500))}`,
      make("span", say(`查看全部结果，可按年度、地区、领域筛选`, "All results, to filter by year, region and sector")))] : [];
    const last = [say("更多", "More"), found.length ? all : []];
    show([[name, found.length ? found : [none]], last]);
    status.textContent = say(`找到 ${hits.length} 个机关`, `${hits.length} agencies`);
    if (!asked.terms.length || !source.count) return;
    const opening = texts.open(source.base, source.count);
    opening.catch(() => {}); // said where it is waited for
    await new Promise((done) => { setTimeout(done, PAUSE); });
    if (mine !== turn) return;
    let result;
    try {
      result = await texts.find(await opening, asked, {}, TEXTS);
    } catch {
      return; // the full text is an addition: without it the agencies still stand
    }
    if (mine !== turn || !result.total) return;
    const names = new Map(source.agencies.map((one) => [one.id, one.name]));
    const quoted = result.reports.map((report) => option(root + texts.address(report),
      make("b", `${names.get(report.agency) ?? report.agency} ${report.year}`), sentence(report)));
    show([[name, found.length ? found : [none]], [say(`报告正文（${result.total}）`, `In the reports (${result.total})`), quoted], [last[0], all]]);
    status.textContent = say(`找到 ${hits.length} 个机关，${result.total} 份报告的正文`, `${hits.length} agencies, ${result.total} reports`);
  };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  input.addEventListener("input", (event) => { if (!event.isComposing) answer(); });
  input.addEventListener("compositionend", answer);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) answer();
      else choose(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the browser would clear the box
      close();
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      location.href = options()[active].dataset.href;
    }
  });
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("[data-href]");
    event.preventDefault();
    if (item && event.button === 0) location.href = item.dataset.href;
  });
  input.addEventListener("blur", () => setTimeout(close, 100));
  load(form, early).catch(() => {});
  if (input.value) answer();
};
