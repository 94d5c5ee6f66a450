const BULLET = /^(?:[-–—•·*▢☐□]|\[[ x]?\])\s+/i;

/** “1.”, “2)”, “Step 3:”, “Schritt 4”. */
const NUMBER = /^(?:(?:step|schritt)\s+\d{1,2}\s*(?:[.):-]\s*|$)|\d{1,2}[.)]\s+)/i;

/** A line without the mark with which it stands in a list. */
export function withoutMark(line: string): string {
  return line.replace(BULLET, "").replace(NUMBER, "").trim();
}

/** A line without its bullet: what is numbered here is counted. */
export function withoutBullet(line: string): string {
  return line.replace(BULLET, "").trim();
}

/** Whether a line has the number of a step. */
export function isNumbered(line: string): boolean {
  return NUMBER.test(line.replace(BULLET, ""));
}
