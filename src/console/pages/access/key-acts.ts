import { secretNames } from "../../../kit/secret-names.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { connectorAt, keysPage } from "./keys-page.tsx";

/** Longest key: a chain of certificates fits. */
const longestKey = 100_000;

const keep: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/cles",
  who: "bizdev",
  act: "key.keep",
  async perform(visit, form) {
    const connector = await connectorAt(visit);
    const name = nameIn(secretNames(connector.feed), form.text("nom"));
    const { secret } = visit.console.settings;
    if (secret === null) throw new CannotDo("MOISSON_SECRET manque : aucune clé ne peut être enregistrée.", 503);
    const value = form.text("valeur");
    const problem = problemOf(value);
    if (problem !== undefined) return keysPage(visit, connector, { [name]: problem });
    await visit.catalogue.secrets.keep({ name, by: visitorOf(visit).name, at: visit.now }, value, secret);
    return {
      message: `La clé ${name} est enregistrée.`,
      to: `/connecteurs/${connector.id}/cles`,
      subject: `connecteur ${connector.id}`,
      details: { name },
    };
  },
};

const remove: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/cles/retrait",
  who: "bizdev",
  act: "key.remove",
  async perform(visit, form) {
    const connector = await connectorAt(visit);
    const name = nameIn(secretNames(connector.feed), form.text("nom"));
    if (!(await visit.catalogue.secrets.remove(name))) throw new CannotDo("Cette clé n’est pas enregistrée ici.", 409);
    return {
      message: `La clé ${name} est retirée.`,
      to: `/connecteurs/${connector.id}/cles`,
      subject: `connecteur ${connector.id}`,
      details: { name },
    };
  },
};

function nameIn(names: readonly string[], asked: string): string {
  const name = names.find((one) => one === asked);
  if (name === undefined) throw new CannotDo("Ce connecteur ne demande pas de clé de ce nom.");
  return name;
}

function problemOf(value: string): string | undefined {
  if (value === "") return "La clé est vide.";
  if (value.length > longestKey) return "La clé est trop longue.";
  return undefined;
}

/** Typing a key, and taking it back. */
export const keyActs: readonly ActRoute[] = [keep, remove];
