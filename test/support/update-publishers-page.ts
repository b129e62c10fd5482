import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Connector } from "../../src/kit/definition.ts";
import { lossKinds } from "../../src/model/run/losses.ts";
import { fixturesOf } from "../../src/survey/write/check-fixtures.ts";
import { type FeedFigures, feedFigures } from "./feed-figures.ts";
import { loadedConnectors, projectRoot } from "./loaded-connectors.ts";
import { realFeeds } from "./real-feeds.ts";
import { hasSharedData, sharedData } from "./shared-data.ts";
import { writeBetweenMarks } from "./write-between-marks.ts";

/** Writes the tables of docs/publishers.md, and the figures that test/real-files expects. Review the diff before you commit it. */
if (!hasSharedData) throw new Error(`the real files are not there: ${sharedData}`);
const figuresFile = join(projectRoot, "test/real-files/connector-figures.json");

const connectors = await loadedConnectors();
const real: Record<string, FeedFigures> = {};
const written: Record<string, FeedFigures> = {};
for (const connector of connectors) {
  const { id } = connector.definition;
  const feed = realFeeds[id];
  if (feed !== undefined && existsSync(join(sharedData, feed))) real[id] = await feedFigures(connector, [join(sharedData, feed)]);
  written[id] = await feedFigures(
    connector,
    (await fixturesOf(connector)).fixtures.map((fixture) => fixture.feed),
  );
}
await writeFile(figuresFile, `${JSON.stringify(real, null, 2)}\n`);

const definitions = connectors.map(({ definition }) => definition);
await writeBetweenMarks(join(projectRoot, "docs/publishers.md"), {
  connectors: table(["connector", "publisher", "state", "format", "address", "schedule"], definitions.map(connectorRow)),
  "real files": table(["connector", "file", "received", "valid", "rejected", "skipped", "out of scope", "issues"], realRows()),
  losses: table(["connector", ...lossKinds], lossRows()),
  terms: table(["connector", "counted in", "vocabulary", "mapped", "unmapped"], termRows()),
});

function connectorRow({ id, publisher, state, decode, feed, schedule }: Connector): string[] {
  const address = feed.url ?? feed.urlFrom ?? `${feed.dataset?.portal} ${feed.dataset?.id}`;
  const paging = feed.paging === undefined ? "" : `, ${feed.paging.kind}`;
  const auth = feed.auth?.kind ?? (feed.headersFrom === undefined ? undefined : "headers");
  return [
    `\`${id}\``,
    publisher.name,
    state,
    `${decode.format}${paging}${auth === undefined ? "" : `, ${auth}`}`,
    `\`${address}\``,
    schedule ?? "",
  ];
}

function realRows(): string[][] {
  return Object.entries(real).map(([id, { received, valid, rejected, skipped, outOfScope, issues }]) => {
    const said = Object.entries(issues).map(([code, count]) => `${count} × ${code}`);
    return [`\`${id}\``, `\`${realFeeds[id]}\``, ...[received, valid, rejected, skipped, outOfScope].map(String), said.join(", ")];
  });
}

function lossRows(): string[][] {
  return Object.entries(real).map(([id, { losses }]) => [
    `\`${id}\``,
    ...lossKinds.map((kind) => (losses[kind] === undefined ? "" : `${losses[kind].lost} of ${losses[kind].found}`)),
  ]);
}

function termRows(): string[][] {
  return definitions.flatMap(({ id }) => {
    const figures = real[id] ?? written[id];
    return Object.entries(figures?.terms ?? {}).map(([vocabulary, { mapped, unmapped }]) => {
      const all = mapped + unmapped.length;
      const shown = unmapped.slice(0, 8).join("; ") + (unmapped.length > 8 ? `; … (${unmapped.length})` : "");
      return [
        `\`${id}\``,
        real[id] === undefined ? "fixtures" : "real file",
        vocabulary,
        `${mapped} of ${all} (${Math.floor((mapped / all) * 100)} %)`,
        shown,
      ];
    });
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
