const BLOCKS: ReadonlySet<string> = new Set(
  "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul".split(
    " ",
  ),
);

/** Whether what is in an element stands on lines of its own. */
export function startsLine(element: string): boolean {
  return BLOCKS.has(element);
}
