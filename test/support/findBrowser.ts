import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { homedir } from "node:os";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const PLAYWRIGHT_CACHES = [".cache/ms-playwright", "Library/Caches/ms-playwright"];
const PLAYWRIGHT_BINARIES = [
  "chromium-*/chrome-linux*/chrome",
  "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
];

/** Finds a Chromium: the one that CHROMIUM_PATH names, an installed one, or one that can be installed; else `null`. */
export function findBrowser(): string | null {
  const named = process.env["CHROMIUM_PATH"];
  if (named) return existsSync(named) ? named : null;
  return findInstalled() ?? installBrowser();
}

function findInstalled(): string | null {
  const place = USUAL_PLACES.find((path) => existsSync(path));
  if (place) return place;
  for (const cache of PLAYWRIGHT_CACHES) {
    const [found] = globSync(PLAYWRIGHT_BINARIES.map((binary) => `${homedir()}/${cache}/${binary}`));
    if (found) return found;
  }
  return null;
}

/** Debian's package where we may install it, else Playwright's own download. */
function installBrowser(): string | null {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium for the tests…");
    spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore" });
    spawnSync("apt-get", ["install", "-y", "-qq", "chromium"], { stdio: "ignore" });
  }
  if (!findInstalled()) spawnSync("playwright-core", ["install", "chromium"], { stdio: "ignore" });
  return findInstalled();
}
