import type { Connector } from "../../../kit/definition.ts";
import { shownAddress } from "../../../platform/shown-address.ts";
import type { Form } from "../../route.ts";
import { readSchedule, type WrittenSchedule, writtenSchedule } from "./read-schedule.ts";

type State = Connector["state"];
/** How a definition may say that a connector stands. */
export const states: readonly State[] = ["draft", "active", "paused", "retired"];
/** Where, when and whether a feed is read, as the form says it. */
export type WrittenCollection = WrittenSchedule & Readonly<Record<"adresse" | "etat" | "parce" | "raison", string>>;
/** What is wrong in the form, by field. */
export type WrongCollection = Partial<Record<keyof WrittenCollection, string>>;

/** An address that holds a secret is not shown: it stays where it is. */
export function addressOf({ feed: { url } }: Connector): string {
  return url === undefined || shownAddress(url) !== url ? "" : url;
}

/** A definition as the form shows it. */
export function writtenCollection(definition: Connector): WrittenCollection {
  const { state, because = "" } = definition;
  return { ...writtenSchedule(definition), adresse: addressOf(definition), etat: state, parce: because, raison: "" };
}

/** What was written in the form. */
export function readWrittenCollection(form: Form): WrittenCollection {
  const text = (name: string) => form.text(name).slice(0, 2000);
  return {
    adresse: text("adresse"),
    rythme: text("rythme"),
    heure: text("heure"),
    jours: text("jours"),
    regle: text("regle"),
    etat: text("etat"),
    parce: text("parce").slice(0, 300),
    raison: text("raison"),
  };
}

/** What changes in the definition; null where something is wrong, which is said by field. */
export function readChange(
  written: WrittenCollection,
  definition: Connector,
): { readonly change: Record<string, unknown> | null; readonly problems: WrongCollection } {
  const schedule = readSchedule(written);
  const state = states.find((known) => known === written.etat);
  const isStopped = state === "paused" || state === "retired";
  const address = readAddress(written.adresse, definition);
  const problems: WrongCollection = {
    ...("problem" in schedule && { [schedule.at]: schedule.problem }),
    ...(state === undefined && { etat: "Choisissez un état." }),
    ...(isStopped && written.parce === "" && { parce: "Dites pourquoi il est suspendu ou fermé." }),
    ...("problem" in address && { adresse: address.problem }),
  };
  if (Object.keys(problems).length > 0 || "problem" in schedule || "problem" in address || state === undefined)
    return { change: null, problems };
  return { change: { ...schedule.change, state, because: isStopped ? written.parce : null, ...address.change }, problems };
}

function readAddress(written: string, definition: Connector): { readonly change: Record<string, unknown> } | { readonly problem: string } {
  if (definition.feed.dataset !== undefined || written === addressOf(definition)) return { change: {} };
  if (!URL.canParse(written) || !/^https?:\/\//.test(written)) return { problem: "Une adresse commence par http:// ou https://." };
  if (shownAddress(written) !== new URL(written).href)
    return { problem: "Une adresse ne contient ni mot de passe ni clé : écrivez la clé à la page des clés." };
  const { urlFrom: _, ...feed } = definition.feed;
  return { change: { feed: { ...feed, url: written } } };
}
