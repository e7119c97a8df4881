// Light and dark, the search box, sorting. Everything else on the site works without a script.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.remove("no-js");

  // ---- light and dark
  const button = document.querySelector("button.theme");
  if (button) {
    const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
    const tell = () => button.setAttribute("aria-pressed", String(dark()));
    button.hidden = false;
    tell();
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      try { localStorage.setItem("ogi-theme", root.dataset.theme); } catch { /* private windows keep nothing */ }
      tell();
    });
  }

  // ---- agency search: [id, name, [other names], region path, sector, [years], initials]
  const form = document.querySelector("form.find");
  const input = document.getElementById("find");
  const list = document.getElementById("found");
  const count = document.getElementById("found-count");
  const english = root.lang === "en";
  let index = null;
  let active = -1;

  const load = () => (index ??= fetch(form.dataset.index).then((r) => r.json()).then((rows) => rows.map((row) => ({
    row,
    names: [row[1], ...row[2]],
    text: [row[1], ...row[2], row[3], row[4], row[5].join(" ")].join("\n").toLowerCase(),
    initials: row[6].split(" "),
  }))));

  // The least number of edits that turn the word into some part of the name: 0, 1, or 2 for more.
  const edits = (word, name) => {
    let before = new Array(name.length + 1).fill(0);
    for (let i = 1; i <= word.length; i++) {
      const line = [i];
      let least = i;
      for (let j = 1; j <= name.length; j++) {
        line[j] = Math.min(before[j - 1] + (word[i - 1] === name[j - 1] ? 0 : 1), before[j] + 1, line[j - 1] + 1);
        least = Math.min(least, line[j]);
      }
      if (least > 1) return 2;
      before = line;
    }
    return Math.min(2, ...before);
  };

  const score = (entry, word) => {
    const [id, name, others] = entry.row;
    if (name === word || others.includes(word) || id === word) return 100;
    if (entry.names.some((n) => n.startsWith(word))) return 60;
    if (entry.names.some((n) => n.includes(word))) return 50;
    if (entry.text.includes(word)) return 30;
    if (/^[a-z0-9]+$/.test(word)) {
      if (entry.initials.some((i) => i.startsWith(word))) return 40;
      if (entry.initials.some((i) => i.includes(word))) return 20;
    }
    return 0;
  };
  const near = (entry, word) => (word.length > 1 && entry.names.some((n) => edits(word, n) < 2) ? 10 : 0);

  const query = (entries, text) => {
    const words = text.toLowerCase().replace(/["“”‘’'，,。]/g, " ").split(/\s+/).filter(Boolean).slice(0, 6);
    const rank = (how) => entries.map((entry) => {
      let sum = 0;
      for (const word of words) {
        const points = how(entry, word);
        if (!points) return null;
        sum += points;
      }
      return { entry, sum };
    }).filter(Boolean);
    let hits = words.length ? rank(score) : [];
    if (!hits.length && words.length) hits = rank((e, w) => score(e, w) || near(e, w));
    hits.sort((a, b) => b.sum - a.sum || a.entry.row[1].length - b.entry.row[1].length || (a.entry.row[0] < b.entry.row[0] ? -1 : 1));
    return { hits: hits.map((h) => h.entry.row), years: words.filter((w) => /^(19|20)\d\d$/.test(w)) };
  };

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };

  const choose = (step) => {
    const options = [...list.querySelectorAll("[role=option]")];
    if (!options.length) return;
    options[active]?.setAttribute("aria-selected", "false");
    active = (active + step + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  };

  const show = async () => {
    const text = input.value.trim().slice(0, 64);
    if (!text) return close();
    const entries = await load();
    if (text !== input.value.trim().slice(0, 64)) return;
    const { hits, years } = query(entries, text);
    list.replaceChildren();
    active = -1;
    for (const [n, row] of hits.slice(0, 12).entries()) {
      const item = document.createElement("li");
      item.id = `found-${n}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const year = row[5].find((y) => years.includes(String(y)));
      item.dataset.href = form.dataset.root.replace(/\/?$/, "/") + (year ? `reports/${row[0]}-${year}/` : `agencies/${row[0]}/`);
      const name = document.createElement("b");
      name.textContent = row[1] + (year ? ` ${year}` : "");
      const rest = document.createElement("span");
      rest.textContent = [row[2][0], row[3], row[5].slice(0, 4).join(" ")].filter(Boolean).join(" · ");
      item.append(name, rest);
      list.append(item);
    }
    if (!hits.length) {
      const item = document.createElement("li");
      item.className = "nothing";
      item.setAttribute("role", "option");
      item.setAttribute("aria-disabled", "true");
      item.textContent = english ? "No agency of that name was collected." : "没有收录这个名称的机关。";
      list.append(item);
    }
    count.textContent = english ? `${hits.length} agencies` : `找到 ${hits.length} 个机关`;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };

  if (form && input && list) {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", "found");
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("focus", load, { once: true });
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        choose(event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault(); // the browser would clear the box
        close();
      }
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await show();
      const options = list.querySelectorAll("[role=option][data-href]");
      const target = options[Math.max(active, 0)];
      if (target) location.href = target.dataset.href;
    });
    list.addEventListener("mousedown", (event) => {
      const item = event.target.closest("[data-href]");
      if (item) { event.preventDefault(); location.href = item.dataset.href; }
    });
    input.addEventListener("blur", () => setTimeout(close, 100));
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        input.focus();
        input.select();
      }
    });
  }

  // ---- the proof of a number beside it; without a script its link leads to the same row further down
  let card = null;
  let from = null;
  const put = () => {
    card?.remove();
    card = null;
    from?.removeAttribute("aria-expanded");
    from?.focus({ preventScroll: true });
    from = null;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".official td a[href^='#c-']");
    const row = link && document.getElementById(link.hash.slice(1));
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    card?.remove();
    from?.removeAttribute("aria-expanded");
    from = link;
    from.setAttribute("aria-expanded", "true");
    history.replaceState(null, "", link.hash);
    const heads = [...row.closest("table").tHead.rows[0].cells];
    card = document.createElement("div");
    card.className = "card md-typeset";
    card.tabIndex = -1;
    const title = document.createElement("p");
    title.className = "card-title";
    title.id = "card-title";
    title.textContent = row.cells[0].textContent;
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-labelledby", "card-title");
    const facts = document.createElement("dl");
    for (const [n, cell] of [...row.cells].entries()) {
      if (!n) continue;
      const line = document.createElement("div");
      const name = document.createElement("dt");
      const value = document.createElement("dd");
      name.textContent = heads[n].textContent;
      value.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
      if (!cell.textContent) value.textContent = "（空）";
      line.append(name, value);
      facts.append(line);
    }
    const rest = document.createElement("p");
    for (const [text, hash] of [["在证据表中看", link.hash], ["原件", "#document"], ["报告错误", "#cite"]]) {
      const a = document.createElement("a");
      a.href = hash;
      a.textContent = text;
      a.addEventListener("click", () => { from = null; put(); });
      rest.append(a, " ");
    }
    const close = document.createElement("button");
    close.type = "button";
    close.className = "card-close";
    close.setAttribute("aria-label", "关闭");
    close.textContent = "×";
    close.addEventListener("click", put);
    card.append(close, title, facts, rest);
    document.body.append(card);
    card.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && card) put(); });

  // ---- sorting: numbers by their exact value, missing ones last either way
  const collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { numeric: true });
  const LIMIT = 200;
  for (const table of document.querySelectorAll("table.compare")) {
    const body = table.tBodies[0];
    const total = Number(table.dataset.total);
    let rows = null;
    const all = async () => {
      if (rows) return rows;
      if (total > body.rows.length) {
        const data = await fetch("index.json").then((r) => r.json());
        const box = document.createElement("template");
        box.innerHTML = `<table><tbody>${data.rows.join("")}</tbody></table>`;
        rows = [...box.content.querySelectorAll("tr")];
      } else {
        rows = [...body.rows];
      }
      return rows;
    };
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      const name = head.childNodes[0]?.textContent.trim() ?? "";
      button.setAttribute("aria-label", english ? `Sort by ${name}` : `按${name}排序`);
      head.append(button);
      button.addEventListener("click", async () => {
        const down = head.getAttribute("aria-sort") !== "descending";
        const numeric = head.classList.contains("n");
        const keyed = (await all()).map((row) => {
          const cell = row.cells[column];
          const text = cell.dataset.v ?? cell.textContent.trim();
          return { row, key: numeric ? (text === "" ? null : Number(text)) : text };
        });
        const sign = down ? -1 : 1;
        keyed.sort((a, b) => (a.key === null ? (b.key === null ? 0 : 1) : b.key === null ? -1
          : sign * (numeric ? a.key - b.key : collator.compare(a.key, b.key))));
        heads.forEach((h) => h.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        body.replaceChildren(...keyed.slice(0, LIMIT).map((k) => k.row));
      });
    });
  }
})();
