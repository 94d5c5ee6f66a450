import { render } from "preact";
import { App } from "./App.tsx";
import { fetchParts } from "./components/lazyPart.tsx";
import { followAccount } from "./store/currentEdits.ts";
import { followSignOut } from "./store/followSignOut.ts";
import { watchToday } from "./store/today.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/layout.css";
import "./styles/status.css";
import "./styles/dialog.css";
import "./styles/lists.css";
import "./styles/plan.css";
import "./styles/awareness.css";

/** By then the page that was asked for is there. */
const QUIET_MS = 3_000;

const root = document.getElementById("page");
followAccount();
followSignOut();
if (root) render(<App />, root);
watchToday();
setTimeout(fetchParts, QUIET_MS);
