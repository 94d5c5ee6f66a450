/** How long a test may take, and wait for one condition, in milliseconds. */
export interface Patience {
  readonly testMs: number;
  readonly pollMs: number;
}

/** What the names of test files begin with. */
type TestNames = readonly string[];

/** A part of the tree whose tests are tried. */
export interface Area {
  readonly name: string;
  /** Where its sources are. */
  readonly folder: string;
  /** The TypeScript project that checks it. */
  readonly project: string;
  /** The tests that most likely notice a change of a source: they run first, and in a quick run alone. */
  readonly likely: (source: string) => TestNames;
  /** What runs when none of those noticed. */
  readonly others: TestNames;
  readonly patience: Patience;
}

/** Tests of the client in plain Node, which take a second together. */
const CLIENT = [
  "test/web/connection",
  "test/web/heldItems",
  "test/web/leader",
  "test/web/liveItems",
  "test/web/pageLifecycle",
  "test/web/reading",
  "test/web/refusals",
  "test/web/stream",
  "test/web/tabs",
  "test/web/transitions",
];

/** What drives a source of the hub most directly, by the source's name. */
const OF_HUB: Readonly<Record<string, readonly string[]>> = {
  Admission: ["newcomers", "limits"],
  Audience: ["variables", "itemsResume"],
  ChangeHub: ["changes"],
  ChangeLog: ["changes"],
  ChangeReader: ["changes"],
  Changes: ["changes"],
  checkRoles: ["rights"],
  Counters: ["metrics"],
  DocumentHub: ["items"],
  DocumentReader: ["items", "itemsReconcile"],
  Documents: ["items", "access", "contents"],
  Filters: ["variables"],
  Frames: ["items", "rights"],
  Heartbeat: ["stream", "sleep"],
  HubAlarm: ["sleep", "reconcilePeriod", "lifetime"],
  hubSettings: ["tooLarge", "limits"],
  Intake: ["items", "itemsReconcile", "tooLarge"],
  ItemTable: ["items", "itemsResume", "forgetting"],
  Log: ["items", "itemsResume", "order"],
  LogItem: ["variables", "itemsResume"],
  makeHubPart: ["items", "changes"],
  Pacer: ["items", "presence"],
  presence: ["presence"],
  probe: ["stream"],
  Pulse: ["sleep", "reconcilePeriod"],
  RecentItems: ["items", "itemsResume"],
  Reconciler: ["newcomers", "itemsReconcile"],
  Registrar: ["moves", "itemsReconcile"],
  Reporter: ["metrics"],
  resume: ["resume", "changes"],
  Rights: ["rights"],
  SetHashes: ["fingerprints"],
  SocketSubscriber: ["websocket", "slow"],
  SseSubscriber: ["stream", "slow"],
  StreamOpener: ["websocket", "lifetime"],
  Subscribers: ["items", "stream", "slow"],
  sweep: ["websocket", "lifetime", "slow"],
  Topic: ["items", "presence", "metrics"],
  TopicHub: ["items", "limits", "sleep"],
};

/** In plain Node, time is the test's own. */
const SHORT: Patience = { testMs: 15_000, pollMs: 6000 };

/** Real servers, on a machine that has more to do. */
const LONG: Patience = { testMs: 45_000, pollMs: 15_000 };

/** The areas. */
export const AREAS: readonly Area[] = [
  {
    name: "client",
    folder: "web/stream",
    project: "web",
    likely: () => CLIENT,
    others: ["test/web/transports"],
    patience: SHORT,
  },
  {
    name: "protocol",
    folder: "protocol",
    project: "worker",
    likely: () => ["test/protocol/", "test/streams/mealplans", "test/web/heldItems", "test/web/refusals"],
    others: [
      "test/worker/mealPlans",
      "test/worker/recipes",
      "test/worker/was",
      "test/worker/badInput",
      "test/worker/noRight",
      "test/hub/hook",
      "test/hub/inserts",
      "test/hub/metrics",
      "test/hub/stream",
    ],
    patience: LONG,
  },
  {
    name: "hub",
    folder: "durable-objects/hub",
    project: "worker",
    likely: (source) => (OF_HUB[source] ?? []).map((test) => `test/hub/${test}.`),
    others: ["test/hub/"],
    patience: LONG,
  },
];
