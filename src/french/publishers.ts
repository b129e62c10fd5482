import type { ConnectorInput } from "../kit/definition.ts";

type Kind = ConnectorInput["publisher"]["kind"];

const kinds: Readonly<Record<Kind, string>> = {
  ministry: "ministère",
  agency: "agence ou opérateur de l’État",
  "state-service": "service déconcentré de l’État",
  region: "région",
  department: "département",
  collectivity: "autre collectivité",
  "water-agency": "agence de l’eau",
  "public-bank": "banque publique",
  european: "institution européenne",
  aggregator: "agrégateur d’aides",
  any: "autre",
};

/** What a publisher is, in French. */
export function publisherKindWord(kind: Kind): string {
  return kinds[kind];
}
