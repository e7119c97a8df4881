// What a query asks for: years and terms, and what of it could not be used. Runs nothing, trusts nothing.
const LONGEST = 200;
const TERMS = 8;
const YEAR = /^((?:19|20)\d\d)年?$/;
// Separators that need no mention; every other sign is named as not used.
const QUIET = /[\s\p{P}]/u;

export const isHan = (text) => /\p{Script=Han}/u.test(text);

// As it is typed: Lüshunkou as lushunkou, Dong'e as donge.
export const plain = (text) => text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase();

// {terms: [{text, quoted}], years: ["2021"], unused: ["🙂"], cut: true if it was too long}
export const clean = (query) => {
  const cut = query.length > LONGEST;
  const text = [...query.slice(0, LONGEST)].map((c) => (/[“”„«»「」『』＂]/.test(c) ? '"' : c)).join("").normalize("NFKC")
    .replace(/(\p{Script=Latin})['’](?=\p{Script=Latin})/gu, "$1");
  const unused = new Set();
  const kept = [...text].map((c) => {
    if (/[\p{L}\p{N}"]/u.test(c)) return c;
    if (!QUIET.test(c)) unused.add(c);
    return " ";
  }).join("");
  const terms = [];
  const years = [];
  const put = (word, quoted) => {
    const year = !quoted && YEAR.exec(word);
    if (year) years.push(year[1]);
    else if (word) terms.push({ text: word.toLowerCase(), quoted });
  };
  kept.split('"').forEach((part, n, parts) => {
    const quoted = n % 2 === 1 && n < parts.length - 1;
    if (quoted) put(part.trim().replace(/\s+/g, " "), true);
    else for (const word of part.split(/\s+/)) put(word, false);
  });
  const shown = [...unused].map((c) => (/\p{C}/u.test(c) ? `U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` : c));
  if (terms.length > TERMS) shown.push(...terms.slice(TERMS).map((t) => t.text));
  return { terms: terms.slice(0, TERMS), years: [...new Set(years)], unused: shown.slice(0, 12), cut };
};

// What the page says of a query that could not be used whole; "" if it could.
export const complaint = (asked, english) => {
  const said = [];
  if (asked.cut) said.push(english ? `Only the first ${LONGEST} characters were used.` : `只用了前 ${LONGEST} 个字符。`);
  if (asked.unused.length) said.push((english ? "Not used: " : "没有用到：") + asked.unused.join(" "));
  return said.join(" ");
};
