import type { Hono } from "hono";

import type { Stream } from "../streams/declare/Stream.ts";
import type { LiveContext } from "../worker/appContext.ts";
import { createLiveApp } from "../worker/liveApp.ts";
import form from "./shared/form.page.js";
import style from "./shared/style.css";

/** The routes of an example: those of its streams, and what all pages share. */
export function createExample(streams: readonly Stream[]): Hono<LiveContext> {
  return createLiveApp(streams)
    .get("/style.css", (c) => c.body(style, 200, { "content-type": "text/css" }))
    .get("/form.js", (c) => c.body(form, 200, { "content-type": "text/javascript" }));
}
