import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { beforeAll } from "vitest";

/** Path of this machine's Chromium, which may be missing. */
export const executablePath = process.env.MOISSON_CHROMIUM ?? "/usr/bin/chromium";

if (!existsSync(executablePath) && process.env.MOISSON_TESTS_NEED_BROWSER === "yes") throw new Error(`there is no ${executablePath}`);

/** False if this machine has no Chromium. Journeys are then skipped, and their titles say so. */
export const hasBrowser = existsSync(executablePath);

/** Suffix of the titles of skipped tests. */
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

// The test files of a worker share one Chromium, because it takes a second to start.
let chromiumOfWorker: Promise<Browser> | undefined;

/** Returns a Chromium for the tests of a file. `context` creates an empty browser context that records the errors of its pages. */
export function browserForTests(): { context(options?: BrowserContextOptions): Promise<TestContext> } {
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
    async context(options = {}) {
      if (browser === undefined) throw new Error("There is no Chromium here.");
      const context = await browser.newContext({
        locale: "fr-FR",
        timezoneId: "Europe/Paris",
        viewport: { width: 1280, height: 900 },
        ...options,
      });
      const errors: string[] = [];
      context.on("weberror", (error) => errors.push(error.error().message));
      context.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      return { context, errors };
    },
  };
}

/** A browser context and its page errors: scripts that threw, files that are missing or blocked by the policy. */
export interface TestContext {
  readonly context: BrowserContext;
  readonly errors: string[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Returns the serious and critical findings of axe on a page, as `rule: selector`. */
export async function seriousOn(page: Page): Promise<string[]> {
  // The content policy forbids scripts in pages, so the browser itself injects axe.
  await page.evaluate(axe);
  const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
    violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
  };
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}
