import { mayAs } from "../../../aid/role.ts";
import { clientNetwork } from "../../../platform/client-network.ts";
import { french } from "../../../texts/fr-typography.ts";
import { type ActRoute, NotFound } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { busyPage } from "./busy-page.tsx";

const windowMs = 3_600_000;
/** Files from one address in an hour. */
const mostAnHour = 10;
/** Forms that are read or checked at the same time, of all, and of one address. */
const mostAtOnce = 4;
const mostOfOne = 2;

const going = new Map<string, number>();

/** True for who brings publishers in: nobody counts their files. */
export function isOurs({ visitor }: Pick<Visit, "visitor">): boolean {
  return visitor?.role != null && mayAs(visitor.role, "bizdev");
}

/** @throws NotFound where the page is not open to who asks */
export function checkIsOpen(visit: Visit): void {
  if (!visit.console.settings.isCheckPublic && !isOurs(visit)) throw new NotFound("Cette page n’est pas ouverte ici.");
}

/** Lets few files in at once, and few of one address; says when to come again. The form is read only once it is let in. */
export const admitCheck: NonNullable<ActRoute["admit"]> = async (visit, work) => {
  checkIsOpen(visit);
  const from = clientNetwork(visit.client);
  const ofOne = going.get(from) ?? 0;
  const all = [...going.values()].reduce((sum, count) => sum + count, 0);
  if (all >= mostAtOnce || ofOne >= mostOfOne)
    return busyPage(503, french`Plusieurs fichiers sont vérifiés en ce moment. Recommencez dans une minute.`, 60);
  going.set(from, ofOne + 1);
  try {
    // Counted once there is room: who is told that it is busy has had nothing checked.
    return isOurs(visit) || (await mayCheck(visit, from)) ? await work() : tooManyPage();
  } finally {
    const left = (going.get(from) ?? 1) - 1;
    if (left > 0) going.set(from, left);
    else going.delete(from);
  }
};

function tooManyPage(): ReturnType<typeof busyPage> {
  return busyPage(
    429,
    french`Vous avez fait vérifier ${mostAnHour} fichiers en une heure : c'est le plus que ce service peut faire pour une même adresse. Recommencez dans une heure.`,
    windowMs / 1000,
  );
}

/** Counted in the database, so that all processes count together; noted before it is counted, so that many at once are not all let in. */
async function mayCheck({ catalogue: { sessions }, now }: Visit, from: string): Promise<boolean> {
  const who = [`check:${from}`];
  const since = new Date(now.getTime() - windowMs);
  // Who is told to wait does not wait longer for trying.
  if ((await sessions.countTries(who, since)) >= mostAnHour) return false;
  await sessions.addTry(who, now);
  return (await sessions.countTries(who, since)) <= mostAnHour;
}
