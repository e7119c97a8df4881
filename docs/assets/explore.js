// The explorer: choices in the form and in the address, the rows that fit, what is seen as CSV and JSON.
(async () => {
  "use strict";
  const form = document.getElementById("explorer");
  if (!form) return;
  const FIRST = ["requests_new", "disposed", "granted", "refused", "grant_share"];
  const LIMIT = 200;
  const data = await fetch(form.dataset.index).then((r) => r.json());
  const known = new Map(data.indicators.map((one, n) => [one.code, { ...one, n }]));
  const rows = data.rows.map(([report, agency, id, year, regions, path, sector, level, values]) =>
    ({ report, agency, id, year: String(year), regions, path, sector, level, values }));
  const box = document.getElementById("explorer-table");
  const said = document.getElementById("explorer-said");
  const collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { numeric: true });

  // ---- what the address asks for; what is not known is said, not guessed
  const asked = new URLSearchParams(location.search);
  const unknown = [];
  for (const name of ["region", "sector", "level", "year"]) {
    const value = asked.get(name);
    if (!value) continue;
    const field = form.elements[name];
    if ([...field.options].some((o) => o.value === value)) field.value = value;
    else unknown.push(`${name}=${value.slice(0, 40)}`);
  }
  const shown = (asked.get("show")?.split(",") ?? FIRST).filter((code) => known.has(code) || !unknown.push(code.slice(0, 40)));
  const boxes = [...form.querySelectorAll("[name=show]")];
  for (const one of boxes) one.checked = (shown.length ? shown : FIRST).includes(one.value);
  let [sort, down] = (asked.get("sort") ?? "").split(":");
  down = down === "down";
  if (sort && sort !== "agency" && sort !== "year" && !known.has(sort)) { unknown.push(sort.slice(0, 40)); sort = ""; }
  let like = rows.find((row) => row.id === asked.get("like"))?.id ?? "";
  if (asked.get("like") && !like) unknown.push(`like=${asked.get("like").slice(0, 40)}`);
  if (unknown.length) {
    said.textContent = `网址里有认不出的选择，没有采用：${unknown.join("、")}。 Not known, left out.`;
    said.hidden = false;
  }

  const number = (row, code) => row.values[known.get(code).n];
  const codes = () => boxes.filter((one) => one.checked).map((one) => one.value);

  const fitting = () => {
    const want = (name) => form.elements[name].value;
    let found = rows.filter((row) => (!want("region") || row.regions.includes(want("region")))
      && (!want("sector") || row.sector === want("sector")) && (!want("level") || row.level === want("level"))
      && (!want("year") || row.year === want("year")));
    if (like) {
      // Similar: same sector and level, then nearest in new requests.
      const self = rows.filter((row) => row.id === like).at(-1);
      const size = (row) => number(row, "requests_new") ?? -1;
      const far = (row) => (row.id === like ? -1 : Math.abs(size(row) - size(self)));
      found = found.filter((row) => row.sector === self.sector && row.level === self.level).sort((a, b) => far(a) - far(b));
    }
    if (sort) {
      const key = (row) => (sort === "agency" ? row.agency : sort === "year" ? Number(row.year) : number(row, sort));
      const sign = down ? -1 : 1;
      found = [...found].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        if (x === null || y === null) return (x === null) - (y === null);
        return sign * (typeof x === "string" ? collator.compare(x, y) : x - y);
      });
    }
    return found;
  };

  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const print = (value, code) => (value === null ? "—" : code.endsWith("_share") ? `${(value * 100).toFixed(1)}%` : value.toLocaleString("en-US"));

  const draw = () => {
    const found = fitting();
    const columns = codes();
    const table = make("table", undefined, { class: "compare" });
    const head = table.createTHead().insertRow();
    const column = (code, name, numeric) => {
      const th = make("th", name, { scope: "col", ...(numeric ? { class: "n" } : {}) });
      if (sort === code) th.setAttribute("aria-sort", down ? "descending" : "ascending");
      const button = make("button", undefined, { type: "button", class: "sort", "aria-label": `按${name}排序` });
      button.addEventListener("click", () => {
        [sort, down] = [code, sort === code ? !down : code !== "agency"];
        draw();
        box.querySelector("[aria-sort] .sort")?.focus();
      });
      th.append(button);
      head.append(th);
    };
    column("agency", "机关", false);
    column("year", "年度", true);
    head.append(make("th", "地区", { scope: "col" }));
    for (const code of columns) column(code, known.get(code).zh, true);
    const body = table.createTBody();
    for (const row of found.slice(0, LIMIT)) {
      const line = body.insertRow();
      if (row.id === like) line.className = "self";
      const th = make("th", undefined, { scope: "row" });
      th.append(make("a", row.agency, { href: `${form.dataset.root}reports/${row.report}/` }));
      line.append(th, make("td", row.year, { class: "n" }), make("td", row.path));
      for (const code of columns) line.append(make("td", print(number(row, code), code), { class: "n" }));
    }
    box.replaceChildren(table);
    const more = found.length > LIMIT ? `，显示前 ${LIMIT} 份，下载的是全部` : "";
    document.getElementById("explorer-count").textContent = `${found.length} 份报告${more}；是收集来的，不是抽样。`;
    const list = document.getElementById("explorer-definitions");
    list.replaceChildren(...columns.flatMap((code) => {
      const one = known.get(code);
      return [make("dt", `${one.zh} ${one.en}`), make("dd", one.definition)];
    }));
    for (const id of ["explorer-tools", "explorer-table", "explorer-definitions"]) document.getElementById(id).hidden = false;
    const state = new URLSearchParams();
    for (const name of ["region", "sector", "level", "year"]) if (form.elements[name].value) state.set(name, form.elements[name].value);
    if (columns.join() !== FIRST.join()) state.set("show", columns.join(","));
    if (sort) state.set("sort", `${sort}:${down ? "down" : "up"}`);
    if (like) state.set("like", like);
    history.replaceState(null, "", `${location.pathname}${state.size ? `?${state}` : ""}`);
  };

  // ---- what is seen, with its citation
  const save = (kind) => {
    const columns = codes();
    const found = fitting();
    const citation = `OGI Reports, ${data.version}, CC BY 4.0, ${location.href}`;
    let text;
    if (kind === "json") {
      const plain = found.map((row) => ({ report_id: row.report, agency_id: row.id, agency: row.agency, year: Number(row.year), region: row.path,
        ...Object.fromEntries(columns.map((code) => [code, number(row, code)])) }));
      text = JSON.stringify({ citation, indicators: columns.map((code) => data.indicators[known.get(code).n]), reports: plain }, null, 1);
    } else {
      const guard = (value) => (/^[=@\t\r'+-]/.test(value) && !/^[+-]?\d+(\.\d+)?$/.test(value) ? `'${value}` : value);
      const quote = (value) => { const v = guard(String(value ?? "")); return /[",\n\r]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v; };
      const lines = [["report_id", "agency_id", "agency", "year", "region", ...columns],
        ...found.map((row) => [row.report, row.id, row.agency, row.year, row.path, ...columns.map((code) => number(row, code))])];
      text = `\ufeff${lines.map((line) => line.map(quote).join(",")).join("\n")}\n`;
    }
    const link = make("a", undefined, { download: `ogi-compare.${kind}`, href: URL.createObjectURL(new Blob([text])) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  for (const button of document.querySelectorAll("[data-save]")) button.addEventListener("click", () => save(button.dataset.save));

  form.addEventListener("change", (event) => {
    if (event.target.tagName === "SELECT") like = "";
    draw();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  draw();
})();
