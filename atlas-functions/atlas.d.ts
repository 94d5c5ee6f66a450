// What Atlas gives to a function, as far as ours use it.

type ChangeEventFields = import("../protocol/changeEvent.ts").ChangeEvent;

/** A change event as a function gets it: the fields that become a `ChangeEvent`, still as BSON values. */
interface AtlasChangeEvent extends Pick<ChangeEventFields, "_id" | "operationType" | "ns"> {
  readonly documentKey: { readonly _id: unknown };
  readonly fullDocument?: object | null;
  readonly clusterTime?: object;
  readonly wallTime?: Date;
}

interface AtlasHttpRequest {
  readonly url: string;
  readonly headers: Record<string, string[]>;
  readonly body: string;
}

interface AtlasHttpAnswer {
  readonly status: string;
  readonly statusCode: number;
  readonly headers: Record<string, string[]>;
}

/** What a function file assigns: Atlas calls it with one change event. */
declare let exports: (changeEvent: AtlasChangeEvent) => Promise<void>;

declare const context: {
  readonly http: { post(request: AtlasHttpRequest): Promise<AtlasHttpAnswer> };
  readonly values: { get(name: string): unknown };
};

declare const utils: {
  readonly crypto: {
    hmac(input: string, secret: string, hash: "sha1" | "sha256" | "sha512", format: "hex" | "base64"): string;
  };
};

/** Writes canonical Extended JSON. */
declare const EJSON: { stringify(value: unknown): string };

declare const console: { log(...values: unknown[]): void };

declare function setTimeout(run: () => void, delayMs: number): object;
declare function clearTimeout(timer: object): void;
