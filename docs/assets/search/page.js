// The page of results: agencies, then the reports' own words, with filters; everything asked stands in the address.
import { clean, complaint } from "./words.js";
import * as agencies from "./agencies.js";
import * as texts from "./texts.js";
import { load, make, sentence } from "./box.js";

const STEP = 20;
const form = document.getElementById("search-form");
const english = document.documentElement.lang === "en";
const say = (zh, en) => (english ? en : zh);
const FILTERS = ["year", "region", "sector"];
const NAMES = { year: say("年度", "year"), region: say("地区", "region"), sector: say("领域", "sector") };
const status = document.getElementById("search-status");
const notes = document.getElementById("search-notes");
const lists = { agencies: document.getElementById("search-agencies"), texts: document.getElementById("search-texts") };
let turn = 0;

// The fields as the address asks; what is not on offer is named.
const fill = () => {
  const asked = new URLSearchParams(location.search);
  const unknown = [];
  form.elements.q.value = asked.get("q") ?? "";
  for (const name of FILTERS) {
    const value = asked.get(name) ?? "";
    const offered = [...form.elements[name].options].some((option) => option.value === value);
    form.elements[name].value = offered ? value : "";
    if (!offered) unknown.push(`${NAMES[name]} ${value.slice(0, 40)}`);
  }
  return unknown;
};

const section = (box, title, items, more) => {
  const list = make("ul", "", { class: "results" });
  list.append(...items);
  box.replaceChildren(make("h2", title), list);
  if (more) {
    const button = make("button", say("显示更多", "Show more"), { type: "button", class: "button quiet" });
    button.addEventListener("click", async () => {
      const added = await more();
      list.append(...added.items);
      added.items[0]?.querySelector("a")?.focus();
      if (!added.more) button.remove();
    });
    box.append(button);
  }
  box.hidden = false;
};

const run = async (unknown) => {
  const mine = ++turn;
  const query = form.elements.q.value.trim();
  const asked = clean(query);
  const filters = Object.fromEntries(FILTERS.map((name) => [name, form.elements[name].value]));
  const said = [complaint(asked, english)];
  if (unknown.length) said.push(say("有无法识别的筛选条件，未采用：", "Unknown filters left out: ") + unknown.join("、"));
  const any = FILTERS.some((name) => filters[name]);
  const shown = query.slice(0, 60);
  document.title = [shown, document.title.split(" · ").pop()].filter(Boolean).join(" · ");
  for (const box of Object.values(lists)) box.hidden = true;
  if (!asked.terms.length && !asked.years.length && query) said.push(say("此外没有可查的文字。", "Nothing of it can be searched for."));
  else if (!asked.terms.length && any) said.push(say("填写词句后才会查报告正文。", "Type some words to search the reports' own text."));
  notes.textContent = said.filter(Boolean).join(" ");
  notes.hidden = !notes.textContent;
  if (!asked.terms.length && !asked.years.length && !any) {
    status.textContent = "";
    return;
  }
  const source = await load(form);
  if (mine !== turn) return;
  const hits = agencies.find(source.agencies, asked, filters);
  const one = (agency) => {
    const { url, year } = agencies.target(agency, asked, filters);
    const item = make("li");
    item.append(make("a", agency.name + (year ? ` ${year}` : ""), { href: form.dataset.root + url }),
      make("span", [agency.path, agency.sector, agency.years.join(" ")].filter(Boolean).join(" · ")));
    return item;
  };
  let seen = STEP;
  const next = () => {
    const items = hits.slice(seen, seen + STEP).map(one);
    seen += STEP;
    return { items, more: seen < hits.length };
  };
  const none = make("li", say("没有收录这个名称的机关。", "No agency of that name was collected."), { class: "nothing" });
  section(lists.agencies, say(`机关（${hits.length}）`, `Agencies (${hits.length})`),
    hits.length ? hits.slice(0, STEP).map(one) : [none], hits.length > STEP ? next : null);
  status.textContent = say(`找到 ${hits.length} 个机关。`, `${hits.length} agencies found.`);
  if (!asked.terms.length || !source.count) return;
  status.textContent += say("正在查报告正文……", " Searching the reports…");
  const pagefind = await texts.open(source.base, source.count);
  const names = new Map(source.agencies.map((agency) => [agency.id, agency]));
  const quoted = (report) => {
    const agency = names.get(report.agency);
    const item = make("li");
    item.append(make("a", `${agency?.name ?? report.agency} ${report.year}`, { href: form.dataset.root + texts.address(report) }),
      make("span", [agency?.path, agency?.sector].filter(Boolean).join(" · ")), sentence(report));
    return item;
  };
  let limit = STEP;
  const result = await texts.find(pagefind, asked, filters, limit);
  if (mine !== turn) return;
  const further = async () => {
    limit += STEP;
    const again = await texts.find(pagefind, asked, filters, limit);
    return { items: again.reports.slice(limit - STEP).map(quoted), more: again.total > limit };
  };
  const missing = make("li", say("没有报告正文含有这些词句。", "No report says so."), { class: "nothing" });
  section(lists.texts, say(`报告正文（${result.total}）`, `In the reports (${result.total})`),
    result.total ? result.reports.map(quoted) : [missing], result.total > limit ? further : null);
  if (result.total && !result.exact) {
    lists.texts.querySelector("h2").after(make("p", say("没有逐字相同的，以下含有其中的词。", "None says it letter by letter; these hold its words."), { class: "basis" }));
  }
  status.textContent = say(`找到 ${hits.length} 个机关，${result.total} 份报告的正文。`, `${hits.length} agencies, ${result.total} reports.`);
};

const failed = () => { status.textContent = say("索引未能载入，请重试。", "The index could not be fetched; try again."); };
const go = () => {
  const state = new URLSearchParams();
  for (const name of ["q", ...FILTERS]) if (form.elements[name].value) state.set(name, form.elements[name].value.slice(0, 500));
  history.pushState(null, "", `${location.pathname}${state.size ? `?${state}` : ""}`);
  run([]).catch(failed);
};
form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
for (const name of FILTERS) form.elements[name].addEventListener("change", go);
addEventListener("popstate", () => run(fill()).catch(failed));
form.hidden = false;
run(fill()).catch(failed);
