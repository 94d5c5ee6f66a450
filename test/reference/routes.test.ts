import { Validator } from "@seriousme/openapi-schema-validator";
import * as z from "zod";
import { expect, test } from "vitest";

import { openApiDocument } from "../../reference/openApiDocument.ts";
import { defineStream } from "../../streams/declare/defineStream.ts";
import { anyone } from "../../streams/declare/readers.ts";
import { everything } from "../../streams/declare/topics.ts";
import { streams } from "../../streams/index.ts";
import { createApp } from "../../worker/app.ts";

const GENERIC = "/api/streams/:name/:key?";

/** The routes that the app has, as the reference writes them; those of streams, once for each stream. */
function routesOfApp(): readonly string[] {
  // The parts of the page are no API.
  const routes = createApp().routes.filter(
    ({ method, path }) => method !== "ALL" && !path.startsWith("/assets/"),
  );
  const names = routes.flatMap(({ method, path }) =>
    (path === GENERIC ? pathsOfStreams(method) : [path]).map((one) => `${method} ${one}`),
  );
  return [...new Set(names)].map((name) => name.replaceAll(/:(\w+)/g, "{$1}")).toSorted();
}

function pathsOfStreams(method: string): readonly string[] {
  return streams
    .filter(({ accepts }) => method !== "POST" || accepts !== null)
    .map(({ name, topic }) => {
      if (topic.by === "everything") return `/api/streams/${name}`;
      return `/api/streams/${name}/{${topic.by === "id" ? "_id" : topic.field}}`;
    });
}

function routesIn(reference: ReturnType<typeof openApiDocument>): readonly string[] {
  return Object.entries(reference.paths ?? {})
    .flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`))
    .toSorted();
}

test("every route of the API is in its reference, and nothing else", () => {
  expect(routesIn(openApiDocument(streams, "1.0.0"))).toEqual(routesOfApp());
});

test("the reference is an OpenAPI 3.1 document", async () => {
  const { valid, errors } = await new Validator().validate({ ...openApiDocument(streams, "1.0.0") });
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

test("a stream that somebody declares is in the reference, with what it asks for and takes", () => {
  const scores = defineStream({
    name: "scores",
    collection: "scores",
    topic: everything(),
    readers: [anyone()],
    variables: { game: z.string().max(20) },
    filter: ({ game }) => ({ game }),
    accepts: z.strictObject({ points: z.int().min(0).max(10) }),
  });
  const reference = openApiDocument([scores], "1.0.0");
  const place = reference.paths?.["/api/streams/scores"];
  expect(place?.get).toMatchObject({
    security: [],
    parameters: expect.arrayContaining([
      { in: "query", name: "game", required: true, schema: { type: "string", maxLength: 20 } },
    ]),
  });
  expect(place?.get?.responses?.["401"]).toBeUndefined();
  expect(JSON.stringify(place?.post?.requestBody)).toContain('"points"');
  expect(place?.post?.responses?.["429"]).toEqual({ $ref: "#/components/responses/too-many-attempts" });
});
