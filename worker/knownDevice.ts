import { getCookie, setCookie } from "hono/cookie";
import * as z from "zod";

import type { AppRequest } from "./appContext.ts";
import { cookieOptions } from "./sessionCookie.ts";

const COOKIE = "device";
const YEAR_SECONDS = 365 * 86_400;

/** The id of the browser, when it has one. It is a secret between it and the accounts that it has signed in to. */
export function deviceOf(c: AppRequest): string | null {
  return z.uuid().safeParse(getCookie(c, COOKIE, cookieOptions(c).prefix)).data ?? null;
}

/** Gives the browser an id, or the one that it has for another year. Answers it. */
export function rememberDevice(c: AppRequest): string {
  const device = deviceOf(c) ?? crypto.randomUUID();
  const options = { httpOnly: true, sameSite: "Strict", maxAge: YEAR_SECONDS } as const;
  setCookie(c, COOKIE, device, { ...cookieOptions(c), ...options });
  return device;
}
