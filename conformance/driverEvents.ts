/** The events of the format by the names that the driver gives them. */
const COMMAND = {
  commandStartedEvent: "commandStarted",
  commandSucceededEvent: "commandSucceeded",
  commandFailedEvent: "commandFailed",
} as const;

const POOL = {
  poolCreatedEvent: "connectionPoolCreated",
  poolReadyEvent: "connectionPoolReady",
  poolClearedEvent: "connectionPoolCleared",
  poolClosedEvent: "connectionPoolClosed",
  connectionCreatedEvent: "connectionCreated",
  connectionReadyEvent: "connectionReady",
  connectionClosedEvent: "connectionClosed",
  connectionCheckOutStartedEvent: "connectionCheckOutStarted",
  connectionCheckOutFailedEvent: "connectionCheckOutFailed",
  connectionCheckedOutEvent: "connectionCheckedOut",
  connectionCheckedInEvent: "connectionCheckedIn",
} as const;

const TOPOLOGY = {
  serverDescriptionChangedEvent: "serverDescriptionChanged",
  topologyDescriptionChangedEvent: "topologyDescriptionChanged",
  topologyOpeningEvent: "topologyOpening",
  topologyClosedEvent: "topologyClosed",
  serverHeartbeatStartedEvent: "serverHeartbeatStarted",
  serverHeartbeatSucceededEvent: "serverHeartbeatSucceeded",
  serverHeartbeatFailedEvent: "serverHeartbeatFailed",
} as const;

/** What the driver said, under the format's name. */
export interface ObservedEvent {
  readonly name: string;
  readonly event: object;
  /** Whether the test asked for it. */
  readonly isWanted: boolean;
}

type DriverEvent = (typeof COMMAND & typeof POOL & typeof TOPOLOGY)[keyof (typeof COMMAND &
  typeof POOL &
  typeof TOPOLOGY)];

/** Every event: the format's name and the driver's. */
export const ALL_EVENTS = Object.entries({ ...COMMAND, ...POOL, ...TOPOLOGY }) as readonly (readonly [
  string,
  DriverEvent,
])[];

/** The group that an event belongs to. */
export function eventTypeOf(name: string): "command" | "cmap" | "sdam" {
  if (Object.hasOwn(COMMAND, name)) return "command";
  return Object.hasOwn(POOL, name) ? "cmap" : "sdam";
}
