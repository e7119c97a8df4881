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

  // ---- the search box: its script, index and full text are fetched when someone turns to it
  const english = root.lang === "en";
  const here = document.currentScript.src;
  const form = document.querySelector("form.find");
  if (form) {
    const input = form.elements.q;
    const start = () => {
      const index = fetch(form.dataset.index); // beside its scripts, not after them
      index.catch(() => {}); // asked for again where it is needed
      for (const name of ["words", "agencies", "texts"]) import(new URL(`search/${name}.js`, here));
      import(new URL("search/box.js", here)).then((box) => box.start(form, index));
    };
    input.addEventListener("focus", start, { once: true });
    if (document.activeElement === input) start();
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
      const wrong = hash === "#cite" && document.getElementById("report-wrong");
      if (wrong) { // the form comes filled in: where, which cell, what stands here, what was read there
        const form = new URL(wrong.href);
        form.searchParams.set("permalink", form.searchParams.get("permalink") + link.hash);
        form.searchParams.set("cell", title.textContent);
        form.searchParams.set("here", row.cells[1].textContent);
        form.searchParams.set("evidence", `${heads[2].textContent}: ${row.cells[2].textContent}\n${row.cells[4].firstChild?.textContent ?? ""}`);
        a.href = form.href;
      } else a.addEventListener("click", () => { from = null; put(); });
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
  for (const table of document.querySelectorAll("table.compare")) {
    const body = table.tBodies[0];
    const whole = Number(table.dataset.total) === body.rows.length; // else the page that compares sorts all of them
    if (body.rows.length < 2) continue;
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    heads.forEach((head, column) => {
      if (!whole && !head.dataset.all) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      const name = head.childNodes[0]?.textContent.trim() ?? "";
      button.setAttribute("aria-label", english ? `Sort by ${name}` : `按${name}排序`);
      head.querySelector(".en") ? head.querySelector(".en").before(button) : head.append(button);
      button.addEventListener("click", () => {
        if (!whole) { location.href = head.dataset.all; return; }
        const down = head.getAttribute("aria-sort") !== "descending";
        const numeric = head.classList.contains("n");
        const keyed = [...body.rows].map((row) => {
          const cell = row.cells[column];
          const text = cell.dataset.v ?? cell.textContent.trim();
          return { row, key: numeric ? (text === "" ? null : Number(text)) : text };
        });
        const sign = down ? -1 : 1;
        keyed.sort((a, b) => (a.key === null ? (b.key === null ? 0 : 1) : b.key === null ? -1
          : sign * (numeric ? a.key - b.key : collator.compare(a.key, b.key))));
        heads.forEach((h) => h.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        body.replaceChildren(...keyed.map((k) => k.row));
      });
    });
  }
})();
