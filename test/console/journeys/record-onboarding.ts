import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import type { ConnectorFunnel } from "../../../src/model/aid/funnel.ts";
import { surveyFile } from "../../bench/survey/survey-file.ts";
import { pathOf, readTruths, type Truth, truthSets } from "../../bench/survey/truth.ts";
import { executablePath } from "../../support/browser.ts";
import { projectRoot } from "../../support/loaded-connectors.ts";
import { writeBetweenMarks } from "../../support/write-between-marks.ts";
import { unzipInto } from "../editor/connector/unzipped.ts";
import { bringIn, type CameOf } from "./bring-in.ts";
import { type BroughtIn, filesBroughtIn } from "./brought-in.ts";
import { type Correction, correctionsOf } from "./correct-fields.ts";
import { endOf, saidBy, sayIn, startIn } from "./moisson-in.ts";
import { PersonAtWork, secondsOf, type Work } from "./person-at-work.ts";
import { forgetConnectors, projectCopy } from "./project-copy.ts";

/*
 * Brings six real files and four invented ones in through the console of a copy of the project that has never heard of them, as somebody of
 * the team would; takes pictures for docs/onboarding.md and writes its tables. Then the zips are unpacked into the copy, which must pass
 * `connectors check`. A folder that is given as argument gets them too. With MOISSON_PICTURES, pictures on a phone go to that folder.
 */
const pictures = join(projectRoot, "docs/pictures");
const steps = "brouillons producteur flux lecture identifiant champs colonne choix manque mots essai collecte plan suggestions".split(" ");
/** The file of the pictures. */
const pictured = "made-agglomeration";
const screen = { width: 1366, height: 768 };
const phone = { width: 390, height: 844 };

interface Figures {
  readonly truth: Truth;
  readonly corrections: readonly Correction[];
  readonly corrected: BroughtIn;
  readonly came: CameOf;
  /** Up to the held run. */
  readonly work: Work;
  /** The machine's time from the first page to the held run. */
  readonly machineSeconds: number;
  readonly outcome: string;
}

/** What the catalogue has of a connector once its plan is applied. */
type Held = Pick<ConnectorFunnel, "counts" | "blocking">;

const copy = await projectCopy(["connectors", "mappings", "fixtures"]);
const scratch = await mkdtemp(join(tmpdir(), "moisson-onboarding-"));
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
    for (const file of filesBroughtIn) all.push(await record(context, file));
    return all;
  });
  process.stdout.write(await sayIn(copy, ["connectors", "check"], environment));
  const held = new Map<string, Held>();
  for (const { came } of figures) {
    const { all } = JSON.parse(await sayIn(copy, ["funnel", "--connector", came.connector, "--json"], environment));
    held.set(came.connector, all);
    process.stdout.write(`${came.connector}: ${JSON.stringify(all.counts)} ${JSON.stringify(all.blocking)}\n`);
  }
  await writeBetweenMarks(join(projectRoot, "docs/onboarding.md"), { figures: tableOf(figures, held), work: workTableOf(figures) });
} finally {
  await rm(copy, { recursive: true, force: true });
  await rm(scratch, { recursive: true, force: true });
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
      viewport: screen,
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

async function record(context: BrowserContext, corrected: BroughtIn): Promise<Figures> {
  const [truth] = readTruths(truthSets).filter(({ name }) => name === corrected.truth);
  if (truth === undefined) throw new Error(`no truth ${corrected.truth}`);
  const path = await pathOf(truth, scratch);
  const { judged, isReadRight } = await surveyFile(truth, path);
  if (!isReadRight) throw new Error(`${truth.file}: the records are looked for elsewhere`);
  const corrections = correctionsOf(truth, judged);
  const isPictured = truth.name === pictured;
  const at = await context.newPage();
  const begun = performance.now();
  const person = new PersonAtWork(at);
  const seen = async (step: string) => (isPictured ? picture(at, step) : undefined);
  await at.goto("/brouillons");
  const came = await bringIn(
    person,
    { from: { path }, publisher: truth.publisher, fields: corrections, words: corrected.words, unsaid: corrected.unsaid },
    seen,
  );
  await at.locator(`main a[href^="/plans/"]`).first().waitFor({ timeout: 120_000 });
  await person.read();
  const outcome = (await at.locator("main .fr-badge").first().textContent()) ?? "";
  await seen("collecte");
  const machineSeconds = (performance.now() - begun) / 1000;
  const { work } = person;
  const zip = await context.request.get(`/connecteurs/${came.connector}/fichiers.zip`);
  for (const folder of [copy, ...process.argv.slice(2)]) await unzipInto(folder, await zip.body());
  await person.click(at.locator('main a[href^="/plans/"]').first());
  await at.getByRole("heading", { name: "Décider", exact: true }).waitFor();
  await seen("plan");
  await person.click(at.getByRole("link", { name: "Appliquer tout le plan…" }));
  await person.click(at.getByRole("button", { name: "Appliquer", exact: true }));
  await at.getByText("Plan appliqué").first().waitFor({ timeout: 60_000 });
  await at.goto(`/connecteurs/${came.connector}/suggestions`);
  await seen("suggestions");
  await at.close();
  process.stdout.write(`${truth.file}: ${JSON.stringify({ corrections, came, work, machineSeconds, outcome })}\n`);
  return { truth, corrections, corrected, came, work, machineSeconds, outcome };
}

/** Takes a screenshot of each step, without the menu. */
async function picture(at: Page, step: string): Promise<void> {
  const name = `onboarding-${String(steps.indexOf(step) + 1).padStart(2, "0")}-${step}.png`;
  const show =
    step === "manque"
      ? "document.querySelector('#non-dit').scrollIntoView()"
      : step === "colonne" || step === "choix"
        ? "document.querySelector('#editeur').scrollIntoView()"
        : "document.querySelector('main').scrollIntoView()";
  await mkdir(pictures, { recursive: true });
  await at.evaluate(show);
  await at.screenshot({ path: join(pictures, name) });
  const { MOISSON_PICTURES: narrow } = process.env;
  if (narrow === undefined) return;
  await at.setViewportSize(phone);
  await at.evaluate(show);
  await at.screenshot({ path: join(narrow, name), fullPage: true });
  await at.setViewportSize(screen);
}

function tableOf(figures: readonly Figures[], held: ReadonlyMap<string, Held>): string {
  const rows = figures.map((one): Row => {
    const { truth, corrections, came, work, outcome } = one;
    const { counts, blocking = [] } = held.get(came.connector) ?? {};
    const proposedShare = share(came.figures["publiables telles quelles"], came.figures.aides);
    return [
      nameOf(truth),
      came.figures.aides ?? "",
      String(came.proposed),
      corrections.length === 0 ? "0" : `${corrections.length} (${corrections.map(({ field }) => `\`${field}\``).join(", ")})`,
      work.acts,
      outcome.toLowerCase(),
      came.before.replace(" sur ", " of "),
      proposedShare,
      counts === undefined ? null : counts.publishable / counts.held,
      blocking
        .slice(0, 3)
        .map(({ field, aids }) => `\`${field}\` ${aids}`)
        .join(", "),
    ];
  });
  const columns = [
    "file",
    "aids",
    "fields proposed",
    "fields corrected",
    "acts",
    "first run",
    "publishable as read",
    "publishable",
    "publishable then",
    "still missing (aids)",
  ];
  const mean = (column: number) => rows.reduce((sum, row) => sum + Number(row[column]), 0) / rows.length;
  const count = figures.reduce((sum, { corrections }) => sum + corrections.length, 0);
  const fixed = (column: number) => mean(column).toFixed(1);
  const means: Row = ["mean", "", "", (count / rows.length).toFixed(1), fixed(4), "", "", mean(7), mean(8), ""];
  return markdownTable(
    columns,
    [...rows, means].map((row) => row.map((cell, at) => (at === 7 || at === 8 ? percent(cell) : String(cell)))),
  );
}

type Row = readonly (string | number | null)[];

function percent(cell: string | number | null): string {
  return typeof cell === "number" ? `${Math.round(100 * cell)} %` : String(cell ?? "");
}

/** Returns a share of two figures as a page shows them. */
function share(part = "0", of = "1"): number {
  const [count, all] = [part, of].map((text) => Number(text.replace(/\D/g, "")));
  return (count ?? 0) / (all ?? 1);
}

function workTableOf(figures: readonly Figures[]): string {
  const rows = figures.map(({ truth, corrected, came, work, machineSeconds }) => [
    nameOf(truth),
    String(came.doubtful),
    `${came.words} (${came.open})`,
    String(corrected.words.length),
    String(work.clicks),
    String(work.typed),
    String(work.pages),
    `${Math.round(machineSeconds)} s`,
    `${Math.round(secondsOf(work) / 60)} min`,
  ]);
  const columns = [
    "file",
    "doubtful fields",
    "words (open)",
    "words changed",
    "clicks",
    "characters",
    "pages",
    "machine time",
    "person's time",
  ];
  return markdownTable(columns, rows);
}

function nameOf({ file, set }: Truth): string {
  return set === "made" ? `\`${file}\` (invented)` : `\`${file}\``;
}

function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
