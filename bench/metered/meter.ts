import { DurableObject } from "cloudflare:workers";

import { meterStorage } from "./meterStorage.ts";
import { begin } from "./usage.ts";

type Method = (this: object, ...args: unknown[]) => unknown;
type Constructor = new (...args: never[]) => object;

/**
 * Makes every public method of a Durable Object's class count as what it is to the platform: one request. Getters of RPC
 * targets count as well, because a call on what they answer belongs to the same billed session.
 */
export function meter(name: string, constructor: Constructor): void {
  const { prototype } = constructor as { readonly prototype: object };
  for (const [key, property] of members(prototype)) {
    const { value, get } = property;
    if (typeof value === "function")
      Object.defineProperty(prototype, key, { ...property, value: counted(name, value) });
    else if (get) Object.defineProperty(prototype, key, { ...property, get: countedGetter(name, get) });
  }
}

/** What a class has, and what it inherits from ours. */
function members(prototype: object): ReadonlyMap<string, PropertyDescriptor> {
  if (prototype === DurableObject.prototype) return new Map();
  const { constructor: _, ...own } = Object.getOwnPropertyDescriptors(prototype);
  const inherited = members(Object.getPrototypeOf(prototype) as object);
  return new Map([...inherited, ...Object.entries(own)]);
}

/** Objects that are just being called: what they call of themselves is no request. */
const called = new Set<object>();

function counted(name: string, method: Method): Method {
  return function countedMethod(this: object, ...args) {
    if (called.has(this)) return method.apply(this, args);
    const { ctx } = this as { readonly ctx?: DurableObjectState };
    if (ctx) meterStorage(name, ctx.storage);
    const end = begin(name, this);
    const answer = whileCalled(this, () => method.apply(this, args));
    if (answer instanceof Promise) return answer.finally(end);
    end();
    return answer;
  };
}

function whileCalled<T>(object: object, call: () => T): T {
  called.add(object);
  try {
    return call();
  } finally {
    called.delete(object);
  }
}

function countedGetter(name: string, get: () => unknown) {
  return function countedGet(this: object) {
    begin(name, this)();
    return get.call(this);
  };
}
