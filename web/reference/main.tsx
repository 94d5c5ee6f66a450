import { render } from "preact";
import { readReference } from "./readReference.ts";
import { ReferencePage } from "./ReferencePage.tsx";
import { Unreadable } from "./Unreadable.tsx";
import "../styles/tokens.css";
import "../styles/base.css";
import "./reference.css";

async function show(root: HTMLElement): Promise<void> {
  const reference = await readReference();
  render(reference ? <ReferencePage reference={reference} /> : <Unreadable />, root);
  // The browser looked for the address's part before it was there.
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

const root = document.getElementById("page");
if (root) void show(root);
