// Agencies by name, other names, region, sector, year, initials; a wrong or missing character is forgiven, two in long names.
import { isHan, plain } from "./words.js";

const HAN = 2; // a subsequence or a near miss of fewer characters would fit everything

const LONG = 6; // of so many characters two may be wrong: 景德镇科计局 leaves one out and mistypes another

// The file of agencies/search.json, made ready to be asked.
export const read = (data) => data.agencies.map(([id, name, others, region, sector, years, letters]) => {
  const [regionCode, path, pathEn] = data.regions[region];
  const [sectorCode, zh, en] = data.sectors[sector];
  const names = [name, ...others];
  return {
    id, name, others, names, path, sector: zh, years, regionCode, sectorCode,
    letters: letters.split(" "),
    text: [...names, path, zh, years.join(" ")].join("\n").toLowerCase(),
    latin: ` ${plain(`${pathEn} ${en} ${id}`)} `,
  };
});

// Is every character of the word in the name, in order and near together? 卫健委 in 卫生健康委员会.
const abbreviates = (word, name) => {
  let at = name.indexOf(word[0]);
  const start = at;
  for (let n = 1; at >= 0 && n < word.length; n++) at = name.indexOf(word[n], at + 1);
  return at >= 0 && at - start <= 3 * word.length + 3;
};

const LEFT_OUT = 2; // of initials, so many may be left out: jdzkjj of 景德镇市科技局

// Is the word the letters, but for some that are left out behind the first?
const lacks = (word, letters) => word[0] === letters[0] && abbreviates(word, letters);

// The least number of edits that turn the word into some part of the name, as far as `most`; one more for all above it.
const edits = (word, name, most) => {
  let before = new Array(name.length + 1).fill(0);
  for (let i = 1; i <= word.length; i++) {
    const line = [i];
    let least = i;
    for (let j = 1; j <= name.length; j++) {
      line[j] = Math.min(before[j - 1] + (word[i - 1] === name[j - 1] ? 0 : 1), before[j] + 1, line[j - 1] + 1);
      least = Math.min(least, line[j]);
    }
    if (least > most) return most + 1;
    before = line;
  }
  return Math.min(most + 1, ...before);
};

const score = (agency, word) => {
  const { name, others, names } = agency;
  if (name === word || agency.id === word) return 100;
  if (others.includes(word)) return 95;
  if (names.some((n) => n.startsWith(word))) return 60;
  if (names.some((n) => n.includes(word))) return 50;
  if (agency.text.includes(word)) return 30;
  if (/^[a-z0-9]+$/.test(word)) {
    if (agency.letters.includes(word)) return 48;
    if (agency.letters.some((i) => i.startsWith(word))) return 40;
    if (agency.letters.some((i) => i.includes(word))) return 20;
    if (word.length > LEFT_OUT + 1 && agency.letters.some((i) => i.length <= word.length + LEFT_OUT && lacks(word, i))) return 18;
  }
  if (/^[a-z][a-z0-9-]+$/.test(word) && agency.latin.includes(word.length > 2 ? word : ` ${word} `)) return 25;
  if (word.length > HAN && isHan(word) && names.some((n) => abbreviates(word, n))) return 22;
  return 0;
};
const near = (agency, word) => {
  if (word.length < HAN || !isHan(word)) return 0;
  const most = word.length < LONG ? 1 : 2;
  const least = Math.min(...agency.names.map((n) => edits(word, n, most)));
  return least > most ? 0 : 12 - least;
};

// Agencies for a cleaned query, best first; `filters` are {year, region, sector}, each "" or a code.
export const find = (agencies, asked, filters = {}) => {
  const words = asked.terms.map((term) => plain(term.text.replaceAll(" ", "")));
  const within = agencies.filter((agency) => (!filters.region || agency.regionCode.startsWith(filters.region.slice(0, 2)))
    && (!filters.sector || agency.sectorCode === filters.sector) && (!filters.year || agency.years.includes(Number(filters.year)))
    && asked.years.every((year) => agency.years.includes(Number(year))));
  const rank = (how) => within.map((agency) => {
    let sum = 0;
    for (const word of words) {
      const points = how(agency, word);
      if (!points) return null;
      sum += points;
    }
    return { agency, sum };
  }).filter(Boolean);
  if (!words.length && !asked.years.length && !Object.values(filters).some(Boolean)) return [];
  let hits = rank(score);
  if (!hits.length) hits = rank((agency, word) => score(agency, word) || near(agency, word));
  const order = (a, b) => b.sum - a.sum || a.agency.name.length - b.agency.name.length || (a.agency.id < b.agency.id ? -1 : 1);
  return hits.sort(order).map((hit) => hit.agency);
};

// The page that an agency of the list leads to: its report of the year asked for, else its own.
export const target = (agency, asked, filters = {}) => {
  const year = filters.year || (asked.years.length === 1 ? asked.years[0] : "");
  return agency.years.includes(Number(year)) ? { url: `reports/${agency.id}-${year}/`, year } : { url: `agencies/${agency.id}/`, year: "" };
};
