import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { connectEmbedded } from "../../../src/catalogue/connection/connect-embedded.ts";
import { executablePath } from "../../support/browser.ts";
import { projectRoot } from "../../support/loaded-connectors.ts";
import { endOf, saidBy, sayIn, startIn } from "./moisson-in.ts";
import { projectCopy } from "./project-copy.ts";

/*
 * Takes the pictures of docs/console.md: the pages of the console on the catalogue of the demo, with invented nights before it. An argument
 * is a part of the name of the only pictures to take.
 */
const pictures = join(projectRoot, "docs/pictures");
const now = "2026-11-25T07:00:00Z";
const screen = { width: 1366, height: 768 };
const phone = { width: 390, height: 844 };
const only = process.argv[2] ?? "";

/** A picture. `open` leads from a page to the page to show; `part`: selector of the element at the top of the picture. */
interface Picture {
  readonly name: string;
  readonly path: string;
  readonly open?: (page: Page) => Promise<void>;
  readonly part?: string;
  readonly size?: typeof screen;
}

/** Follows the first link of a part whose address begins so. */
const follow =
  (begin: string, part = "main") =>
  async (page: Page) => {
    await page.locator(`${part} a[href^="${begin}"]`).first().click();
    await page.waitForLoadState();
  };

const shown: readonly Picture[] = [
  { name: "nuit", path: "/" },
  { name: "nuits", path: "/nuits" },
  { name: "collecte", path: "/collectes?resultat=held", open: follow("/collectes/") },
  { name: "plan", path: "/plans?etat=held", open: follow("/plans/") },
  { name: "plan-changements", path: "/plans?etat=held", open: follow("/plans/"), part: ".moisson-halves" },
  { name: "connecteur", path: "/connecteurs/departement-drome" },
  { name: "relecture", path: "/relecture" },
  { name: "relire", path: "/relecture/suivante" },
  { name: "changements", path: "/relecture/propositions" },
  { name: "changement", path: "/relecture/propositions", open: follow("/relecture/changements/") },
  { name: "mots", path: "/mots" },
  { name: "producteurs", path: "/producteurs" },
  { name: "producteur", path: "/producteurs?texte=Drôme", open: follow("/producteurs/", "main td") },
  { name: "publication", path: "/publication" },
  { name: "telephone-nuit", path: "/", size: phone },
  { name: "telephone-collectes", path: "/collectes", size: phone },
];

const copy = await projectCopy(["connectors", "mappings", "fixtures"]);
const home = join(copy, "home");
const environment = {
  MOISSON_HOME: home,
  MOISSON_USER: "Olga",
  MOISSON_NOW: now,
  MOISSON_CONSOLE_PORT: process.env.MOISSON_CONSOLE_PORT ?? "3114",
};
try {
  await runDemo();
  await inventNights();
  await withConsole(async (context) => {
    for (const picture of shown.filter(({ name }) => name.includes(only))) await take(context, picture);
  });
} finally {
  await rm(copy, { recursive: true, force: true });
}

/** The demo ends with 1 if a feed is not as expected; the catalogue is then of no use for pictures. */
async function runDemo(): Promise<void> {
  process.stdout.write(await sayIn(copy, ["demo"], environment));
}

/** Adds four weeks of runs before the demo: most went well, some connectors had a bad night, one was ill for a week. */
async function inventNights(): Promise<void> {
  const { store, close } = await connectEmbedded(home, "moisson");
  await store.rows(sql`
    insert into runs (id, connector, token, state, outcome, asked_at, asked_by, started_at, ended_at, mapping_fingerprint, options, staging, counts_absence)
    select gen_random_uuid(), connector, -nights, 'ended',
      case when place = 3 and nights between 9 and 15 then 'unreachable' when (place * 13 + nights * 7) % 41 = 0 then 'held'
        when (place * 5 + nights * 11) % 53 = 0 then 'unreadable' when (place * 3 + nights) % 17 = 0 then 'applied-with-rejects'
        when (place + nights * 3) % 5 = 0 then 'applied' else 'unchanged' end,
      began, 'schedule', began, began + interval '20 seconds', 'invented', '{}', false, true
    from (select id as connector, row_number() over (order by id) as place from connectors) known cross join generate_series(1, 28) nights
      cross join lateral (select ${now}::timestamptz - make_interval(days => nights::int, hours => 4) as began) at
    where (place * 7 + nights) % 37 <> 0`);
  await close();
}

async function withConsole(work: (context: BrowserContext) => Promise<void>): Promise<void> {
  const console = startIn(copy, ["console"], environment);
  const args = ["--no-sandbox", "--disable-gpu", "--lang=fr-FR"];
  const browser = await chromium.launch({ executablePath, args, env: { ...process.env, LANGUAGE: "fr" } });
  try {
    const link = await saidBy(console, /to get in: (\S+)/);
    const context = await browser.newContext({ baseURL: new URL(link).origin, locale: "fr-FR", timezoneId: "Europe/Paris" });
    const first = await context.newPage();
    await first.goto(link);
    await first.locator("main button[type=submit]").click();
    await first.close();
    await work(context);
  } finally {
    await browser.close();
    await endOf(console);
  }
}

/** Takes a picture of the window as WebP, which is a third of PNG. Playwright cannot, Chromium can. */
async function take(context: BrowserContext, { name, path, open, part = "main", size = screen }: Picture): Promise<void> {
  const page = await context.newPage();
  await page.setViewportSize(size);
  await page.goto(path);
  await open?.(page);
  await page.evaluate(`document.querySelector(${JSON.stringify(part)}).scrollIntoView()`);
  const chromiumPage = await context.newCDPSession(page);
  const { data } = await chromiumPage.send("Page.captureScreenshot", { format: "webp", quality: 60 });
  const bytes = Buffer.from(data, "base64");
  await mkdir(pictures, { recursive: true });
  await writeFile(join(pictures, `console-${name}.webp`), bytes);
  process.stdout.write(`${name}: ${Math.round(bytes.length / 1000)} kB\n`);
  await page.close();
}
