import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Papa from "papaparse";
import { beforeAll, describe, expect, it } from "vitest";
import { runFixture } from "../../../src/ingest/run-fixture.ts";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import { likenessOf } from "../../../src/model/compare/likeness.ts";
import { isCertain } from "../../../src/model/compare/likeness-rules.ts";
import { type LikelyDuplicate, likelyDuplicates, type PublishedLikeness } from "../../../src/model/compare/match-likenesses.ts";
import { loadedConnector } from "../../support/loaded-connectors.ts";
import { realFeeds } from "../../support/real-feeds.ts";
import { hasSharedData, sharedData, whySkipped } from "../../support/shared-data.ts";

/**
 * Compares the aids of real files with `same-aids.csv`: 1,045 pairs, judged by hand. A pair is "same" or "other", with the reason. Aids of
 * a file without a connector have the name of the file in place of the connector.
 */

interface Judged {
  readonly connector: string;
  readonly id: string;
  readonly "other connector": string;
  readonly "other id": string;
  readonly verdict: "same" | "other";
  readonly reason: string;
}

type Part = Partial<AidContent>;

const rowsOf = <Row>(text: string) => Papa.parse<Row>(text.replace("\ufeff", ""), { header: true, skipEmptyLines: true }).data;
const rowsIn = async (file: string) => rowsOf<Record<string, string>>(await readFile(join(sharedData, "aids", file), "utf8"));

async function ofConnector(id: string): Promise<PublishedLikeness[]> {
  const { aids } = await runFixture(await loadedConnector(id), join(sharedData, realFeeds[id] ?? ""));
  return aids.map(({ externalId, ...content }) => named(id, externalId, content));
}

/** A crawl of Aides-territoires' list: titles and addresses. */
async function ofList(): Promise<PublishedLikeness[]> {
  const rows = await rowsIn("aides_v3.csv");
  return rows.map(({ name = "", url = "" }) =>
    named("aides_v3.csv", url, { name, originUrl: `https://aides-territoires.beta.gouv.fr${url}` }),
  );
}

/** Aids of Mission transition écologique, the former name of TEE, joined with awards. */
async function ofMission(): Promise<PublishedLikeness[]> {
  const rows = new Map((await rowsIn("first_ademe_mt.csv")).map((row) => [row.id_mt ?? "", row]));
  return [...rows].map(([id, row]) =>
    named("first_ademe_mt.csv", id, {
      name: row.name_mt ?? "",
      description: row.aidDetails_mt ?? null,
      originUrl: row.fundingSourceUrl_mt ?? null,
      applicationUrl: row.applicationUrl_mt ?? null,
      submissionDeadline: row.applicationEndDate_mt?.slice(0, 10) || null,
      financers: [{ name: row["funder.name_mt"] ?? "", siren: null }],
    }),
  );
}

function named(connector: string, id: string, content: Part): PublishedLikeness {
  return { ...likenessOf(`${connector} ${id}`, content), connector };
}

const print = (line: string) => process.stdout.write(`${line}\n`);
const keyOf = (one: string, other: string) => [one, other].sort().join("\n");
const inPercent = (part: number, whole: number) => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;

describe.skipIf(!hasSharedData)(`the aids of all real files${whySkipped}`, () => {
  const verdicts = new Map<string, Judged>();
  let found: readonly LikelyDuplicate[] = [];
  const verdictOf = ({ left, right }: LikelyDuplicate) => verdicts.get(keyOf(left.key, right.key))?.verdict;

  beforeAll(async () => {
    const judged = rowsOf<Judged>(await readFile(join(import.meta.dirname, "same-aids.csv"), "utf8"));
    for (const pair of judged) {
      verdicts.set(keyOf(`${pair.connector} ${pair.id}`, `${pair["other connector"]} ${pair["other id"]}`), pair);
    }
    const connectors = [...new Set(judged.flatMap((pair) => [pair.connector, pair["other connector"]]))].filter((id) => id in realFeeds);
    const aids = [...(await Promise.all(connectors.map(ofConnector))).flat(), ...(await ofList()), ...(await ofMission())];
    const known = new Set(aids.map(({ key }) => key));
    expect([...verdicts.keys()].flatMap((pair) => pair.split("\n")).filter((key) => !known.has(key))).toEqual([]);
    found = likelyDuplicates(aids);
  }, 120_000);

  it("are found where they are the same: recall of at least 95 %", () => {
    const same = [...verdicts].filter(([, { verdict }]) => verdict === "same").map(([key]) => key);
    const keys = new Set(found.map(({ left, right }) => keyOf(left.key, right.key)));
    const met = same.filter((key) => keys.has(key));
    print(`recall: ${inPercent(met.length, same.length)} pairs of the same aid are found`);
    print(
      `not found:\n${same
        .filter((key) => !keys.has(key))
        .map((key) => `  ${key.replace("\n", " × ")}`)
        .join("\n")}`,
    );
    expect(met.length / same.length).toBeGreaterThanOrEqual(0.95);
  });

  it("link by themselves only where they are the same: precision of at least 99 % in 300 links, every one of them judged", () => {
    const links = found.filter(({ match }) => isCertain(match));
    const right = links.filter((link) => verdictOf(link) === "same");
    print(`precision: ${inPercent(right.length, links.length)} certain pairs are the same aid`);
    for (const link of links) {
      if (verdictOf(link) !== "same") print(`  ${verdictOf(link)}: ${link.left.key} × ${link.right.key} ${link.match.reasons}`);
    }
    expect(links.filter((link) => verdictOf(link) === undefined)).toEqual([]);
    expect(links.length).toBeGreaterThanOrEqual(300);
    expect(right.length / links.length).toBeGreaterThanOrEqual(0.99);
  });

  it("links none of the near misses", () => {
    const wrong = found.filter((pair) => isCertain(pair.match) && verdictOf(pair) === "other");
    expect(wrong).toEqual([]);
    expect([...verdicts.values()].filter(({ verdict }) => verdict === "other").length).toBeGreaterThan(150);
  });
});
