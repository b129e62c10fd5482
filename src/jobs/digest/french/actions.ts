import { frenchDay } from "../../../french/dates.ts";
import { french, sentence } from "../../../french/typography.ts";
import type { PublisherAction } from "../../../model/run/digest.ts";
import { type DigestLine, type DigestSection, section, step } from "./lines.ts";

/** Actions that are written out: more than a morning holds are a list, not a page. */
const actionsShown = 10;

/** What is to be done about publishers by today, one person of ours after the other, and what is nobody's last; nothing where nothing is due. */
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

/** Of one person the oldest first, as they come. */
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

/** The list of what is due, beside the pages of the publishers. */
function listAddress([first]: readonly PublisherAction[]): string {
  return `${first?.page.replace(/\/[^/]*$/, "") ?? "/producteurs"}?action=due`;
}
