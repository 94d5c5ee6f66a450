import { colour, label, picture, round } from "./svg.ts";

/** A line: its points in rising order of x. */
interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  readonly isLogarithmic?: boolean;
}

const WIDTH = 760;
const HEIGHT = 360;
const LEFT = 64;
const RIGHT = 170;
const TOP = 48;
const BOTTOM = 48;
const TICKS = 5;

/** Draws lines over two axes. */
export function lineChart({ title, xLabel, yLabel, series, isLogarithmic = false }: LineChart): string {
  const points = series.flatMap((one) => one.points);
  const x = scale(
    points.map((point) => point[0]),
    [LEFT, WIDTH - RIGHT],
    isLogarithmic,
  );
  const y = scale(
    points.map((point) => point[1]),
    [HEIGHT - BOTTOM, TOP],
    isLogarithmic,
  );
  const parts = [
    ...x.ticks.map((tick) =>
      label(x.at(tick), HEIGHT - BOTTOM + 18, short(tick), 'font-size="11" text-anchor="middle"'),
    ),
    ...y.ticks.flatMap((tick) => [
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y.at(tick))}" y2="${round(y.at(tick))}" stroke="#dddddd"/>`,
      label(LEFT - 6, y.at(tick) + 4, short(tick), 'font-size="11" text-anchor="end"'),
    ]),
    label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, xLabel, 'font-size="12" text-anchor="middle"'),
    label(LEFT, TOP - 8, yLabel),
    ...series.flatMap((one, index) => [
      `<polyline fill="none" stroke="${colour(index)}" stroke-width="2" points="${pathOf(one, x.at, y.at)}"/>`,
      label(
        WIDTH - RIGHT + 12,
        TOP + 16 + index * 18,
        one.name,
        `font-size="12" style="fill:${colour(index)}"`,
      ),
    ]),
  ];
  return picture(WIDTH, HEIGHT, title, parts);
}

interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

function scale(
  values: readonly number[],
  [from, to]: readonly [number, number],
  isLogarithmic: boolean,
): Scale {
  const map = isLogarithmic ? (value: number) => Math.log10(Math.max(value, 0.1)) : (value: number) => value;
  const mapped = values.map(map);
  const low = isLogarithmic ? Math.floor(Math.min(...mapped)) : Math.min(0, ...mapped);
  const high = isLogarithmic ? Math.ceil(Math.max(...mapped)) : Math.max(...mapped, low + 1);
  const at = (value: number) => from + ((map(value) - low) / (high - low)) * (to - from);
  if (isLogarithmic)
    return { at, ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)) };
  const step = niceStep((high - low) / TICKS);
  return {
    at,
    ticks: Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => low + index * step),
  };
}

/** The next of 1, 2, 5, 10, 20, 50, … */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const nice = [1, 2, 5, 10].find((factor) => factor * power >= step) ?? 10;
  return nice * power;
}

function pathOf({ points }: Series, x: Scale["at"], y: Scale["at"]): string {
  return points.map((point) => `${round(x(point[0]))},${round(y(point[1]))}`).join(" ");
}

function short(value: number): string {
  return value >= 10_000 ? `${value / 1000}k` : String(Math.round(value * 100) / 100);
}
