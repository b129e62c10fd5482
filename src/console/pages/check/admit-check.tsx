import { french } from "../../../french/typography.ts";
import { clientNetwork } from "../../../platform/client-network.ts";
import { hourMs, isWithinHourlyLimits } from "../../access/attempt-limits.ts";
import { spoolForm } from "../../forms/receive-form.ts";
import { Alert } from "../../parts/alert.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { type ActRoute, NotFound, type Page } from "../../route.ts";
import { hasRole, type Visit } from "../../visit.ts";

/** Maximum number of files per network and hour. */
const maxPerHour = 10;
/** Maximum number of forms on disk at once, in total and per network. */
const maxReceived = 20;
const maxReceivedPerNetwork = 2;
/** Maximum number of forms in memory at once. */
const maxChecked = 4;

/** Number of forms being received or checked, by network. */
const receivedFrom = new Map<string, number>();
let checking = 0;

/** Returns true for colleagues. Limits do not apply to them. */
export function isColleague(visit: Visit): boolean {
  return hasRole(visit, "bizdev");
}

/** Throws `NotFound` if the visitor may not check files. */
export function assertCheckIsOpen(visit: Visit): void {
  if (!visit.console.settings.isCheckPublic && !isColleague(visit)) throw new NotFound("Cette page n’est pas ouverte ici.");
}

/**
 * Limits how many files are received and checked at once, in total and per network. Over a limit, the answer says when to retry.
 * A form takes a slot only when it is complete, so that slow clients block nobody.
 */
export const admitCheck: NonNullable<ActRoute["admit"]> = async (visit, form, work) => {
  assertCheckIsOpen(visit);
  const from = clientNetwork(visit.client);
  const ofOne = receivedFrom.get(from) ?? 0;
  const all = [...receivedFrom.values()].reduce((sum, count) => sum + count, 0);
  if (all >= maxReceived || ofOne >= maxReceivedPerNetwork) return laterPage();
  receivedFrom.set(from, ofOne + 1);
  try {
    return await spoolForm(form, async (whole) => {
      if (checking >= maxChecked) return laterPage();
      checking += 1;
      try {
        // Only files that get a slot count towards the hourly limit.
        return isColleague(visit) || (await isWithinHourlyLimits(visit, [[`check:${from}`, maxPerHour]]))
          ? await work(whole)
          : tooManyPage();
      } finally {
        checking -= 1;
      }
    });
  } finally {
    const left = (receivedFrom.get(from) ?? 1) - 1;
    if (left > 0) receivedFrom.set(from, left);
    else receivedFrom.delete(from);
  }
};

/** Returns the page that asks to come back in a minute. */
export function laterPage(): Page {
  return busyPage(503, french`Plusieurs fichiers sont vérifiés en ce moment. Recommencez dans une minute.`, 60);
}

function tooManyPage(): Page {
  return busyPage(
    429,
    french`Vous avez fait vérifier ${maxPerHour} fichiers en une heure : c'est le plus que ce service peut faire pour une même adresse. Recommencez dans une heure.`,
    hourMs / 1000,
  );
}

/** Returns the page that asks to come back later. `retryAfter`: seconds. */
export function busyPage(status: 429 | 503, message: string, retryAfter: number): Page {
  return {
    title: "Pas pour le moment",
    status,
    retryAfter,
    content: (
      <div class="moisson-narrow">
        <h1>Pas pour le moment</h1>
        <Alert kind="warning" isAnnounced text={message} />
        <p>Votre fichier n’a pas été lu, et rien n’en a été conservé.</p>
        <ParagraphLink href="/verifier" label="Revenir au formulaire" />
      </div>
    ),
  };
}
