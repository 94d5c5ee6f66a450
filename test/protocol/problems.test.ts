import { expect, test } from "vitest";

import { PROBLEMS } from "../../protocol/problem.ts";
import { problemResponse } from "../../protocol/problemResponse.ts";

/** As clients have them by heart: a status that changes here breaks those that are out there. */
const STATUSES = {
  400: ["invalid-body", "invalid-json", "invalid-query", "invalid-header", "invalid-id"],
  401: ["invalid-signature", "signed-out", "wrong-credentials", "wrong-code", "wrong-passkey", "wrong-token"],
  403: ["forbidden", "foreign-origin", "registration-closed", "revoked"],
  404: ["not-found"],
  405: ["method-not-allowed"],
  406: ["not-acceptable"],
  409: ["email-taken", "changed-meanwhile", "sole-owner", "conflict"],
  410: ["gone"],
  413: ["too-large"],
  415: ["unsupported-media-type"],
  422: ["limit-reached", "no-recipe-found"],
  429: ["too-many-streams", "too-many-attempts"],
  500: ["internal"],
  502: ["picture-unavailable", "page-unreachable"],
  503: ["hub-full", "hub-unavailable", "mail-unavailable", "database-unavailable"],
  507: ["topic-too-large"],
} as const;

test("each code of a refusal has the status that clients know it by, and there is no other code", () => {
  const pairs = Object.entries(STATUSES).flatMap(([status, codes]) =>
    codes.map((code) => [code, Number(status)] as const),
  );
  const actual = Object.entries(PROBLEMS).map(([code, { status }]) => [code, status] as const);
  expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(pairs));
});

test("a refusal is a problem document that no cache keeps", async () => {
  const response = problemResponse("gone", { detail: "Used", headers: { "retry-after": "5" } });
  expect(response.status).toBe(410);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "retry-after": "5",
  });
  expect(await response.json()).toMatchObject({ status: 410, code: "gone", detail: "Used" });
});
