import { expect } from "vitest";
import type { Route } from "../../../src/console/route.ts";
import { routes as consoleRoutes } from "../../../src/console/routes.ts";
import { routes as apiRoutes } from "../../../src/publish/api/api-routes.ts";
import { apiOrigin, consoleOrigin, type Heard, type Outside } from "./outside.ts";
import { agency } from "./poisoned-aids.ts";

const mistakes = [
  "/robots.txt",
  "/sitemap.xml",
  "/.env",
  "/.git/config",
  "/api/v2/aids/",
  "/api/aids/0/0/",
  "/open-data/../aids",
  "/%00",
  "/%zz",
  "/rien",
];

/** Whether people without an account may use the route. */
function isOpen({ who }: Route): boolean {
  return who === "anyone" || who === "public";
}

/** Returns the path with its placeholder replaced by each name. */
export function filled(path: string, names: readonly string[]): string[] {
  return path.includes(":") ? names.map((name) => path.replace(/:\w+(\{[^}]*\})?/g, encodeURIComponent(name))) : [path];
}

export function publicAddresses(names: readonly string[]): string[] {
  const pages = consoleRoutes.filter((route) => route.method === "get" && isOpen(route));
  const records = apiRoutes.flatMap(({ path, parameters }) => {
    const asked = parameters.map(({ name, example }) => `?${name}=${encodeURIComponent(example)}`);
    return ["", ...asked].flatMap((query) => filled(path, names).map((one) => `${apiOrigin}${one}${query}`));
  });
  const lists = [
    "include_expired=true&itemsPerPage=100",
    "changed_since=2020-01-01&itemsPerPage=100",
    `publisher=${agency}`,
    "itemsPerPage=1",
  ];
  return [
    ...pages.flatMap(({ path }) => filled(path, names).map((one) => `${consoleOrigin}${one}`)),
    ...records,
    ...lists.map((query) => `${apiOrigin}/api/aids/?${query}`),
    ...Array.from({ length: 20 }, (_, place) => `${apiOrigin}/recherche/signaler/?aide=${1_000_000 + place}`),
    ...[consoleOrigin, apiOrigin].flatMap((origin) => mistakes.map((path) => `${origin}${path}`)),
  ];
}

/** Sign-in needs a link or an identity provider; keys are exchanged and errors reported by another method. */
const reachedElsewhere = [
  ...["/connexion/externe", "/connexion/retour", "/entree/:jeton", "/mot-de-passe/:jeton"],
  ...["/espace/externe", "/espace/retour", "/espace/deconnexion/externe", "/espace/entree/:jeton"],
  ...["/api/connexion/", "/api/aids/by-id/:id/error-reports/"],
];

/** Returns the routes without a successful answer. A test that gets errors only proves nothing about them. */
export function unreached(answers: ReadonlyMap<string, Heard>): string[] {
  const reached = [...answers].filter(([, { status }]) => status < 400).map(([address]) => new URL(address).pathname);
  const pages = consoleRoutes.filter((route) => route.method === "get" && isOpen(route));
  return [...pages, ...apiRoutes].flatMap(({ path }) => {
    const asked = new RegExp(`^${path.replace(/:\w+(\{[^}]*\})?/g, "[^/]+")}$`);
    return reachedElsewhere.includes(path) || reached.some((one) => asked.test(one)) ? [] : [path];
  });
}

/** Requests every restricted page anonymously. */
export async function behindTheDoor(outside: Outside, names: readonly string[]): Promise<Map<string, Heard>> {
  const answers = new Map<string, Heard>();
  const some = names.filter((_, place) => place % 5 === 0);
  for (const { path } of consoleRoutes.filter((route) => route.method === "get" && !isOpen(route)))
    for (const one of filled(path, some)) {
      const answer = await outside(`${consoleOrigin}${one}`);
      expect.soft(answer.status, one).toBe(303);
      answers.set(one, answer);
    }
  return answers;
}

/** Sends every public form, empty and with a value in each field. */
export async function formsOfAnybody(outside: Outside, names: readonly string[]): Promise<Map<string, Heard>> {
  const answers = new Map<string, Heard>();
  const fields = ["adresse", "mot-de-passe", "reponse", "remarque", "date", "point", "organisme", "retour"];
  for (const { path } of consoleRoutes.filter((route) => route.method === "post" && isOpen(route)))
    for (const one of filled(path, names))
      for (const value of [null, "1", `claire.compte@exemple.fr`]) {
        const body = new FormData();
        body.append("jeton", "personne");
        for (const field of value === null ? [] : fields) body.append(field, value ?? "");
        answers.set(`${one} ${value}`, await outside(`${consoleOrigin}${one}`, { method: "POST", body }));
      }
  return answers;
}
