import { contentHash } from "../../protocol/contentHash.ts";

const CLOTHS = ["#d9c3a5", "#a8b89a", "#c98f78", "#8fa3b5", "#b49bb0", "#dcc07a"];
const FOODS = ["#c4552d", "#d99a2b", "#6b8f47", "#8e4f63", "#b7793f", "#e0b64f"];

/** Where pieces lie on a plate, within 100 by 100. */
const PLACES = [
  [50, 32, 10],
  [34, 45, 9],
  [65, 43, 11],
  [43, 64, 11],
  [62, 63, 9],
  [50, 49, 8],
  [31, 59, 6],
] as const;

/** A dish as cut paper: the same title is the same plate everywhere. No picture is asked for anywhere. */
export function DishPlate({ title }: { readonly title: string }) {
  // The last digits differ most.
  const digits = [...contentHash(title)].toReversed().map((digit) => Number.parseInt(digit, 16));
  const pieces = PLACES.slice(0, title === "" ? 0 : 4 + ((digits[2] ?? 0) % 4));
  return (
    <svg class="plate" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <rect width="100" height="100" fill={pick(CLOTHS, digits[0])} class="plate-cloth" />
      <circle cx="52" cy="54" r="41" fill="#00000022" />
      <circle cx="50" cy="50" r="41" fill="#fdfaf3" />
      <circle cx="50" cy="50" r="30" fill="#efe6d6" />
      {pieces.map(([x, y, size], index) => (
        <circle key={index} cx={x} cy={y} r={size} fill={pick(FOODS, digits[index + 3])} />
      ))}
    </svg>
  );
}

function pick(colours: readonly string[], digit = 0): string {
  return colours[digit % colours.length] ?? "";
}
