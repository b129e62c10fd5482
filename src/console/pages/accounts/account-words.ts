import type { Person } from "../../../catalogue/accounts/people-repository.ts";
import type { Session } from "../../../catalogue/accounts/session-repository.ts";
import { french } from "../../../french/typography.ts";
import { type Role, roles } from "../../../model/publisher/role.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { roleOn } from "../../access/sign-in.ts";
import { roleLabels } from "../../layout/refused-page.tsx";
import type { Choice } from "../../parts/form.tsx";
import { formatDay } from "../../parts/time.ts";

const whatFor: Readonly<Record<Role, string>> = {
  read: "tout voir, ne rien changer",
  bizdev: "relire les aides, traduire les mots, accueillir des producteurs",
  ops: "lancer des collectes, appliquer et défaire des plans",
  admin: "donner des rôles, lire le journal",
};

/** Roles as a form offers them, each with what it lets do; those above may do the same. */
export const roleChoices: readonly Choice[] = roles.map((role) => ({ value: role, label: french`${roleLabels[role]} : ${whatFor[role]}` }));

/** A role that a form sent; null where it is none. */
export function roleOf(text: string): Role | null {
  return roles.find((role) => role === text) ?? null;
}

/** `exploitation, jusqu’au 31 décembre 2026`. */
export function roleOfPerson({ role, roleUntil }: Person, now: Date): string {
  if (role === null) return "aucun rôle";
  if (roleUntil === null) return roleLabels[role];
  return roleOn({ role, roleUntil }, now) === null
    ? french`aucun rôle : « ${roleLabels[role]} » a pris fin le ${formatDay(roleUntil)}`
    : `${roleLabels[role]}, jusqu’au ${formatDay(roleUntil)} compris`;
}

/** How a person gets in. */
export function waysOf({ hasPassword, isElsewhere }: Person, elsewhere: string): string {
  const ways = [hasPassword ? "mot de passe" : null, isElsewhere ? elsewhere : null].filter((way) => way !== null);
  return ways.length === 0 ? "lien à usage unique seulement" : ways.join(", ");
}

/** How a session began. */
export function wayWord(way: Session["way"], elsewhere: string): string {
  return { password: "mot de passe", oidc: elsewhere, link: "lien à usage unique" }[way];
}

/** What is wrong with the last day of a role; undefined: nothing. */
export function problemOfLastDay(text: string, now: Date): string | undefined {
  if (text === "") return undefined;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    return french`Cette date n'existe pas : écrivez-la comme 2026-12-31.`;
  return text < parisDay(now) ? french`Cette date est passée : le rôle ne durerait pas.` : undefined;
}

/** `Firefox, Windows`: what a browser says that it is, in a few words. */
export function browserWords(agent: string): string {
  const browser = firstOf(agent, { "Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari" });
  const machine = firstOf(agent, {
    Android: "Android",
    iPhone: "iPhone",
    iPad: "iPad",
    Windows: "Windows",
    "Mac OS": "Mac",
    Linux: "Linux",
  });
  return [browser, machine].filter((word) => word !== undefined).join(", ") || "navigateur inconnu";
}

function firstOf(agent: string, words: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(words).find(([sign]) => agent.includes(sign))?.[1];
}
