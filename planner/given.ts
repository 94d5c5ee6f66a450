import type { WireDocument } from "../protocol/wireJson.ts";

/** The fields that somebody gave, without those that are `undefined`. */
export function given(fields: object): WireDocument {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
