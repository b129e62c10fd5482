import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { executablePath } from "../../support/browser.ts";
import { projectRoot } from "../../support/loaded-connectors.ts";
import { sharedData } from "../../support/shared-data.ts";
import { writeBetweenMarks } from "../../support/write-between-marks.ts";
import { unzipInto } from "../definition/unzipped.ts";
import { bringIn, type CameOf } from "./bring-in.ts";
import { type BroughtIn, filesBroughtIn } from "./brought-in.ts";
import { endOf, saidBy, sayIn, startIn } from "./moisson-in.ts";
import { PersonAtWork, secondsOf, type Work } from "./person-at-work.ts";
import { forgetConnectors, projectCopy } from "./project-copy.ts";

/*
 * Brings four real files in through the console of a copy of the project that has never heard of them, as somebody of the team would; takes pictures for
 * docs/onboarding.md and writes its table. Then the four zips are unpacked into the copy, which must pass `connectors check`. A folder that is
 * given as argument gets them too.
 */
const pictures = join(projectRoot, "docs/pictures");
const steps = "brouillons producteur flux lecture identifiant champs champ mots apercu essai collecte plan".split(" ");

interface Figures {
  readonly said: BroughtIn;
  readonly came: CameOf;
  readonly work: Work;
  /** The machine's time from the first page to the held run. */
  readonly machineSeconds: number;
  readonly outcome: string;
}

const copy = await projectCopy(["connectors", "mappings", "fixtures"]);
const environment = {
  MOISSON_HOME: join(copy, "home"),
  MOISSON_USER: "Marie",
  MOISSON_CONSOLE_PORT: process.env.MOISSON_CONSOLE_PORT ?? "3113",
};
await forgetConnectors(
  copy,
  filesBroughtIn.flatMap(({ ours }) => ours),
);
try {
  const figures = await withConsole(async (context) => {
    const all: Figures[] = [];
    for (const [index, said] of filesBroughtIn.entries()) all.push(await record(context, said, index === 0));
    return all;
  });
  process.stdout.write(await sayIn(copy, ["connectors", "check"], environment));
  await writeBetweenMarks(join(projectRoot, "docs/onboarding.md"), { figures: tableOf(figures) });
} finally {
  await rm(copy, { recursive: true, force: true });
}

async function withConsole<T>(work: (context: BrowserContext) => Promise<T>): Promise<T> {
  const console = startIn(copy, ["console"], environment);
  const args = ["--no-sandbox", "--disable-gpu", "--lang=fr-FR"];
  const browser = await chromium.launch({ executablePath, args, env: { ...process.env, LANGUAGE: "fr" } });
  try {
    const link = await saidBy(console, /to get in: (\S+)/);
    const context = await browser.newContext({
      baseURL: new URL(link).origin,
      locale: "fr-FR",
      timezoneId: "Europe/Paris",
      viewport: { width: 1280, height: 860 },
    });
    const first = await context.newPage();
    await first.goto(link);
    await first.locator("main button[type=submit]").click();
    await first.close();
    return await work(context);
  } finally {
    await browser.close();
    await endOf(console);
  }
}

async function record(context: BrowserContext, said: BroughtIn, isPictured: boolean): Promise<Figures> {
  const at = await context.newPage();
  const begun = performance.now();
  const person = new PersonAtWork(at);
  await at.goto("/brouillons");
  const came = await bringIn(person, join(sharedData, said.file), said, async (step) => (isPictured ? picture(at, step) : undefined));
  await at.locator(`main a[href^="/plans/"]`).first().waitFor({ timeout: 120_000 });
  await person.read();
  const outcome = (await at.locator("main .fr-badge").first().textContent()) ?? "";
  if (isPictured) await picture(at, "collecte");
  const machineSeconds = (performance.now() - begun) / 1000;
  await person.click(at.locator('main a[href^="/plans/"]').first());
  await at.getByRole("heading", { name: "Décider", exact: true }).waitFor();
  if (isPictured) await picture(at, "plan");
  const zip = await context.request.get(`/connecteurs/${came.connector}/fichiers.zip`);
  for (const folder of [copy, ...process.argv.slice(2)]) await unzipInto(folder, await zip.body());
  await at.close();
  process.stdout.write(`${said.file}: ${JSON.stringify({ came, work: person.work, machineSeconds, outcome })}\n`);
  return { said, came, work: person.work, machineSeconds, outcome };
}

/** Takes a screenshot of each step, without the menu. */
async function picture(at: Page, step: string): Promise<void> {
  const number = steps.indexOf(step) + 1;
  await mkdir(pictures, { recursive: true });
  await at.evaluate("document.querySelector('main').scrollIntoView()");
  await at.screenshot({ path: join(pictures, `onboarding-${String(number).padStart(2, "0")}-${step}.png`) });
}

function tableOf(figures: readonly Figures[]): string {
  const rows = figures.map(({ said, came, work, machineSeconds, outcome }) => [
    `\`${said.file}\``,
    Object.entries(came.figures)
      .slice(0, 1)
      .map(([, count]) => count)
      .join(""),
    came.figures.aides ?? "",
    `${came.proposed} (${came.doubtful})`,
    String(said.fields.length),
    `${came.words} (${came.open})`,
    String(said.words.length),
    String(work.clicks),
    String(work.typed),
    String(work.pages),
    `${Math.round(machineSeconds)} s`,
    `${Math.round(secondsOf(work) / 60)} min`,
    outcome.toLowerCase(),
  ]);
  const head = [
    "file",
    "records",
    "aids",
    "fields proposed (doubtful)",
    "fields changed",
    "words (open)",
    "words changed",
    "clicks",
    "characters",
    "pages",
    "machine time",
    "person's time",
    "first run",
  ];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
