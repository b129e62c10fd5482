// Prints what becomes of drifted feeds: `npm run drifts -- [--feed ID]… [--kind ID]… [--share PERCENT] [--published] [--list] [--json FILE]`.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { type DriftKind, drifted } from "./drift-kind.ts";
import { type DriftPlace, openDriftPlace } from "./drift-place.ts";
import { type DriftCase, table, totals } from "./drift-table.ts";
import { driftKinds } from "./kinds/all-kinds.ts";
import { driftedFeeds, type LoadedFeed, loadFeed } from "./load-feed.ts";
import { importClean, runDrift, runNight } from "./run-drift.ts";

const { values: asked } = parseArgs({
  options: {
    feed: { type: "string", multiple: true },
    kind: { type: "string", multiple: true },
    share: { type: "string" },
    seed: { type: "string", default: "1" },
    published: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    json: { type: "string" },
  },
});
const seed = Number(asked.seed);
const feeds = asked.feed ?? Object.keys(driftedFeeds);
const kinds = asked.kind === undefined ? driftKinds : asked.kind.map(kindOf);
const print = (text: string) => void process.stdout.write(`${text}\n`);

function kindOf(id: string): DriftKind {
  const kind = driftKinds.find((known) => known.id === id);
  if (kind === undefined) throw new Error(`no kind ${id}; --list prints them`);
  return kind;
}

function shareOf(kind: DriftKind): number {
  return asked.share === undefined ? (kind.share ?? 1) : Number(asked.share) / 100;
}

/** Prints the kinds, and the feeds that each one fits. */
async function printKinds(): Promise<void> {
  const loaded = await Promise.all(feeds.map(loadFeed));
  print(`| drift | share | nights | ${feeds.join(" | ")} |\n| --- | ---: | ---: |${" ---: |".repeat(feeds.length)}`);
  for (const kind of kinds) {
    const fits = loaded.map(({ feed }) => changedRows(feed.rows, drifted(kind, feed, { share: shareOf(kind), seed, night: 1 })) ?? "");
    print(`| ${kind.id}: ${kind.says} | ${Math.round(100 * shareOf(kind))} % | ${kind.nights ?? 1} | ${fits.join(" | ")} |`);
  }
}

/** Counts the records that a drift adds, removes or changes. Null if it does not fit. */
function changedRows(before: readonly unknown[], after: readonly unknown[] | null): number | null {
  if (after === null) return null;
  const texts = new Set(before.map((row) => JSON.stringify(row)));
  const changed = after.filter((row) => !texts.has(JSON.stringify(row))).length;
  return Math.max(changed, Math.abs(after.length - before.length));
}

/** Runs all kinds on one feed. */
async function casesOf(place: DriftPlace, loaded: LoadedFeed): Promise<DriftCase[]> {
  let published = 0;
  const inOwn = async <T>(use: (catalogue: Catalogue) => Promise<T>): Promise<T> => {
    const fill = async (catalogue: Catalogue) => {
      published = (await importClean(catalogue, loaded, asked.published)).published;
    };
    const { catalogue, drop } = await place.filled(loaded.id, fill);
    return use(catalogue).finally(drop);
  };
  const control = await inOwn((catalogue) => runNight(catalogue, loaded, 1, loaded.feed.rows));
  if (control.outcome !== "unchanged") process.stderr.write(`${loaded.id}: the clean feed is ${control.outcome} on the second night\n`);
  if (asked.published && published === 0) {
    process.stderr.write(`${loaded.id}: no aid can be published\n`);
    return [];
  }
  const cases: DriftCase[] = [];
  for (const kind of kinds) {
    const begun = performance.now();
    const share = shareOf(kind);
    const fits = drifted(kind, loaded.feed, { share, seed, night: 1 }) !== null;
    const result = fits ? await inOwn((catalogue) => runDrift(catalogue, loaded, kind, control, { share, seed })) : null;
    cases.push({ kind: kind.id, feed: loaded.id, isPublished: asked.published, share, result });
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    if (result !== null)
      process.stderr.write(
        `${loaded.id} ${kind.id}: ${result.fate}, ${result.applied} applied, ${result.proposed} proposed, ${seconds} s${result.isUndoExact ? "" : ", UNDO NOT EXACT"} ${result.messages.join("; ").slice(0, 160)}\n`,
      );
  }
  return cases;
}

if (asked.list) {
  await printKinds();
} else {
  const place = await openDriftPlace();
  try {
    const cases: DriftCase[] = [];
    for (const id of feeds) {
      cases.push(...(await casesOf(place, await loadFeed(id))));
      if (asked.json !== undefined) await writeFile(asked.json, `${JSON.stringify(cases, null, 1)}\n`);
    }
    print(`${asked.published ? "Published" : "Unpublished"} aids, seed ${seed}.\n`);
    print(table(kinds, feeds, cases));
    print("");
    print(totals(feeds, cases));
  } finally {
    await place.close();
  }
}
