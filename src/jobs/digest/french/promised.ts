import { frenchDay } from "../../../french/dates.ts";
import { counted, french } from "../../../french/typography.ts";
import type { PromisedCorrection } from "../../../model/run/digest.ts";
import { pointTopic } from "../../../partners/letters/french/points.ts";
import { type DigestLine, type DigestSection, section, step, whoIs } from "./lines.ts";

/** Promises written in full; more of them are a list, not a page. */
const promisesShown = 10;

/** Section of promised corrections that are due and missing; empty if nothing is due. */
export function promisedSection(promised: readonly PromisedCorrection[]): DigestSection[] {
  const shown = promised.slice(0, promisesShown);
  const list = `${promised[0]?.page.replace(/\/connecteurs\/.*$/, "") ?? ""}/courriers?etat=promised`;
  return section("Corrections promises par les producteurs", shown.map(lineOf), step("Les voir toutes", list)).map((one) => ({
    ...one,
    count: promised.length,
    left: promised.length - shown.length,
  }));
}

function lineOf({ connector, publisher, code, field, count, plannedFor, isOverdue, page }: PromisedCorrection): DigestLine {
  const when = isOverdue ? french`Promis pour le ${frenchDay(plannedFor)}` : "Promis pour aujourd’hui";
  const left = count === null ? "encore là" : french`encore ${counted(count, "fois", "fois")}`;
  return {
    who: whoIs({ connector, publisher }),
    what: [french`${when}, et ${left} dans ses dernières données : ${pointTopic({ code, field })}.`],
    next: [step("Ouvrir la lettre, et en envoyer un rappel", page)],
  };
}
