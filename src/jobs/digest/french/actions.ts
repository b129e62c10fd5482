import { frenchDay } from "../../../french/dates.ts";
import { french, sentence } from "../../../french/typography.ts";
import type { PublisherAction } from "../../../model/run/digest.ts";
import { type DigestLine, type DigestSection, section, step } from "./lines.ts";

/** Actions written in full; more of them are a list, not a page. */
const actionsShown = 10;

/** Section of actions due by today, grouped by person, unassigned last; empty if nothing is due. */
export function actionsSection(actions: readonly PublisherAction[]): DigestSection[] {
  const shown = [...actions.slice(0, actionsShown)].sort(byPerson);
  const left = actions.length - shown.length;
  return section("Prochaines actions avec les producteurs", shown.map(lineOf), step("Les voir toutes", listAddress(actions))).map(
    (one) => ({
      ...one,
      count: actions.length,
      left,
    }),
  );
}

/** Keeps each person's actions in order, oldest first. */
function byPerson({ personInCharge: a }: PublisherAction, { personInCharge: b }: PublisherAction): number {
  if (a === b) return 0;
  return a === null ? 1 : b === null ? -1 : a.localeCompare(b, "fr");
}

function lineOf({ publisher, personInCharge, action, dueOn, isOverdue, page }: PublisherAction): DigestLine {
  const when = isOverdue ? french`En retard depuis le ${frenchDay(dueOn)}` : "Aujourd’hui";
  return {
    who: personInCharge === null ? french`${publisher}, que personne ne suit` : french`${publisher}, suivi par ${personInCharge}`,
    what: [french`${when} : ${sentence(action)}`],
    next: [step("Ouvrir sa page", page)],
  };
}

/** Address of the list of due actions. */
function listAddress([first]: readonly PublisherAction[]): string {
  return `${first?.page.replace(/\/[^/]*$/, "") ?? "/producteurs"}?action=due`;
}
