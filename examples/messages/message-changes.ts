import { defineStream } from "../../streams/declare/defineStream.ts";
import { anyone } from "../../streams/declare/readers.ts";
import { everything } from "../../streams/declare/topics.ts";

/** What happened to the messages, change by change. */
export const messageChanges = defineStream({
  name: "message-changes",
  collection: "messages",
  kind: "changes",
  topic: everything(),
  readers: [anyone()],
});
