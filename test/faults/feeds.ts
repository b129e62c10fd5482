import type { ConnectorInput } from "../../src/kit/definition.ts";
import { date } from "../../src/kit/rules/date.ts";
import { html } from "../../src/kit/rules/texts.ts";
import { aidFields } from "../../src/model/aid/aid.ts";
import { soundConnector } from "../support/sound-connector.ts";

/** Connectors of a night, each with its own host. */
export const connectorIds = ["faults-a", "faults-b", "faults-c", "faults-d"] as const;

const records = 80;

/**
 * Versions of the feeds: the first one, twice without the last records, and tonight's, which withdraws those aids and changes all others.
 */
const days = ["first", "shorter", "tonight"] as const;

/** A version of the feeds. */
export type Day = (typeof days)[number];

/** Returns the definition of a connector whose feed is on a port, with guards that never hold it. */
export function definitionOf(id: (typeof connectorIds)[number], port: number): ConnectorInput {
  const filled = Object.fromEntries(aidFields.map((field) => [field, 0]));
  return soundConnector({
    id,
    feed: { url: `http://${hostOf(id, port)}/${id}.json` },
    guards: { gone: 1, newIds: 1, rejected: 1, linksMoved: 1, filled },
    fields: { description: html("texte"), submissionDeadline: date("fin", ["iso"]) } as ConnectorInput["fields"],
  });
}

/** `127.0.0.n:port`. */
export function hostOf(id: (typeof connectorIds)[number], port: number): string {
  return `127.0.0.${connectorIds.indexOf(id) + 1}:${port}`;
}

/** Returns the bytes of a feed. One record in twenty is rejected. */
export function feedOf(connector: string, day: Day): string {
  const first = day === "tonight" ? 8 : 0;
  const count = day === "shorter" ? records - 3 : records;
  const all = Array.from({ length: count + first }, (_, index) => ({
    id: `${connector}-${index}`,
    titre: index % 20 === 19 ? "" : `Aide ${index} de ${connector}${day === "tonight" && index % 3 > 0 ? ", reconduite" : ""}`,
    texte: `<p>${"Une aide aux communes rurales. ".repeat(20)}</p>`,
    fin: index % 5 === 0 ? "2027-02-30" : "2027-06-30",
  }));
  return JSON.stringify(day === "tonight" ? all.filter((_, index) => index >= 4 && (index < records - 3 || index >= records)) : all);
}
