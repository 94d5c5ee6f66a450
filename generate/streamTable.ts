import type { ReaderRule, Stream } from "../streams/declare/Stream.ts";
import type { TopicRule } from "../streams/declare/topics.ts";

const BEGIN = "<!-- streams: made by `npm run generate` -->";
const END = "<!-- /streams -->";

/** Puts the table of the streams into a page, between its marks; a page without them stays as it is. */
export function withStreamTable(page: string, streams: readonly Stream[]): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) return page;
  return `${page.slice(0, begin)}${BEGIN}\n\n${streamTable(streams)}\n${page.slice(end)}`;
}

function streamTable(streams: readonly Stream[]): string {
  const head = "| address | kind | collection | readers | variables | inserts |\n|-|-|-|-|-|-|\n";
  return `${head}${streams.map(rowOf).join("")}`;
}

function rowOf({ name, topic, kind, collection, readers, variables, accepts }: Stream): string {
  const cells = [
    `\`/api/streams/${name}${keyPlace(topic)}\``,
    kind,
    `\`${collection}\``,
    readers.map(readerText).join(", "),
    Object.keys(variables.shape)
      .map((variable) => `\`${variable}\``)
      .join(", ") || "–",
    accepts ? "yes" : "–",
  ];
  return `| ${cells.join(" | ")} |\n`;
}

function keyPlace(topic: TopicRule): string {
  if (topic.by === "everything") return "";
  return topic.by === "id" ? "/{_id}" : `/{${topic.field}}`;
}

function readerText(rule: ReaderRule): string {
  switch (rule.by) {
    case "anyone":
      return "anyone";
    case "session":
      return "who is signed in";
    case "role":
      return `role \`${rule.role}\``;
    case "members":
      return `users in \`${rule.field}\``;
    case "membersOf":
      return `members of \`${rule.stream.name}\` by \`${rule.field}\``;
    case "shareLinks":
      return `links in \`${rule.field}\``;
  }
}
