import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { lockHome } from "../../catalogue/connection/lock-home.ts";
import { runIngestion } from "../../ingest/run.ts";
import type { RunOptions } from "../../ingest/run-inputs.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import type { Config } from "../../platform/config.ts";
import { fixturesOf } from "../../survey/write/check-fixtures.ts";
import type { OpenContext } from "../context.ts";
import { exitCodes, NotDone } from "../exit.ts";
import { renderReport, renderSummary } from "../render/render-report.ts";
import { publishInDemo } from "./publish-in-demo.ts";
import { runFixtures, showingProgress } from "./run-fixtures.ts";

/** Marks a home whose catalogue the demo made and may empty; contains the feed that the demo breaks. */
const markerFolder = "made-by-demo";
/** The connector whose second feed lacks most aids, and the number of records left in it. */
const cutShort = { id: "region-ile-de-france", recordsLeft: 3 };
/** The connector whose server does not answer. The domain `.invalid` never resolves (RFC 2606). */
const unreachable = { id: "region-occitanie", url: "https://this-feed-never-answers.invalid/aides.json" };

/** The connector whose publisher adds the same paragraph to all its aids: once they are published, a curator answers for all at once. */
const reworded = { id: "ministere-culture", paragraph: "<p>Les dossiers se déposent désormais en ligne.</p>" };

/** Runs the sample feed of every connector, then a held run, an unreachable feed and a change of several aids, into an embedded catalogue. */
export async function runDemo(open: OpenContext): Promise<void> {
  const { config } = await open();
  const home = demoHome(config.home);
  await emptyHome(home);
  const { terminal, connectorsOfFiles, withCatalogue } = await open({ home });
  const { connectors, problems } = await connectorsOfFiles();
  await withCatalogue(async (catalogue, services) => {
    const night = await runFixtures(connectors, services, terminal);
    terminal.out(`${renderSummary(night, terminal.colors)}\n`);
    terminal.out(terminal.colors.bold("Two more runs, made to go wrong on purpose:\n"));
    const named = (id: string): LoadedConnector => {
      const connector = connectors.find(({ definition }) => definition.id === id);
      if (connector === undefined) throw new NotDone(`the demo needs the connector ${id}, which cannot be loaded`);
      return connector;
    };
    const again = async (id: string, options: (connector: LoadedConnector) => Promise<RunOptions>) => {
      const connector = named(id);
      const report = await runIngestion(connector, showingProgress(connector, services, terminal), await options(connector));
      terminal.progress(null);
      const plan = report.planId === null ? null : await catalogue.plans.find(report.planId);
      terminal.out(`${renderReport(report, connector.definition.publisher.name, terminal.colors, { plan })}\n`);
      return report.outcome;
    };
    const held = await again(cutShort.id, async (connector) => ({ file: await breakFeed(home, connector) }));
    const silent = await again(unreachable.id, async () => ({ url: unreachable.url }));
    const published = await publishInDemo(catalogue, connectors, services.clock.now());
    const changed = named(reworded.id);
    await runIngestion(changed, showingProgress(changed, services, terminal), { file: await rewordFeed(home, changed) });
    terminal.progress(null);
    terminal.out(nextCommands(home, { aids: await catalogue.aids.count(), published }, config));
    const good = problems.length === 0 && night.every((report) => goodOutcomes.has(report.outcome));
    process.exitCode = good && held === "held" && silent === "unreachable" ? exitCodes.success : exitCodes.failure;
  });
}

/** Returns the folder for the demo's catalogue: `home`, unless it contains a catalogue that the demo did not make. */
export function demoHome(home: string): string {
  const isTaken = existsSync(join(home, "catalogue")) && !existsSync(join(home, markerFolder));
  return isTaken ? join(tmpdir(), `moisson-demo-${process.getuid?.() ?? "home"}`) : home;
}

/** Removes an earlier demo. Throws `CatalogueRefused` while another process, such as a console, works on it. */
async function emptyHome(home: string): Promise<void> {
  const unlock = await lockHome(home);
  // The marker is removed last, so that an interrupted demo stays recognisable.
  for (const folder of ["catalogue", markerFolder]) await rm(join(home, folder), { recursive: true, force: true });
  await mkdir(join(home, markerFolder));
  await unlock();
}

/** Writes the feed of `cutShort` without most of its records, and with another title in the first; returns its path. */
function breakFeed(home: string, connector: LoadedConnector): Promise<string> {
  return writeFeed<{ title: string }>(home, "most-aids-missing.json", connector, ([first, ...others]) => [
    { ...first, title: `${first?.title} et sur les toits` },
    ...others.slice(0, cutShort.recordsLeft - 1),
  ]);
}

/** Writes the feed of `reworded` with one more paragraph in each record; returns its path. */
function rewordFeed(home: string, connector: LoadedConnector): Promise<string> {
  return writeFeed<{ body: string }>(home, "one-more-paragraph.json", connector, (records) =>
    records.map((record) => ({ ...record, body: `${record.body}${reworded.paragraph}` })),
  );
}

async function writeFeed<Item>(
  home: string,
  name: string,
  connector: LoadedConnector,
  change: (records: readonly Item[]) => readonly unknown[],
): Promise<string> {
  const [fixture] = (await fixturesOf(connector)).fixtures;
  if (fixture === undefined) throw new Error(`${connector.definition.id} has no fixture`);
  const file = join(home, markerFolder, name);
  await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(fixture.feed, "utf8")) as Item[])));
  return relative(process.cwd(), file);
}

/** Returns the commands that a newcomer can try on the demo's catalogue. */
function nextCommands(
  home: string,
  { aids, published }: { readonly aids: number; readonly published: number },
  { home: usualHome, databaseUrl }: Config,
): string {
  const settings = [databaseUrl === null ? "" : "DATABASE_URL= ", home === usualHome ? "" : `MOISSON_HOME=${home} `].join("");
  const command = (words: string, does: string) => `  ${`${settings}npm run moisson -- ${words}`.padEnd(settings.length + 78)} ${does}`;
  return [
    `The catalogue contains ${aids} aids, of which ${published} are published. One run is held and waits for your decision. Look at it:`,
    command(`plan show ${cutShort.id}`, "the reason, and the changes of the run"),
    command(`plan discard ${cutShort.id} --note "half a feed"`, "refuse it; `plan apply` accepts it"),
    command(`runs --connector ${unreachable.id}`, "the unreachable feed; its aids stay"),
    command("console", "everything in a browser (French), and the read API; prints a link"),
  ].join("\n");
}
