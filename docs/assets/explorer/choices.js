// What was chosen, read from the address and written back to it. What is not known is named, never guessed.
export const FIRST = ["requests_new", "disposed", "granted", "refused", "grant_share"];
const ONE = ["region", "sector", "level"];
const MANY = 40; // agencies in an address

const short = (value) => value.slice(0, 40);
const listed = (value) => [...new Set((value ?? "").split(",").filter(Boolean))];

// `offers` says what there is: {region, sector, level, year, agency, indicator}, each a Set of codes.
export const read = (search, offers) => {
  const asked = new URLSearchParams(search);
  const unknown = [];
  const known = (kind, values, label = kind) => values.filter((value) => offers[kind].has(value) || !unknown.push(`${label}=${short(value)}`));
  const state = { agencies: known("agency", listed(asked.get("agency"))).slice(0, MANY), years: known("year", listed(asked.get("year"))) };
  for (const name of ONE) [state[name]] = [...known(name, listed(asked.get(name)).slice(0, 1)), ""];
  [state.like] = [...known("agency", listed(asked.get("like")).slice(0, 1), "like"), ""];
  const shown = new Set(known("indicator", listed(asked.get("show")), "show"));
  state.show = [...offers.indicator].filter((code) => shown.has(code)); // in the order of the form
  if (!state.show.length) state.show = [...FIRST];
  const [sort, way] = (asked.get("sort") ?? "").split(":");
  [state.sort] = [...(["agency", "year"].includes(sort) ? [sort] : known("indicator", listed(sort), "sort")), ""];
  if (offers.indicator.has(state.sort)) state.show = [...offers.indicator].filter((code) => code === state.sort || state.show.includes(code));
  state.down = way === "down";
  [state.figure] = [...known("indicator", listed(asked.get("figure")).slice(0, 1), "figure"), ""];
  return { state, unknown };
};

export const write = (state) => {
  const out = new URLSearchParams();
  if (state.agencies.length) out.set("agency", state.agencies.join(","));
  for (const name of ONE) if (state[name]) out.set(name, state[name]);
  if (state.years.length) out.set("year", state.years.join(","));
  if (state.show.join() !== FIRST.join()) out.set("show", state.show.join(","));
  if (state.sort) out.set("sort", `${state.sort}:${state.down ? "down" : "up"}`);
  if (state.like) out.set("like", state.like);
  if (state.figure) out.set("figure", state.figure);
  return out.size ? `?${out}` : "";
};
