/** Colours that can be told apart on white, also by the colour-blind. */
const COLOURS = ["#0b62a4", "#d1690c", "#2a8a57", "#8a4fa3", "#6b6b6b", "#b3261e"];

const FONT = 'font-family="system-ui, sans-serif"';

/** The colour of the nth series. */
export function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? "#000000";
}

/** A piece of text in a picture. */
export function label(x: number, y: number, text: string, more = 'font-size="12"'): string {
  return `<text x="${round(x)}" y="${round(y)}" ${FONT} fill="#222222" ${more}>${escapeXml(text)}</text>`;
}

/** A whole picture with its title, on white: it is seen on dark pages too. */
export function picture(width: number, height: number, title: string, parts: readonly string[]): string {
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    label(16, 24, title, 'font-size="15" font-weight="600"'),
    ...parts,
    "</svg>",
  ];
  return `${lines.join("\n")}\n`;
}

/** Coordinates with one decimal: more would only fill the file. */
export function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
