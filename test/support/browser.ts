import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { beforeAll } from "vitest";

/** The Chromium of this machine, be it there or not. */
export const executablePath = process.env.MOISSON_CHROMIUM ?? "/usr/bin/chromium";

if (!existsSync(executablePath) && process.env.MOISSON_TESTS_NEED_BROWSER === "yes") throw new Error(`there is no ${executablePath}`);

/** False where this machine has no Chromium: journeys are left out then, and their titles say so. */
export const hasBrowser = existsSync(executablePath);

/** To be put into titles of what is left out. */
export const whyNoBrowser = hasBrowser ? "" : ` (SKIPPED: no ${executablePath}; install Debian's package chromium)`;

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// One for each worker of the tests: it takes a second to start, and ends with the worker.
let chromiumOfWorker: Promise<Browser> | undefined;

/** A Chromium for the tests of a file. `context`: a new one, with nothing kept, and every error of its pages noted. */
export function browserForTests(): { context(): Promise<TestContext> } {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!hasBrowser) return;
    chromiumOfWorker ??= chromium.launch({ executablePath, args: quiet });
    browser = await chromiumOfWorker;
    const own = browser;
    return async () => {
      for (const context of own.contexts()) await context.close();
    };
  }, 60_000);
  return {
    async context() {
      if (browser === undefined) throw new Error("There is no Chromium here.");
      const context = await browser.newContext({ locale: "fr-FR", timezoneId: "Europe/Paris", viewport: { width: 1280, height: 900 } });
      const errors: string[] = [];
      context.on("weberror", (error) => errors.push(error.error().message));
      context.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      return { context, errors };
    },
  };
}

/** A browser's context, and what went wrong in its pages: a script that threw, a file that was refused by the policy or is not there. */
export interface TestContext {
  readonly context: BrowserContext;
  readonly errors: string[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds serious or critical on a page, as `rule: selector`. */
export async function seriousOn(page: Page): Promise<string[]> {
  // As a policy forbids scripts in pages, it is given to the page's world by the browser itself.
  await page.evaluate(axe);
  const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
    violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
  };
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}
