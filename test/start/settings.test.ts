import { describe, expect, test } from "vitest";
import { hostsOf, isLoopback, readSettings } from "../../launcher/settings.ts";
import { welcome } from "../../launcher/welcome.ts";

const PLANNER = { database: "mealcast", dataDir: ".data" };

describe("npm start without any variable", () => {
  test("has the defaults that the README names", () => {
    expect(readSettings({}, "/project", PLANNER)).toEqual({
      port: 8787,
      dataDir: "/project/.data",
      mongodbUri: "mongodb://127.0.0.1:27017/mealcast?replicaSet=rs0",
      mongodbPort: 27017,
      triggers: true,
      heartbeatSeconds: 20,
      reconcileSeconds: 60,
      allowedOrigins: "",
    });
  });
});

test("an example keeps to a database and a folder of its own", () => {
  const example = { database: "examples", dataDir: ".data/examples" };
  expect(readSettings({}, "/project", example)).toMatchObject({
    dataDir: "/project/.data/examples",
    mongodbUri: "mongodb://127.0.0.1:27017/examples?replicaSet=rs0",
  });
});

describe("npm start with a database of somebody else", () => {
  test.each([
    ["mongodb://a:1,b:2/plans?replicaSet=rs0", "mongodb://a:1,b:2/plans?replicaSet=rs0"],
    ["mongodb://a:1?replicaSet=rs0", "mongodb://a:1/mealcast?replicaSet=rs0"],
    [
      "mongodb+srv://user:p%2Fw@cluster.example.net/?w=1",
      "mongodb+srv://user:p%2Fw@cluster.example.net/mealcast?w=1",
    ],
    ["mongodb://a", "mongodb://a/mealcast"],
  ])("takes %s and names the database in it", (given, taken) => {
    const settings = readSettings({ MONGODB_URI: given }, "/", PLANNER);
    expect(settings.mongodbUri).toBe(taken);
    expect(settings.mongodbPort).toBeNull();
  });

  test.each([
    ["mongodb://127.0.0.1:27017/mealcast", true],
    ["mongodb://localhost,[::1]:27018/mealcast", true],
    ["mongodb://127.0.0.1:27017,db.example.com/mealcast", false],
    ["mongodb://127.0.0.1.example.com/mealcast", false],
    ["mongodb+srv://localhost@cluster.example.net/mealcast", false],
  ])("makes demo accounts only on this machine: %s", (uri, expected) => {
    expect(isLoopback(uri)).toBe(expected);
  });

  test("never shows its password", () => {
    const settings = readSettings({ MONGODB_URI: "mongodb://user:secret@127.0.0.1/mealcast" }, "/", PLANNER);
    expect(welcome(settings, new Date())).not.toContain("secret");
    expect(hostsOf(settings.mongodbUri)).toBe("127.0.0.1");
  });
});

describe("a wrong variable is named in one sentence", () => {
  test.each([
    ["PORT", "eighty"],
    ["PORT", "70000"],
    ["MONGODB_PORT", "-1"],
    ["DATA_DIR", ""],
    ["MONGODB_URI", "postgres://localhost"],
    ["TRIGGERS", "yes"],
    ["HEARTBEAT_SECONDS", "0"],
    ["RECONCILE_SECONDS", "soon"],
  ])("%s=%s", (name, value) => {
    expect(() => readSettings({ [name]: value }, "/", PLANNER)).toThrow(
      new RegExp(`The environment is wrong: ${name}: .*\\.$`),
    );
  });
});
