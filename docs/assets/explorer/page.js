// The explorer: agencies, years and indicators by choice; a table, a figure, definitions; all of it in the address.
import { FIRST, read as readChoices, write } from "./choices.js";
import { extend, fitting, read } from "./rows.js";
import { draw as drawFigure } from "./figure.js";
import { csv, json, save } from "./save.js";
import { adding } from "./agencies.js";

const LIMIT = 100;
const form = document.getElementById("explorer");
const at = (id) => document.getElementById(`explorer-${id}`);
const english = document.documentElement.lang === "en";
const say = (zh, en) => (english ? en : zh);

const make = (tag, text, attributes = {}) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

const load = (address) => fetch(address).then((answer) => answer.json());
const data = await load(form.dataset.index);
const rows = read(data);
const columns = [...data.indicators, ...data.grounds];
const places = new Map(columns.map((one, n) => [one.code, n]));
const names = new Map(rows.map((row) => [row.id, row.agency]));
const value = (row, code) => row.values[places.get(code)];
const indicator = (code) => columns[places.get(code)];
const signs = (row, code) => (row.signs[places.get(code)] ?? "").split(" ").filter(Boolean);
const isGround = (code) => places.get(code) >= data.indicators.length;
const called = (code) => say(indicator(code).zh, indicator(code).en);
const place = (row) => say(row.path, (row.regions.length > 1 ? row.regions.slice(1) : row.regions).map((code) => data.regions_en[code]).join(", "));
const print = (number, code) => (number === null ? "—" : code.endsWith("_share") ? `${(number * 100).toFixed(1)}%` : number.toLocaleString(say("zh-CN", "en-GB")));

const options = (name) => new Set([...form.elements[name].options].map((option) => option.value).filter(Boolean));
const boxes = (name) => [...form.querySelectorAll(`[name=${name}]`)];
const offers = {
  region: options("region"), sector: options("sector"), level: options("level"), year: new Set(boxes("year").map((box) => box.value)),
  agency: new Set(names.keys()), indicator: new Set(places.keys()),
};
let { state, unknown } = readChoices(location.search, offers);

const showForm = () => {
  for (const name of ["region", "sector", "level"]) form.elements[name].value = state[name];
  for (const box of boxes("year")) box.checked = state.years.includes(box.value);
  for (const box of boxes("show")) box.checked = state.show.includes(box.value);
  if (state.show.some(isGround)) at("grounds").open = true;
  const said = state.like ? [[state.like, say(`与「${names.get(state.like)}」同类的`, `Like ${names.get(state.like)}`), () => { state.like = ""; }]]
    : state.agencies.map((id) => [id, names.get(id), () => { state.agencies = state.agencies.filter((one) => one !== id); }]);
  at("chosen").replaceChildren(...said.map(([, name, remove]) => {
    const item = make("li");
    const button = make("button", "×", { type: "button", "aria-label": say(`去掉${name}`, `Remove ${name}`) });
    button.addEventListener("click", () => { remove(); draw(); form.elements.agency.focus(); });
    item.append(name, button);
    if (state.agencies.length === 1) {
      const like = make("button", say("看同类机关", "See similar ones"), { type: "button", class: "like" });
      like.addEventListener("click", () => { [state.like, state.agencies] = [state.agencies[0], []]; draw(); form.elements.agency.focus(); });
      button.before(like);
    }
    return item;
  }));
  at("unknown").textContent = unknown.length ? say("网址中有无法识别的选项，未采用：", "Not known, left out: ") + unknown.join("、") : "";
  at("unknown").hidden = !unknown.length;
};

const head = (code, name, numeric) => {
  const th = make("th", name, { scope: "col", ...(numeric ? { class: "n" } : {}) });
  if (state.sort === code) th.setAttribute("aria-sort", state.down ? "descending" : "ascending");
  const button = make("button", undefined, { type: "button", class: "sort", "aria-label": say(`按${name}排序`, `Sort by ${name}`) });
  button.addEventListener("click", async () => {
    [state.sort, state.down] = [code, state.sort === code ? !state.down : code !== "agency"];
    await draw();
    at("table").querySelector("[aria-sort] .sort")?.focus();
  });
  th.append(button);
  return th;
};

// What a small letter behind a number or a name means, as in the legend below the table.
const SIGNS = { derived: "推", computed: "算", blank_as_zero: "空", doubted: "疑", aggregate: "汇" };
const sup = (sign) => make("sup", SIGNS[sign], { title: sign });

// A number leads to its proof on the page of its report.
const proved = (row, code) => {
  const cell = make("td", undefined, { class: "n" });
  const shown = print(value(row, code), code);
  cell.append(value(row, code) === null ? shown : make("a", shown, { href: `${form.dataset.root}reports/${row.report}/#${indicator(code).proof}` }), ...signs(row, code).map(sup));
  return cell;
};

const counted = (row, count, anchor) => {
  const cell = make("td", undefined, { class: "n" });
  cell.append(make("a", count, { href: `${form.dataset.root}reports/${row.report}/#${anchor}` }));
  return cell;
};

const table = (found) => {
  const out = make("table", undefined, { class: "compare" });
  out.createTHead().insertRow().append(head("agency", say("机关", "Agency"), false), head("year", say("年度", "Year"), true),
    make("th", say("地区", "Region"), { scope: "col" }), ...state.show.map((code) => head(code, called(code), true)),
    ...[say("核验未通过", "Failed checks"), say("疑点", "Doubts")].map((name) => make("th", name, { scope: "col", class: "n" })));
  const body = out.createTBody();
  for (const row of found.slice(0, LIMIT)) {
    const line = body.insertRow();
    if (row.id === state.like) line.className = "self";
    const th = make("th", undefined, { scope: "row" });
    th.append(make("a", row.agency, { href: `${form.dataset.root}reports/${row.report}/` }), ...(row.scope === "aggregate" ? [sup("aggregate")] : []));
    line.append(th, make("td", row.year, { class: "n" }), make("td", place(row)), ...state.show.map((code) => proved(row, code)),
      counted(row, row.failed, "checks"), counted(row, row.doubts, "issues"));
  }
  at("table").replaceChildren(out);
  const more = found.length > LIMIT ? say(`，显示前 ${LIMIT} 份，下载的是全部`, `; the first ${LIMIT} are shown, downloads hold all`) : "";
  at("count").textContent = say(`${found.length} 份报告${more}；是收集来的，不是抽样。`, `${found.length} collected reports, not a sample${more}.`);
};

const figure = (found) => {
  const code = state.figure && state.show.includes(state.figure) ? state.figure : places.has(state.sort) ? state.sort : state.show[0];
  const pick = at("figure").querySelector("select");
  pick.replaceChildren(...state.show.map((one) => make("option", called(one), { value: one })));
  pick.value = code;
  const told = (row) => signs(row, code).map((sign) => SIGNS[sign]).join(" ");
  const drawn = drawFigure(found, (row) => value(row, code), told, (number) => print(number, code), called(code), english, form.clientWidth);
  const keys = make("ul", undefined, { class: "series" });
  for (const [n, name] of (drawn?.keys ?? []).entries()) {
    const item = make("li");
    item.append(make("i", undefined, { class: `f${n}` }), name);
    keys.append(item);
  }
  const none = make("p", say("所选的报告没有这个数。", "The chosen reports give no such number."), { class: "none" });
  at("drawing").replaceChildren(...(drawn ? [keys, drawn.picture, make("p", drawn.note, { class: "small" })] : [none]));
};

// «(a + b) ÷ c; rounded …»: what stands after the sign is what a share is a share of.
const denominator = (text) => /(?:÷| \/ )\s*([^；;,。.]+)/.exec(text)?.[1].trim();
const definitions = () => at("definitions").replaceChildren(...state.show.flatMap((code) => {
  const one = indicator(code);
  const text = say(one.definition, one.definition_en);
  const of = denominator(text);
  const name = make("dt");
  name.append(make("a", `${one.zh} ${one.en}`, { href: form.dataset.root + one.page }));
  return [name, make("dd", `${text}${of ? say(`分母：${of}。`, ` Denominator: ${of}.`) : say("是件数，没有分母。", " A count: no denominator.")}`)];
}));

// A row as it is taken along: what is seen, and what is to be known of it. A ground has no basis: it is printed or null.
const basis = (row, code) => (value(row, code) === null ? "missing" : signs(row, code).find((sign) => sign !== "doubted") ?? "printed");
const members = (row) => [["report_id", row.report], ["agency_id", row.id], ["agency", row.agency], ["year", Number(row.year)], ["region", row.path],
  ["scope", row.scope], ...state.show.flatMap((code) => [[code, value(row, code)], ...(isGround(code) ? [] : [[`${code}_basis`, basis(row, code)]])]),
  ["failed_checks", row.failed], ["doubts", row.doubts],
  ["doubted", state.show.filter((code) => signs(row, code).includes("doubted")).join(" ") || null]];

// The numbers of the grounds come when one of them is first asked for.
let grounds;
const ready = () => (grounds ??= load(form.dataset.grounds).then((found) => extend(rows, found, data.grounds.length)));

const draw = async () => {
  if (state.show.some(isGround)) await ready();
  const found = fitting(rows, state, places);
  showForm();
  table(found);
  figure(found);
  definitions();
  for (const id of ["tools", "table", "legend", "figure", "defined"]) at(id).hidden = false;
  history.replaceState(null, "", location.pathname + write(state));
};

form.addEventListener("change", (event) => {
  const { name, value: now, checked } = event.target;
  if (["region", "sector", "level"].includes(name)) {
    state[name] = now;
    state.like = "";
  } else if (name === "year") state.years = boxes("year").filter((box) => box.checked).map((box) => box.value);
  else if (name === "show") {
    state.show = checked ? [...state.show, now].sort((a, b) => places.get(a) - places.get(b)) : state.show.filter((code) => code !== now);
    if (!state.show.length) state.show = [...FIRST];
  } else return;
  draw();
});
form.addEventListener("submit", (event) => event.preventDefault());
at("figure").querySelector("select").addEventListener("change", (event) => { state.figure = event.target.value; draw(); });
for (const button of document.querySelectorAll("[data-save]")) {
  button.addEventListener("click", () => {
    const found = fitting(rows, state, places).map(members);
    if (button.dataset.save === "json") save("ogi-compare.json", json(found, state.show.map(indicator), data.version));
    else save("ogi-compare.csv", csv(found));
  });
}
adding(form, names, (id) => {
  state.like = "";
  if (!state.agencies.includes(id)) state.agencies.push(id);
  draw();
});
form.hidden = false;
await draw();
