// The reports' own words, by Pagefind: each term a phrase, filters as words of their own, the sentence that was meant.
import { isHan } from "./words.js";

const PIECES = 6; // words of a phrase that are looked for one by one
const LOOKED_AT = 24; // reports opened to find one that says it letter by letter
const MARKS = /\s*f[yrs][a-z]+(?:\s+f[yrs][a-z]+)*\s*$/; // the words that filter, at the end of every text
const letters = (code) => code.toLowerCase().replace(/[^a-z0-9]/g, "").replace(/\d/g, (d) => "abcdefghij"[d]);

const segments = (text) => [...new Intl.Segmenter("zh", { granularity: "word" }).segment(text)].map((s) => s.segment);

let opened = null;
// Opened once; an opening that failed is tried again.
export const open = (base, count) => (opened ??= (async () => {
  const pagefind = await import(`${base}1/pagefind.js`);
  await pagefind.options({ excerptLength: 1 });
  await pagefind.init();
  const others = Array.from({ length: count - 1 }, (_, n) => pagefind.mergeIndex(`${base}${n + 2}/`));
  await Promise.all(others);
  return pagefind;
})().catch((error) => { opened = null; throw error; }));

// A phrase cut through the middle of a word is in no index: then less of it, then its words.
const ways = (term) => {
  if (!isHan(term.text)) return [`"${term.text}"`, term.text];
  if (term.text.length < 2) return [term.text];
  const words = segments(term.text);
  const parts = [words, words.slice(0, -1), words.slice(1), words.slice(1, -1)].map((w) => w.join("")).filter((w) => w.length > 1);
  return [...new Set(parts.map((part) => `"${part}"`))];
};

// The index may cut a phrase into other words than the browser does: then reports that hold all of its known words.
const pieces = async (pagefind, term) => {
  const words = segments(term.text).filter((word) => word.length > 1).sort((a, b) => b.length - a.length).slice(0, PIECES);
  const found = await Promise.all(words.map((word) => pagefind.search(`"${word}"`)));
  const known = found.map(({ results }) => results).filter((results) => results.length).sort((a, b) => a.length - b.length);
  const others = known.slice(1).map((results) => new Set(results.map((r) => r.id)));
  const all = (known[0] ?? []).filter((r) => others.every((ids) => ids.has(r.id)));
  return all.length ? all : known[0] ?? [];
};

const ask = async (pagefind, term) => {
  for (const [n, way] of ways(term).entries()) {
    const { results } = await pagefind.search(way);
    if (results.length) return { results, exact: n === 0 };
  }
  return { results: isHan(term.text) ? await pieces(pagefind, term) : [], exact: false };
};

// {total, exact, reports: [{id, agency, year, before, hit, after}]}; no text, no answer, however many filters.
export const find = async (pagefind, asked, filters, limit) => {
  if (!asked.terms.length) return { total: 0, exact: true, reports: [] };
  const year = filters.year || (asked.years.length === 1 ? asked.years[0] : "");
  const words = [["fy", year], ["fr", (filters.region ?? "").slice(0, 2)], ["fs", filters.sector ?? ""]].filter(([, code]) => code);
  const answers = [];
  for (const term of asked.terms) {
    const answer = await ask(pagefind, term);
    if (!answer.results.length) return { total: 0, exact: true, reports: [] };
    answers.push(answer);
  }
  const among = [];
  for (const [kind, code] of words) {
    const { results } = await pagefind.search(`"${kind}${letters(code)}"`);
    among.push(new Set(results.map((r) => r.id)));
  }
  const rest = answers.slice(1).map((a) => new Map(a.results.map((r) => [r.id, r.score])));
  const found = answers[0].results.filter((r) => rest.every((m) => m.has(r.id)) && among.every((s) => s.has(r.id)))
    .map((result) => ({ result, score: rest.reduce((sum, m) => sum + m.get(result.id), result.score) }))
    .sort((a, b) => b.score - a.score || (a.result.id < b.result.id ? -1 : 1));
  const exact = answers.every((a) => a.exact);
  const loaded = await Promise.all(found.slice(0, exact ? limit : Math.max(limit, LOOKED_AT)).map(({ result }) => result.data()));
  let reports = loaded.map((data) => quote(data, asked.terms));
  const literal = reports.filter((report) => report.literal);
  if (!exact && literal.length) reports = literal;
  return { total: exact || !literal.length ? found.length : literal.length, exact: exact || literal.length > 0, reports: reports.slice(0, limit) };
};

// The sentence around the first term that stands in the text as it was typed.
const quote = (data, terms) => {
  const text = data.content.replace(MARKS, "").replace(/\u200b/g, "");
  const lower = text.toLowerCase();
  const places = terms.map((term) => [lower.indexOf(term.text), term.text.length]);
  const [at, length] = places.find(([place]) => place >= 0) ?? [-1, 0];
  const id = data.raw_url ?? data.url;
  const [, agency, year] = /([^/]+)-(\d{4})(?:-v\d+)?\/?$/.exec(id);
  const literal = places.every(([place]) => place >= 0);
  if (at < 0) return { agency, year, literal, before: "", hit: "", after: `${text.slice(0, 60)}…` };
  const ends = /[。！？；\n]/g;
  let start = 0;
  for (const end of lower.slice(0, at).matchAll(ends)) start = end.index + 1;
  start = Math.max(start, at - 40);
  const stop = lower.slice(at + length).search(ends);
  const last = Math.min(at + length + 60, stop < 0 ? text.length : at + length + stop + 1);
  return {
    agency, year, literal,
    before: (start && at - start === 40 ? "…" : "") + text.slice(start, at).trimStart(),
    hit: text.slice(at, at + length),
    after: text.slice(at + length, last) + (last === at + length + 60 ? "…" : ""),
  };
};

// Straight to the sentence, in browsers that can; the others open the report's prose.
export const address = (report) => `reports/${report.agency}-${report.year}/#prose${report.hit ? `:~:text=${encodeURIComponent(report.hit).replaceAll("-", "%2D")}` : ""}`;
