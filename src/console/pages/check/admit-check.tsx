import { french } from "../../../french/typography.ts";
import { mayAs } from "../../../model/publisher/role.ts";
import { clientNetwork } from "../../../platform/client-network.ts";
import { hourMs, isWithinHourlyLimits } from "../../access/attempt-limits.ts";
import { spoolForm } from "../../forms/receive-form.ts";
import { Alert } from "../../parts/alert.tsx";
import { type ActRoute, NotFound, type Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";

/** Files per network and hour. */
const maxPerHour = 10;
/** Maximum number of forms on disk at once, in total and per network. */
const maxReceived = 20;
const maxReceivedPerNetwork = 2;
/** Maximum number of forms in memory at once. */
const maxChecked = 4;

const here = new Map<string, number>();
let checked = 0;

/** True for colleagues, whose files are not limited. */
export function isColleague({ visitor }: Pick<Visit, "visitor">): boolean {
  return visitor?.role != null && mayAs(visitor.role, "bizdev");
}

/** Checks that the visitor may use the page. @throws NotFound */
export function assertCheckIsOpen(visit: Visit): void {
  if (!visit.console.settings.isCheckPublic && !isColleague(visit)) throw new NotFound("Cette page n’est pas ouverte ici.");
}

/**
 * Limits how many files are checked at once, in total and per network; else says when to retry. A form takes a slot only when it is complete, so
 * that slow clients block nobody.
 */
export const admitCheck: NonNullable<ActRoute["admit"]> = async (visit, form, work) => {
  assertCheckIsOpen(visit);
  const from = clientNetwork(visit.client);
  const ofOne = here.get(from) ?? 0;
  const all = [...here.values()].reduce((sum, count) => sum + count, 0);
  if (all >= maxReceived || ofOne >= maxReceivedPerNetwork) return laterPage();
  here.set(from, ofOne + 1);
  try {
    return await spoolForm(form, async (whole) => {
      if (checked >= maxChecked) return laterPage();
      checked += 1;
      try {
        // Count only files that get a slot.
        return isColleague(visit) || (await isWithinHourlyLimits(visit, [[`check:${from}`, maxPerHour]]))
          ? await work(whole)
          : tooManyPage();
      } finally {
        checked -= 1;
      }
    });
  } finally {
    const left = (here.get(from) ?? 1) - 1;
    if (left > 0) here.set(from, left);
    else here.delete(from);
  }
};

function laterPage(): ReturnType<typeof busyPage> {
  return busyPage(503, french`Plusieurs fichiers sont vérifiés en ce moment. Recommencez dans une minute.`, 60);
}

function tooManyPage(): ReturnType<typeof busyPage> {
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
        <Alert kind="warning" isAnnounced>
          <p>{message}</p>
        </Alert>
        <p>Votre fichier n’a pas été lu, et rien n’en a été conservé.</p>
        <p>
          <a class="fr-link" href="/verifier">
            Revenir au formulaire
          </a>
        </p>
      </div>
    ),
  };
}
