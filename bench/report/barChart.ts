import { colour, label, picture, round } from "./svg.ts";

/** Bars that belong together. */
interface BarGroup {
  readonly label: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
}

interface BarChart {
  readonly title: string;
  /** Written after each value. */
  readonly unit: string;
  readonly groups: readonly BarGroup[];
}

const WIDTH = 760;
const LEFT = 190;
const RIGHT = 110;
const BAR = 16;
const GAP = 4;
const GROUP_GAP = 26;
const TOP = 44;

/** Draws horizontal bars on a logarithmic scale: contenders may lie a thousand times apart. */
export function barChart({ title, unit, groups }: BarChart): string {
  const values = groups.flatMap(({ bars }) => bars.map(({ value }) => value)).filter((value) => value > 0);
  const low = Math.log10(Math.min(...values)) - 0.3;
  const span = Math.log10(Math.max(...values)) - low;
  const names = [...new Set(groups.flatMap(({ bars }) => bars.map(({ name }) => name)))];
  const parts: string[] = [];
  let y = TOP;
  for (const group of groups) {
    parts.push(label(16, y + 14, group.label, 'font-size="13" font-weight="600"'));
    y += GROUP_GAP - GAP;
    for (const { name, value } of group.bars) {
      const share = value > 0 ? (Math.log10(value) - low) / span : 0;
      const width = Math.max(1, share * (WIDTH - LEFT - RIGHT));
      parts.push(
        label(LEFT - 8, y + 12, name, 'font-size="12" text-anchor="end"'),
        `<rect x="${LEFT}" y="${y}" width="${round(width)}" height="${BAR}" fill="${colour(names.indexOf(name))}"/>`,
        label(LEFT + width + 6, y + 12, `${formatValue(value)} ${unit}`),
      );
      y += BAR + GAP;
    }
    y += GAP;
  }
  parts.push(label(16, y + 14, "The scale is logarithmic.", 'font-size="11"'));
  return picture(WIDTH, y + 26, title, parts);
}

function formatValue(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return value.toFixed(value >= 10 ? 1 : 2);
}
