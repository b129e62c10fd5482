import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { likenessOf } from "../../src/model/compare/likeness.ts";
import { pairFrom } from "../../src/model/compare/likeness-rules.ts";
import { likelyDuplicates, matchLikenesses, type Recognised } from "../../src/model/compare/match-likenesses.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";

type Part = Partial<AidContent>;

const read = (file: string) => readFileSync(join(sharedData, "aids", file), "utf8");
const rows = (file: string) =>
  Papa.parse<Record<string, string>>(read(file).replace("\ufeff", ""), { header: true, skipEmptyLines: true }).data;

/** Returns a crawl of Aides-territoires' list: a name and an address. */
const crawled = (file: string, prefix: string) =>
  rows(file).map(({ url, name }) =>
    likenessOf(`${prefix}${url}`, { name: name ?? "", originUrl: `https://aides-territoires.beta.gouv.fr${url}` }),
  );

interface LiveAid {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly financers: readonly string[];
  readonly origin_url: string;
  readonly application_url: string;
  readonly start_date: string | null;
  readonly submission_deadline: string | null;
}

/** Aides-territoires' public export. */
const live = (prefix: string, change: (aid: LiveAid) => Part = () => ({})) =>
  (JSON.parse(read("AT_aides_full_2021-11.json")) as LiveAid[]).map((aid) =>
    likenessOf(`${prefix}${aid.id}`, {
      name: aid.name,
      description: aid.description,
      financers: aid.financers.map((name) => ({ name, siren: null })),
      originUrl: aid.origin_url,
      applicationUrl: aid.application_url,
      startDate: aid.start_date,
      submissionDeadline: aid.submission_deadline,
      ...change(aid),
    }),
  );

const ileDeFrance = () =>
  (JSON.parse(read("iledefrance_raw.json")) as Record<string, string | null>[]).map(({ titre, url_source, resume, date_limite }) =>
    likenessOf(`${url_source}`, {
      name: titre ?? "",
      originUrl: url_source ?? null,
      description: resume ?? null,
      submissionDeadline: date_limite ?? null,
    }),
  );
const ofCompanies = () =>
  rows("tee_data_gouv_export_2025-10.csv").map(({ id, titre, url_source, promesse, description }) =>
    likenessOf(`export ${id}`, { name: titre ?? "", originUrl: url_source ?? null, description: `${promesse}\n\n${description}` }),
  );
const programmes = () =>
  (JSON.parse(read("tee_programs_large.json")) as Record<string, string | undefined>[]).map(({ id, titre, url, promesse, description }) =>
    likenessOf(`site ${id}`, { name: titre ?? "", originUrl: url ?? null, description: `${promesse}\n\n${description}` }),
  );
const ofCulture = () =>
  rows("culture_unmatched_scraped.csv").map(({ title, url }, place) =>
    likenessOf(`${place}`, { name: title ?? "", originUrl: url ?? null }),
  );

const wrong = (found: Recognised["pairs"]) => found.filter(({ left, right }) => right !== `new-${left}`);

describe.skipIf(!hasSharedData)(`real aids${whySkipped}`, () => {
  it("recognises all 2,088 aids of Aides-territoires under new ids by their links", () => {
    const { pairs, doubts } = matchLikenesses(crawled("aides_v1.csv", ""), crawled("aides_v1.csv", "new-"));
    expect([pairs.length, wrong(pairs), doubts]).toEqual([2088, [], []]);
  });

  it("recognises the 1,769 aids that are still there a year later, 202 of them renamed; aids that share only a name are doubtful", () => {
    const { pairs, doubts } = matchLikenesses(crawled("aides_v1.csv", ""), crawled("aides_v3.csv", "new-"));
    expect([pairs.length, wrong(pairs)]).toEqual([1769, []]);
    expect(doubts.map(({ match }) => match.reasons.join()).sort()).toEqual([
      ...Array(6).fill("same-title"),
      ...Array(3).fill("similar-title"),
    ]);
  });

  it("recognises live aids without links and with rewritten names by their texts; aids with a common text are doubtful", () => {
    const rewritten = live("new-", ({ name }) => ({
      name: `Pouvoir ${name.replace(/ - .*$/, "")}`,
      originUrl: null,
      applicationUrl: null,
    }));
    const { pairs, doubts } = matchLikenesses(live(""), rewritten);
    expect([pairs.length, wrong(pairs)]).toEqual([460, []]);
    expect(doubts.every(({ match }) => match.certainty < pairFrom)).toBe(true);
    expect(doubts.filter(({ match }) => !match.reasons.includes("same-text"))).toHaveLength(1);
  });

  it("finds only doubtful matches for live aids without text and link and with rewritten names", () => {
    const named = live("new-", ({ name }) => ({ name: `Pouvoir ${name}`, originUrl: null, applicationUrl: null, description: null }));
    const { pairs, doubts } = matchLikenesses(live(""), named);
    expect(pairs).toEqual([]);
    // Nothing but the title is left to compare: one doubt in six is wrong.
    expect([doubts.length, wrong(doubts).length]).toEqual([554, 90]);
  });

  it("confuses no new aid of a portal with a removed one, except two that share page and text", () => {
    const aids = live("");
    const wrongPairs = Array.from({ length: 10 }, (_, round) => {
      const part = (aid: number) => (aid % 10 === round ? "gone" : aid % 10 === (round + 3) % 10 ? "come" : "stays");
      const only = (which: string) => aids.filter((_, place) => part(place) === which);
      return matchLikenesses(only("gone"), only("come"), { others: only("stays") }).pairs;
    }).flat();
    expect(wrongPairs.map(({ match }) => match.reasons)).toEqual([["same-link", "similar-title", "same-text", "same-financer"]]);
  });

  it("does not confuse aids of other publishers with live aids; one pair of similar titles is doubtful", () => {
    const found = [ileDeFrance(), ofCompanies(), ofCulture()].map((aids) => matchLikenesses(live(""), aids));
    expect(found.flatMap(({ pairs }) => pairs)).toEqual([]);
    expect(found.flatMap(({ doubts }) => doubts).map(({ match }) => match.reasons)).toEqual([["similar-title"]]);
  });

  it("reports the common aids of two catalogues of one publisher as likely duplicates, each under one title", () => {
    const aids = [...ofCompanies(), ...programmes()];
    const found = likelyDuplicates([
      ...ofCompanies().map((aid) => ({ ...aid, connector: "export" })),
      ...programmes().map((aid) => ({ ...aid, connector: "site" })),
    ]);
    const titleOf = new Map(aids.map(({ key, titles }) => [key, titles[0]]));
    expect(found.filter(({ match }) => match.certainty >= pairFrom)).toHaveLength(154);
    expect(found.filter(({ left, right }) => titleOf.get(left.key) !== titleOf.get(right.key))).toEqual([]);
  });
});
