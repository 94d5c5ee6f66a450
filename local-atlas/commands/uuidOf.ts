import { Binary } from "bson";

/** The 16 bytes of a collection's identity as BSON has them. */
export function uuidOf(bytes: Uint8Array): Binary {
  return new Binary(bytes, Binary.SUBTYPE_UUID);
}
