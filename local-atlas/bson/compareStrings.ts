/** How strings are ordered and told apart: by their bytes, or by a collation. */
export type StringOrder = (left: string, right: string) => number;

const FIRST_SURROGATE = 0xd8_00;

/** The order of the bytes of UTF-8, which is that of code points and not that of JavaScript's strings. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return place(a) - place(b);
  }
  return left.length - right.length;
}

/** Halves of a pair stand for code points above all others. */
function place(unit: number): number {
  if (unit < FIRST_SURROGATE) return unit;
  return unit < 0xe0_00 ? unit + 0x20_00 : unit - 0x8_00;
}
