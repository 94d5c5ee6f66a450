import { constants, createContext, runInContext, type Context } from "node:vm";

/** What a function of the Node 10 era finds in its global scope, less what Atlas says it does not support. */
const GLOBALS = words(`
  Object Function Array Number Boolean String Symbol Date Promise RegExp JSON Math Map Set WeakMap
  Error EvalError RangeError ReferenceError SyntaxError TypeError URIError
  ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
  Float32Array Float64Array NaN Infinity undefined parseInt parseFloat isNaN isFinite
  decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape
`);

/** Methods that came after Node 10, by where they hang. */
const LATER_METHODS: Readonly<Record<string, readonly string[]>> = {
  Object: words("fromEntries hasOwn groupBy"),
  Array: words("fromAsync"),
  Promise: words("allSettled any withResolvers try"),
  Map: words("groupBy"),
  RegExp: words("escape"),
  "Array.prototype": words("flat flatMap at findLast findLastIndex toReversed toSorted toSpliced with"),
  "String.prototype": words("matchAll replaceAll at isWellFormed toWellFormed"),
  "Set.prototype": words(
    "union intersection difference symmetricDifference isSubsetOf isSupersetOf isDisjointFrom",
  ),
};

/**
 * Makes a global scope with the language of the Node 10 era and nothing of Node itself. It keeps a function from
 * using by accident what Atlas lacks; it is no wall against one that means harm.
 */
export function bareContext(): Context {
  const context = createContext(constants.DONT_CONTEXTIFY);
  const kept = JSON.stringify(GLOBALS);
  runInContext(
    `{
      const kept = new Set(${kept});
      const scope = globalThis;
      for (const [owner, names] of Object.entries(${JSON.stringify(LATER_METHODS)})) {
        const [name, prototype] = owner.split(".");
        for (const method of names) delete (prototype ? scope[name].prototype : scope[name])[method];
      }
      for (const name of Object.getOwnPropertyNames(scope)) if (!kept.has(name)) delete scope[name];
    }`,
    context,
  );
  return context;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
