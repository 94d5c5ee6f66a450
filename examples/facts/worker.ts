import { statusRoutes } from "../../worker/routes/status.ts";
import { createExample } from "../createExample.ts";
import { databaseClass } from "../databaseClass.ts";
import { hubClass } from "../hubClass.ts";
import { facts } from "./facts.ts";

export { Directory } from "../../durable-objects/Directory.ts";
export { Metrics } from "../../durable-objects/Metrics.ts";

const streams = [facts];

export class Hub extends hubClass(streams) {}
export class Database extends databaseClass(streams) {}

export default createExample(streams).route("/status", statusRoutes);
