// What is seen, as a file: CSV that Excel opens right, JSON with its citation and definitions.
const guard = (value) => (/^[=@\t\r'+-]/.test(value) && !/^([+-]?\d+(\.\d+)?|[+-])$/.test(value) ? `'${value}` : value);
const quote = (value) => {
  const text = guard(String(value ?? ""));
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csv = (rows, indicators, value) => {
  const codes = indicators.map((one) => one.code);
  const lines = [["report_id", "agency_id", "agency", "year", "region", ...codes],
    ...rows.map((row) => [row.report, row.id, row.agency, row.year, row.path, ...codes.map((code) => value(row, code))])];
  return `\ufeff${lines.map((line) => line.map(quote).join(",")).join("\n")}\n`;
};

export const json = (rows, indicators, value, version) => JSON.stringify({
  citation: `OGI Reports, ${version}, CC BY 4.0, ${location.href}`,
  note: "Collected reports only: not a sample, not all there are. An aggregate holds the numbers of its parts.",
  indicators,
  reports: rows.map((row) => ({ report_id: row.report, agency_id: row.id, agency: row.agency, year: Number(row.year), region: row.path,
    ...Object.fromEntries(indicators.map((one) => [one.code, value(row, one.code)])) })),
}, null, 1);

export const save = (name, text) => {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([text]));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
