import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import { decidePublish } from "../../src/curation/decide-status.ts";
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
import type { Harness } from "./harness.ts";
import type { Loopback } from "./loopback.ts";
import type { Values } from "./own-feed.ts";
import { contentTypes } from "./served-feed.ts";

/** Imports a connector's feed into the catalogue day after day. Guards on shares are off, because fixtures are small. */
export interface Life {
  readonly harness: Harness;
  /** Imports a feed of these records, in this order. Throws if the run does not succeed. */
  day(records: readonly Values[]): Promise<RunReport>;
  aidAt(index: number): Promise<CuratedAid>;
  /** Completes the aid and publishes it. Returns the objection, or null. */
  publish(index: number): Promise<string | null>;
  /** Applies a curator's action to an aid. Returns the objection, or null. */
  act(index: number, decide: (aid: CuratedAid) => Verdict): Promise<string | null>;
}

/** Values that a curator enters if the feed does not contain them. */
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

/** Returns the daily imports of a connector. */
export function lifeOf(harness: Harness, catalogue: TestCatalogue, server: Loopback): Life {
  const { definition } = harness.connector;
  // A copy of the connector, so that the aids of other cases do not interfere.
  const id = `${definition.id}-days`;
  const { atLeast: _, ...expect } = definition.expect;
  const feed = { url: `http://${server.host}/${id}` };
  const connector = { ...harness.connector, definition: { ...definition, id, feed, expect, guards: guardsOff } };
  const services = testServices(catalogue, { allowHosts: [server.host] });
  const externalIdOf = (index: number) => String(harness.read("externalId", harness.feed.records[index] ?? {}).value);
  const named = (index: number) => ({ connector: id, externalId: externalIdOf(index) });
  const said = (refused: Awaited<ReturnType<typeof act>>) => (refused === null ? null : refused.code);
  return {
    harness,
    day: async (records) => {
      server.answer = () => ({ contentType: contentTypes[definition.decode.format], body: harness.feed.write(records) });
      const report = await runIngestion(connector, services, { url: feed.url });
      if (report.error === null && report.guards.length === 0) return report;
      throw new Error(`${id}: ${report.outcome} ${JSON.stringify(report.error ?? report.guards)}`);
    },
    aidAt: (index) => curatedAid(catalogue, named(index)),
    publish: async (index) => {
      // If a curator enters the kind of aid, more fields may become required.
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
