const OBJECT_ID = /^[0-9a-f]{24}$/;

/** True for a MongoDB ObjectId as the wire writes it: 24 lower-case hex digits. */
export function isObjectId(text: string): boolean {
  return OBJECT_ID.test(text);
}
