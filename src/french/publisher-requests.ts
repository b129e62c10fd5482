import type { RequestKind } from "../model/publisher/publisher-request.ts";
import { frenchDay } from "./dates.ts";
import { french } from "./typography.ts";

/** What a publisher asks for, in a few words. */
export const requestKindNames: Readonly<Record<RequestKind, string>> = {
  correction: "Corriger une aide",
  removal: "Retirer une aide",
  stop: "Ne plus lire le site",
};

/** Returns the note of a rejection that a publisher asked for. */
export function removalNote(day: string): string {
  return french`Retirée à la demande de son producteur, du ${frenchDay(day)}.`;
}

/** Returns why a connector is paused and its aids are withdrawn after its publisher asked us to stop. */
export function stopReason(host: string, day: string): string {
  return french`Le producteur de ${host} a demandé, le ${frenchDay(day)}, de ne plus lire son site.`;
}
