import { refOf } from "../../../kit/rules/perimeters.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import type { Perimeter } from "../../../model/territories/perimeter.ts";
import { isWithin } from "../../../model/territories/perimeters.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { Filter } from "../../lists/list.ts";
import { requestedTerritories } from "../../parts/territory-label.ts";
import type { Visit } from "../../visit.ts";
import { type PublisherRow, readPublisherRows } from "./read-publisher-rows.ts";

const weekInMs = 7 * 86_400_000;

/** The publishers that a filter of the list asks for, by name. */
export async function filteredPublishers(visit: Visit, filter: Filter): Promise<readonly PublisherRow[]> {
  const { etape, nature, responsable, connecteur, verifier } = filter;
  const inCharge = responsable === "moi" ? visit.visitor?.personId : responsable;
  const words = foldTerm(filter.texte ?? "").split(" ");
  const territories = filter.territoire === undefined ? null : requestedTerritories(filter.territoire);
  return (await readPublisherRows(visit)).filter(
    (row) =>
      hasWords(row, words) &&
      (etape === undefined || row.publisher.stage === etape) &&
      (nature === undefined || row.publisher.kind === nature) &&
      (territories === null || isIn(row, territories)) &&
      (inCharge === undefined || (row.publisher.personInCharge ?? "none") === inCharge) &&
      (filter.action === undefined || hasAction(row, filter.action, visit.now)) &&
      (verifier === undefined || row.doubt === verifier) &&
      (connecteur === undefined || row.connectors > 0 === (connecteur === "with")),
  );
}

function hasWords({ publisher: { name, siren, website } }: PublisherRow, words: readonly string[]): boolean {
  const text = foldTerm(`${name} ${siren ?? ""} ${website ?? ""}`);
  return words.every((word) => text.includes(word));
}

function isIn({ publisher: { territory } }: PublisherRow, territories: readonly Perimeter[]): boolean {
  const ref = territory === null ? undefined : refOf(territory);
  return ref !== undefined && territories.some((outer) => isWithin(ref, outer));
}

function hasAction({ publisher: { nextAction, nextActionOn } }: PublisherRow, asked: string, now: Date): boolean {
  if (asked === "none") return nextAction === null && nextActionOn === null;
  const until = parisDay(asked === "week" ? new Date(now.getTime() + weekInMs) : now);
  return nextActionOn !== null && nextActionOn <= until;
}
