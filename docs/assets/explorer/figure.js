// A small drawing of one indicator: lines over the years where few agencies are seen, else bars of the first rows.
const SPACE = "http://www.w3.org/2000/svg";
const BARS = 15;
const LINES = 6;
const WIDE = 720; // as on a desk; a phone has less
const NARROW = 520; // below that a name stands above its bar

const svg = (tag, attributes, text) => {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
};

const sheet = (title, wide, height, shapes) => {
  const picture = svg("svg", { viewBox: `0 0 ${wide} ${height}`, role: "img", "aria-label": title });
  picture.append(svg("title", {}, title), ...shapes);
  return picture;
};

// {picture, keys: [names of the lines], note}; null where there is no number to draw. `sign` gives what is to be said of a row's
// number, as in the table below.
export const draw = (rows, value, sign, print, title, english, room) => {
  const wide = Math.min(room, WIDE);
  const numbered = rows.filter((row) => value(row) !== null);
  if (!numbered.length) return null;
  const agencies = [...new Set(numbered.map((row) => row.id))];
  const [first, last] = [Math.min, Math.max].map((edge) => edge(...numbered.map((row) => Number(row.year))));
  const years = Array.from({ length: last - first + 1 }, (_, n) => String(first + n)); // those without a number too: years are evenly apart
  const most = Math.max(...numbered.map(value)) || 1;
  return agencies.length <= LINES && numbered.length > agencies.length
    ? lines(numbered, agencies, years, most, value, sign, print, title, wide)
    : bars(numbered, most, value, sign, print, title, english, wide);
};

const bars = (rows, most, value, sign, print, title, english, wide) => {
  const shown = rows.slice(0, BARS);
  const narrow = wide < NARROW;
  const [left, tall] = narrow ? [0, 42] : [264, 24];
  const scale = (wide - left - 66) / most;
  const shapes = shown.flatMap((row, n) => {
    const width = Math.max(value(row) * scale, 0.5);
    const name = row.agency.length > 16 ? `${row.agency.slice(0, 15)}…` : row.agency;
    const [label, bar] = narrow ? [n * tall + 14, n * tall + 20] : [n * tall + 17, n * tall + 4];
    return [
      svg("text", narrow ? { x: 0, y: label } : { class: "axis", x: left - 6, y: label }, `${name} ${row.year}`),
      svg("rect", { class: "f0", x: left, y: bar, width: width.toFixed(1), height: 16 }),
      svg("text", { x: (left + 6 + width).toFixed(1), y: bar + 13 }, `${print(value(row))} ${sign(row)}`.trim()),
    ];
  });
  const more = rows.length - shown.length;
  const note = more > 0 ? (english ? `The first ${BARS} rows of the table.` : `表中前 ${BARS} 行。`) : "";
  return { picture: sheet(title, wide, shown.length * tall + 4, shapes), keys: [], note };
};

const lines = (rows, agencies, years, most, value, sign, print, title, wide) => {
  const [left, top, height] = [70, 24, 190];
  const x = (year) => left + (years.indexOf(year) * (wide - left - 40)) / (years.length - 1);
  const y = (number) => top + height - (number / most) * height;
  const shapes = [svg("line", { x1: left, x2: wide - 40, y1: top + height, y2: top + height })];
  for (const number of [0, most]) shapes.push(svg("text", { class: "axis", x: left - 8, y: y(number) + 4 }, print(number)));
  for (const year of years) shapes.push(svg("text", { class: "mid", x: x(year), y: top + height + 20 }, year));
  agencies.forEach((id, n) => {
    const own = rows.filter((row) => row.id === id).sort((a, b) => a.year - b.year);
    const points = own.map((row) => `${x(row.year).toFixed(1)},${y(value(row)).toFixed(1)}`);
    const runs = [];
    for (const [m, point] of points.entries()) { // a line never runs over a year without a number
      if (m && own[m].year - own[m - 1].year === 1) runs.at(-1).push(point);
      else runs.push([point]);
    }
    for (const run of runs) shapes.push(svg("polyline", { class: `l${n}`, points: run.join(" ") }));
    for (const [m, row] of own.entries()) {
      const [cx, cy] = points[m].split(",");
      const dot = svg("circle", { class: `f${n}`, cx, cy, r: 4 });
      dot.append(svg("title", {}, `${row.agency} ${row.year}: ${print(value(row))} ${sign(row)}`.trim()));
      shapes.push(dot);
      if (sign(row)) shapes.push(svg("text", { class: "mid", x: cx, y: Number(cy) - 8 }, sign(row)));
    }
  });
  return { picture: sheet(title, wide, top + height + 30, shapes), keys: agencies.map((id) => rows.find((row) => row.id === id).agency), note: "" };
};
