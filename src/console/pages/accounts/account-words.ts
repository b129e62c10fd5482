import type { Person } from "../../../catalogue/accounts/people-repository.ts";
import type { Session } from "../../../catalogue/accounts/session-repository.ts";
import { roleLabels } from "../../../french/roles.ts";
import { french } from "../../../french/typography.ts";
import { type Role, roles } from "../../../model/publisher/role.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { roleOn } from "../../access/account-kind.ts";
import { choice, Invalid, optionalChoice } from "../../forms/form.tsx";
import { formatDay } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";

/** Permissions that a role adds to those of lower roles. */
const permissions: Readonly<Record<Role, string>> = {
  read: "tout voir, ne rien changer",
  bizdev: "relire les aides, traduire les mots, accueillir des producteurs",
  ops: "lancer des collectes, appliquer et défaire des plans",
  admin: "donner des rôles, lire le journal",
};

/** Fields of a person's role. */
export function roleFields(now: Date) {
  return {
    role: {
      label: "Rôle",
      ...optionalChoice(
        choice(roles, (role) => french`${roleLabels[role]} : ${permissions[role]}`, "Choisissez un rôle."),
        "aucun rôle",
      ),
    },
    jusque: {
      label: "Dernier jour du rôle",
      hint: "Vide : sans fin. Le lendemain, le rôle n’est plus là, sans déconnexion.",
      type: "date",
      maxLength: 10,
      read: (text: string) => readLastDay(text, now),
    },
  } as const;
}

/** Returns the role of a person and its end: `exploitation, jusqu’au 31 décembre 2026`. */
export function roleOfPerson({ role, roleUntil }: Person, now: Date): string {
  if (role === null) return "aucun rôle";
  if (roleUntil === null) return roleLabels[role];
  return roleOn({ role, roleUntil }, now) === null
    ? french`aucun rôle : « ${roleLabels[role]} » a pris fin le ${formatDay(roleUntil)}`
    : `${roleLabels[role]}, jusqu’au ${formatDay(roleUntil)} compris`;
}

/** Returns the name of the external sign-in. */
function providerName({ console: { settings } }: Visit): string {
  return settings.oidc?.name ?? "connexion externe";
}

/** Returns the ways in which a person can sign in. `visit`: null for an exported file, which does not name the provider. */
export function signInWays({ hasPassword, usesSingleSignOn }: Person, visit: Visit | null): string {
  const provider = visit === null ? "connexion externe" : providerName(visit);
  const ways = [hasPassword ? "mot de passe" : null, usesSingleSignOn ? provider : null].filter((way) => way !== null);
  return ways.length === 0 ? "lien à usage unique seulement" : ways.join(", ");
}

/** Returns the way in which a session was opened. */
export function sessionWay(way: Session["way"], visit: Visit): string {
  return { password: "mot de passe", oidc: providerName(visit), link: "lien à usage unique" }[way];
}

function readLastDay(text: string, now: Date): string | null | Invalid {
  if (text === "") return null;
  if (!isDay(text)) return new Invalid(french`Cette date n'existe pas : écrivez-la comme 2026-12-31.`);
  return text < parisDay(now) ? new Invalid(french`Cette date est passée : le rôle ne durerait pas.`) : text;
}

/** Returns browser and system of a User-Agent header: `Firefox, Windows`. */
export function browserLabel(agent: string): string {
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
