import { weekOf } from "../protocol/week.ts";
import { JANE, JON } from "./demo/seedDemo.ts";
import { isLoopback, mailFolder, type Settings } from "./settings.ts";
import { shownUri } from "./shownUri.ts";

/** What to try with the planner. */
export function welcome(settings: Settings, now: Date): string {
  const lines: string[] = [];
  if (isLoopback(settings.mongodbUri)) {
    lines.push(...[JON, JANE].map(({ email, password }) => `  ${email} / ${password}`), "");
  }
  lines.push(`The database: ${shownUri(settings.mongodbUri)}`);
  lines.push(`Mails are not sent, but written to ${mailFolder(settings)}`);
  if (settings.triggers && isLoopback(settings.mongodbUri)) {
    lines.push(
      "Change this week's plan from outside, and watch the open pages:",
      "",
      mongoshLine(settings, now),
    );
  }
  return [...lines, "", "Ctrl-C stops everything."].join("\n");
}

function mongoshLine(settings: Settings, now: Date): string {
  const dish =
    '{ _id: new ObjectId(), day: "friday", meal: "dinner", recipeId: null, title: "Fish pie", servings: 4, note: "" }';
  const change = `db.mealplans.updateOne({ week: "${weekOf(now)}" }, { $push: { entries: ${dish} } })`;
  return `  npm run mongosh -- "${shownUri(settings.mongodbUri)}" --eval '${change}'`;
}
