// The rows that fit what was chosen, in order. A number that is missing comes last, whichever way.
export const collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { numeric: true });

// The file of compare/index.json, made ready to be asked.
export const read = (data) => data.rows.map(([report, agency, id, year, regions, path, sector, level, values, signs, scope, failed, doubts]) =>
  ({ report, agency, id, year: String(year), regions, path, sector, level, values, signs, scope, failed, doubts }));

// The file of compare/grounds.json: places and numbers of what is not zero, a lone null for a report without the table.
export const extend = (rows, data, many) => {
  const said = new Map(data.reports.map(([report, ...pairs]) => [report, pairs]));
  for (const row of rows) {
    const pairs = said.get(row.report) ?? [];
    const more = new Array(many).fill(pairs[0] === null ? null : 0);
    for (let n = 0; n + 1 < pairs.length; n += 2) more[pairs[n]] = pairs[n + 1];
    for (const n of data.doubted[row.report] ?? []) row.signs[row.values.length + n] = "doubted";
    row.values.push(...more);
  }
};

// An agency and those like it: same sector and level, then nearest in new requests (each agency's latest year).
const alike = (rows, like, place) => {
  const latest = new Map(rows.map((row) => [row.id, row])); // rows stand by id, then year
  const self = latest.get(like);
  const size = (id) => latest.get(id).values[place] ?? -1;
  const far = (row) => (row.id === like ? -1 : Math.abs(size(row.id) - size(like)));
  return (row) => (row.sector === self.sector && row.level === self.level ? far(row) : null);
};

export const fitting = (rows, state, places) => {
  const chosen = new Set(state.agencies);
  const distance = state.like ? alike(rows, state.like, places.get("requests_new")) : null;
  const found = rows.filter((row) => (!chosen.size || chosen.has(row.id)) && (!state.region || row.regions.includes(state.region))
    && (!state.sector || row.sector === state.sector) && (!state.level || row.level === state.level)
    && (!state.years.length || state.years.includes(row.year)) && (!distance || distance(row) !== null));
  if (!state.sort) return distance ? found.sort((a, b) => distance(a) - distance(b)) : found;
  const place = places.get(state.sort);
  const key = state.sort === "agency" ? null : state.sort === "year" ? (row) => Number(row.year) : (row) => row.values[place];
  const sign = state.down ? -1 : 1;
  if (!key) {
    const names = [...new Set(found.map((row) => row.agency))].sort(collator.compare); // each name is compared once
    const ranks = new Map(names.map((name, n) => [name, n]));
    return found.sort((a, b) => sign * (ranks.get(a.agency) - ranks.get(b.agency)));
  }
  return found.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return x === null || y === null ? (x === null) - (y === null) : sign * (x - y);
  });
};
