import { placeMessage } from "../../../french/places.ts";
import { french } from "../../../french/typography.ts";
import type { TraceHit } from "../../../model/trace/trace.ts";

const places: Readonly<Record<TraceHit["place"], string>> = {
  catalogue: "dans le catalogue",
  plan: "attend dans un plan",
  removed: "supprimée par une annulation",
  rejected: "enregistrement rejeté",
  ours: "une aide de notre propre catalogue",
};

/** Where something that was looked for was found, in a few words without capital or full stop. */
export function placeOfHit({ place }: Pick<TraceHit, "place">): string {
  return places[place];
}

/** Its publisher's identifier, or where the record stood. */
export function nameOfHit({ connector, externalId, seen }: Pick<TraceHit, "connector" | "externalId" | "seen">): string {
  return externalId === null
    ? french`${connector}, sans identifiant (${placeMessage(seen?.locator ?? "?")})`
    : `${connector}/${externalId}`;
}
