import { createExample } from "../createExample.ts";
import { databaseClass } from "../databaseClass.ts";
import { hubClass } from "../hubClass.ts";
import { users } from "./users.ts";

export { Directory } from "../../durable-objects/Directory.ts";
export { Metrics } from "../../durable-objects/Metrics.ts";

const streams = [users];

export class Hub extends hubClass(streams) {}
export class Database extends databaseClass(streams) {}

export default createExample(streams);
