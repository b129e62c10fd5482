import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { scaleName } from "../../../french/scales.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import type { Perimeter } from "../../../model/territories/perimeter.ts";
import { findPerimeter } from "../../../model/territories/perimeters.ts";
import { publisherOf } from "../../../registry/survey/publisher-of.ts";
import type { Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { answersOf } from "./draft-steps.ts";

/** A publisher as it is written at the first step. */
export type Written = Readonly<Record<"nom" | "nature" | "territoire" | "site" | "licence" | "accord" | "contact" | "connecteur", string>>;

/** What was written at the step. */
export function readWritten(form: Form): Written {
  const text = (name: string) => form.text(name).slice(0, 300);
  return {
    nom: text("nom"),
    nature: text("nature"),
    territoire: text("territoire"),
    site: text("site"),
    licence: text("licence"),
    accord: text("accord"),
    contact: text("contact"),
    connecteur: text("connecteur"),
  };
}

/** What was said before; else what is known of the publisher that the draft was begun for; else what the name tells. */
export async function writtenOf(visit: Visit, draft: Draft): Promise<Written> {
  const { publisher } = answersOf(draft);
  if (publisher !== undefined) {
    const { name, kind, territory, website = "", licence, agreement, contact, id } = publisher;
    return { nom: name, nature: kind, territoire: inWords(territory), site: website, licence, accord: agreement, contact, connecteur: id };
  }
  const id = await freeId(visit, idOf(draft.title));
  const begunFor = await visit.catalogue.publishers.ofDraft(draft.draftId);
  if (begunFor !== null) return { ...writtenFor(begunFor, id), contact: await knownContact(visit, begunFor) };
  const found = publisherOf(id, { name: draft.title });
  const guessed = "publisher" in found ? found : null;
  return {
    nom: draft.title,
    nature: guessed?.publisher.kind ?? "any",
    territoire: guessed?.territory ? inWords(`${guessed.territory.scale}:${guessed.territory.code}`) : "",
    site: "",
    licence: "unknown",
    accord: "",
    contact: "",
    connecteur: id,
  };
}

function writtenFor({ name, kind, territory, website, licence, agreedOn, agreementDocument }: StoredPublisher, id: string): Written {
  const where = territory === null ? "" : inWords(territory);
  const agreement = licence === "agreement" ? (agreementDocument ?? agreedOn ?? "") : "";
  const agreed = { licence: licence ?? "unknown", accord: agreement };
  return { nom: name, nature: kind, territoire: where, site: website ?? "", ...agreed, contact: "", connecteur: id };
}

/** Who gets its letters, else whoever is noted first; "" for nobody. */
async function knownContact({ catalogue }: Visit, { publisherId }: StoredPublisher): Promise<string> {
  const [contact] = await catalogue.contacts.of(publisherId);
  if (contact === undefined) return "";
  return [contact.name, contact.role, contact.email ?? contact.phone].filter((part) => part !== null).join(", ");
}

function inWords(territory: string): string {
  const ref = refOf(territory);
  const found = ref === undefined ? undefined : findPerimeter(ref)?.perimeter;
  return found === undefined ? territory : territoryInWords(found);
}

/** `Drôme (département 26)`: as `readTerritory` reads it back. */
export function territoryInWords({ name, scale, code }: Perimeter): string {
  return `${name} (${scaleName(scale)} ${code})`;
}

/** A name that a connector may have: `Région Bretagne` gives `region-bretagne`. */
function idOf(name: string): string {
  const words = foldTerm(name).replace(/[^a-z0-9]+/g, "-");
  return words.replace(/^[^a-z]+|-+$/g, "").slice(0, 60);
}

/** A publisher may have several connectors: the second is proposed with a 2. */
async function freeId({ console: { jobs } }: Visit, wanted: string): Promise<string> {
  const taken = new Set((await jobs.connectors()).map(({ definition: { id } }) => id));
  let id = wanted;
  for (let number = 2; taken.has(id); number++) id = `${wanted}-${number}`;
  return id;
}
