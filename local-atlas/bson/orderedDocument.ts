/**
 * JavaScript puts names like `2` before all others, and BSON does not. A document in which that would make a
 * difference is a proxy that gives its names in the order of BSON; everything else about it is that of an object.
 */
type Fields = { [field: string]: unknown };

const ordered = new WeakSet<object>();

/** A document of these fields in this order; those with the value `undefined` are left out. */
export function documentOf(entries: Iterable<readonly [string, unknown]>): Fields {
  const fields: Fields = {};
  const names: string[] = [];
  let isSuspect = false;
  for (const [name, value] of entries) {
    if (value === undefined) continue;
    if (!Object.hasOwn(fields, name)) names.push(name);
    setOwn(fields, name, value);
    isSuspect ||= isNumberLike(name);
  }
  return isSuspect ? inOrder(fields, names) : fields;
}

/** A copy with one field changed in its place, or added at the end, or (`undefined`) removed. */
export function withField(document: Fields, name: string, value: unknown): Fields {
  if (value === undefined) return withoutField(document, name);
  if (!isNumberLike(name) && !ordered.has(document) && name !== "__proto__")
    return { ...document, [name]: value };
  const entries = Object.entries(document);
  if (Object.hasOwn(document, name))
    return documentOf(entries.map((entry) => (entry[0] === name ? [name, value] : entry)));
  return documentOf([...entries, [name, value]]);
}

/** A copy without one field. */
function withoutField(document: Fields, name: string): Fields {
  if (!Object.hasOwn(document, name)) return document;
  return documentOf(Object.entries(document).filter(([other]) => other !== name));
}

/** True when JavaScript may have changed the order of an object's names: it puts those like `2` first. */
export function mayBeReordered(document: Fields): boolean {
  for (const name in document) return isNumberLike(name) && Object.keys(document).length > 1;
  return false;
}

function isNumberLike(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= 0x30 && first <= 0x39;
}

function setOwn(fields: Fields, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(fields, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    fields[name] = value;
  }
}

function inOrder(fields: Fields, names: readonly string[]): Fields {
  if (Object.keys(fields).every((name, index) => name === names[index])) return fields;
  const proxy = new Proxy(fields, {
    ownKeys: () => [...names],
    set: () => false,
    deleteProperty: () => false,
  });
  ordered.add(proxy);
  return proxy;
}
