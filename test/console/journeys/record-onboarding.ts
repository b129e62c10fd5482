import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { executablePath } from "../../support/browser.ts";
import { projectRoot } from "../../support/loaded-connectors.ts";
import { sharedData } from "../../support/shared-data.ts";
import { unzipInto } from "../definition/unzipped.ts";
import { bringIn, type CameOf } from "./bring-in.ts";
import { type BroughtIn, filesBroughtIn } from "./brought-in.ts";
import { copyWithout } from "./copy-without.ts";
import { PersonAtWork, secondsOf, type Work } from "./person-at-work.ts";

/*
 * Brings four real files in through the console of a copy of the project that has never heard of them, as somebody of the team would; takes pictures for
 * docs/onboarding.md and writes its table. Then the four zips are unpacked into the copy, which must pass `connectors check`.
 */
const pictures = join(projectRoot, "docs/pictures");
const page = join(projectRoot, "docs/onboarding.md");
const steps = "brouillons producteur flux lecture identifiant champs champ mots apercu essai collecte plan".split(" ");
const [begin, end] = ["<!-- figures -->", "<!-- end of figures -->"];

interface Figures {
  readonly said: BroughtIn;
  readonly came: CameOf;
  readonly work: Work;
  /** Of the machine: from the first page to the run that is held. */
  readonly machineSeconds: number;
  readonly outcome: string;
}

const copy = await copyWithout(filesBroughtIn.flatMap(({ ours }) => ours));
try {
  const figures = await withConsole(copy, async (context) => {
    const all: Figures[] = [];
    for (const [index, said] of filesBroughtIn.entries()) all.push(await record(context, said, index === 0));
    return all;
  });
  await command(["connectors", "check"]);
  const before = await readFile(page, "utf8");
  const [head = "", rest = ""] = before.split(begin);
  await writeFile(page, `${head}${begin}\n\n${tableOf(figures)}\n\n${end}${rest.split(end)[1] ?? ""}`);
} finally {
  await rm(copy, { recursive: true, force: true });
}

async function withConsole<T>(folder: string, work: (context: BrowserContext) => Promise<T>): Promise<T> {
  const console = start(folder, ["console"], { MOISSON_CONSOLE_PORT: process.env.MOISSON_CONSOLE_PORT ?? "3113" });
  const ended = once(console, "exit");
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--lang=fr-FR"],
    env: { ...process.env, LANGUAGE: "fr" },
  });
  try {
    let link: string | undefined;
    const said: string[] = [];
    for await (const line of createInterface({ input: console.stderr })) {
      said.push(line);
      link = /to get in: (\S+)/.exec(line)?.[1];
      if (link !== undefined) break;
    }
    if (link === undefined) throw new Error(`The console did not start:\n${said.join("\n")}`);
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
    console.kill();
    await ended;
  }
}

function start(folder: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const { PATH = "", HOME = "" } = process.env;
  return spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH, HOME, MOISSON_HOME: join(folder, "home"), MOISSON_USER: "Marie", ...variables },
  });
}

async function command(args: readonly string[]): Promise<void> {
  const child = start(copy, args);
  const [said, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Error(`moisson ${args.join(" ")} ended with ${String(code)}:\n${said}${errors}`);
  process.stdout.write(said);
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
  await unzipInto(copy, await zip.body());
  await at.close();
  process.stdout.write(`${said.file}: ${JSON.stringify({ came, work: person.work, machineSeconds, outcome })}\n`);
  return { said, came, work: person.work, machineSeconds, outcome };
}

/** One picture of each step, of what stands below the menu. */
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
    "changed",
    "words asked (open)",
    "changed",
    "clicks",
    "characters",
    "pages",
    "machine",
    "a person",
    "first run",
  ];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
