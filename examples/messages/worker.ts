import { createExample } from "../createExample.ts";
import { databaseClass } from "../databaseClass.ts";
import { hubClass } from "../hubClass.ts";
import { messageChanges } from "./message-changes.ts";
import { messages } from "./messages.ts";

export { Directory } from "../../durable-objects/Directory.ts";
export { Metrics } from "../../durable-objects/Metrics.ts";

const streams = [messages, messageChanges];

export class Hub extends hubClass(streams) {}
export class Database extends databaseClass(streams) {}

export default createExample(streams);
