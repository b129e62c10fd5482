import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import { decidePublish } from "../../src/curation/decide-publication.ts";
import type { Verdict } from "../../src/curation/persons-change.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import type { AidField } from "../../src/model/aid/aid.ts";
import { missingForPublication } from "../../src/model/aid/publishable.ts";
import { shownContent } from "../../src/model/aid/shown-value.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import type { TestCatalogue } from "../support/catalogues.ts";
import { act, curatedAid, edit, marie } from "../support/curate.ts";
import { guardsOff } from "../support/harvest.ts";
import { testServices } from "../support/test-services.ts";
import type { Bench } from "./bench.ts";
import type { Loopback } from "./loopback.ts";
import type { Values } from "./own-feed.ts";
import { contentTypes } from "./served-feed.ts";

/** A connector's feed in the catalogue, day after day. Feeds of fixtures are small: no guard on a share holds. */
export interface Life {
  readonly bench: Bench;
  /** Reads the feed of these records, in this order. Throws where that does not go well. */
  day(records: readonly Values[]): Promise<RunReport>;
  aidAt(index: number): Promise<CuratedAid>;
  /** Fills what the aid lacks, and publishes it; gives why it is refused. */
  publish(index: number): Promise<string | null>;
  /** What a person does to an aid; gives why it is refused. */
  act(index: number, decide: (aid: CuratedAid) => Verdict): Promise<string | null>;
}

/** What a curator fills in where the feed says nothing. */
const filled: Partial<Record<AidField, unknown>> = {
  description: "<p>Aide.</p>",
  contact: "<p>Marie</p>",
  originUrl: "https://www.exemple.fr/aide",
  recurrence: "ongoing",
  targetedAudiences: ["commune"],
  aidTypes: ["technical-engineering"],
  mobilizationSteps: ["preop"],
  destinations: ["supply"],
  categories: ["eau-potable"],
  submissionDeadline: "2027-12-31",
  financers: [{ name: "Région Exemple", siren: null }],
  perimeters: [{ scale: "country", code: "FRA", name: "France" }],
  name: "Une aide",
};

/** Puts a connector's feed into a catalogue. */
export function lifeOf(bench: Bench, catalogue: TestCatalogue, server: Loopback): Life {
  const { definition } = bench.connector;
  // The same connector under another name, beside what other cases have made of its aids.
  const id = `${definition.id}-days`;
  const { atLeast: _, ...expect } = definition.expect;
  const feed = { url: `http://${server.host}/${id}` };
  const connector = { ...bench.connector, definition: { ...definition, id, feed, expect, guards: guardsOff } };
  const services = testServices(catalogue, { allowHosts: [server.host] });
  const externalIdOf = (index: number) => String(bench.read("externalId", bench.feed.records[index] ?? {}).value);
  const named = (index: number) => ({ connector: id, externalId: externalIdOf(index) });
  const said = (refused: Awaited<ReturnType<typeof act>>) => (refused === null ? null : refused.code);
  return {
    bench,
    day: async (records) => {
      server.answer = () => ({ contentType: contentTypes[definition.decode.format], body: bench.feed.write(records) });
      const report = await runIngestion(connector, services, { url: feed.url });
      if (report.error === null && report.guards.length === 0) return report;
      throw new Error(`${id}: ${report.outcome} ${JSON.stringify(report.error ?? report.guards)}`);
    },
    aidAt: (index) => curatedAid(catalogue, named(index)),
    publish: async (index) => {
      // A kind of aid that is filled in may ask for more.
      for (let round = 0; round < 3; round++) {
        const missing = missingForPublication(shownContent(await curatedAid(catalogue, named(index))));
        if (missing.length === 0) break;
        await edit(catalogue, named(index), Object.fromEntries(missing.map((field) => [field, filled[field]])));
      }
      return said(await act(catalogue, named(index), (aid) => decidePublish(aid, marie)));
    },
    act: async (index, decide) => said(await act(catalogue, named(index), decide)),
  };
}
