import { render } from "preact";
import { App } from "./App.tsx";
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

const root = document.getElementById("page");
followAccount();
followSignOut();
if (root) render(<App />, root);
watchToday();
