// What is seen, as a file: CSV that Excel opens right, JSON with its citation and definitions.
const guard = (value) => (/^[=@\t\r'+-]/.test(value) && !/^([+-]?\d+(\.\d+)?|[+-])$/.test(value) ? `'${value}` : value);
const quote = (value) => {
  const text = guard(String(value ?? ""));
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

// Each row is a list of [name, value], the same names in all.
export const csv = (rows) => {
  const lines = [...rows.slice(0, 1).map((row) => row.map(([name]) => name)), ...rows.map((row) => row.map(([, value]) => value))];
  return `\ufeff${lines.map((line) => line.map(quote).join(",")).join("\n")}\n`;
};

export const json = (rows, indicators, version) => JSON.stringify({
  citation: `OGI Reports, ${version}, CC BY 4.0, ${location.href}`,
  note: "Collected reports only: not a sample, not all there are. An aggregate holds the numbers of its parts.",
  indicators,
  reports: rows.map(Object.fromEntries),
}, null, 1);

export const save = (name, text) => {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([text]));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
