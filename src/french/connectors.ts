import type { Connector } from "../kit/definition.ts";
import { french } from "./typography.ts";

/** How a connector stands: as its definition says; paused by a person; refused, or gone, where there is no definition that can be read. */
export type ConnectorState = Connector["state"] | "halted" | "refused" | "gone";

const words: Readonly<Record<ConnectorState, string>> = {
  active: "actif",
  draft: "brouillon",
  paused: "suspendu",
  retired: "fermé",
  halted: "en pause",
  refused: "refusé",
  gone: "disparu",
};

/** How a connector stands, in a word. */
export function connectorStateWord(state: ConnectorState): string {
  return words[state];
}

const sentences: Readonly<Record<ConnectorState, string>> = {
  active: "Ce connecteur est collecté.",
  draft: french`Ce connecteur est un brouillon : il n'est pas collecté de lui-même, et sa première collecte attend l'accord d'une personne.`,
  paused: french`Ce connecteur est suspendu par sa définition : il n'est plus collecté de lui-même.`,
  retired: french`Ce connecteur est fermé par sa définition : il n'est plus collecté.`,
  halted: french`Quelqu'un a mis ce connecteur en pause : il n'est plus collecté de lui-même.`,
  refused: french`Sa définition est refusée : il n'est plus collecté tant qu'elle n'est pas corrigée.`,
  gone: french`Sa définition n'existe plus : il n'est plus collecté.`,
};

/** How a connector stands, and what it means. */
export function connectorStateMessage(state: ConnectorState): string {
  return sentences[state];
}
