import { startStack } from "../../test/support/stack.ts";
import { announce } from "./announce.ts";

// The whole application as in development: wrangler's server with the page, the Worker, the objects and the database.

const stack = await startStack();
const port = Number(new URL(stack.url).port);
announce({ port, details: { mongoUri: stack.mongoUri } }, () => stack.stop());
