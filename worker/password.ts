import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

import type { StoredPassword } from "../planner/storedDocuments.ts";

/** 16 MiB and a few hundred milliseconds for each guess: what an isolate can spare. */
const STRENGTH = { cost: 2 ** 14, blockSize: 8, parallelization: 5 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Checked in place of an account that is not there, so that the answer takes as long. Nothing hashes to it. */
const NOBODY: StoredPassword = {
  algorithm: "scrypt",
  ...STRENGTH,
  salt: Buffer.alloc(SALT_BYTES).toString("base64"),
  hash: Buffer.alloc(HASH_BYTES).toString("base64"),
};

/** Hashes a new password with a salt of its own. */
export async function hashPassword(password: string): Promise<StoredPassword> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, HASH_BYTES, STRENGTH);
  return { algorithm: "scrypt", ...STRENGTH, salt: salt.toString("base64"), hash: hash.toString("base64") };
}

/** Whether the password is the stored one. Without a stored one it takes the same time to say no. */
export async function isPassword(password: string, stored: StoredPassword | null): Promise<boolean> {
  const against = stored ?? NOBODY;
  const expected = Buffer.from(against.hash, "base64");
  const actual = await derive(password, Buffer.from(against.salt, "base64"), expected.length, against);
  return timingSafeEqual(actual, expected) && stored !== null;
}

function derive(
  password: string,
  salt: Buffer,
  length: number,
  strength: Pick<StoredPassword, "cost" | "blockSize" | "parallelization">,
): Promise<Buffer> {
  const { cost: N, blockSize: r, parallelization: p } = strength;
  return new Promise((resolve, reject) => {
    scrypt(password, salt, length, { N, r, p }, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}
