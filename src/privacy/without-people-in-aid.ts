import { type Aid, type AidContent, isEmptyValue, type Organisation } from "../model/aid/aid.ts";
import { emptyValue } from "../model/aid/canonical-value.ts";
import { type AidField, aidFields, factsOf, fieldsWhere } from "../model/aid/field-table.ts";
import type { PublicAid } from "../model/aid/public-aid.ts";
import type { PeoplePolicy } from "../model/publisher/people-policy.ts";
import type { Perimeter } from "../model/territories/perimeter.ts";
import { findPerimeter } from "../model/territories/perimeters.ts";
import { type KnownServices, noServices, peopleBut, type ServicesOfAid, servicesOf } from "./doubts.ts";
import { type ContactPolicy, htmlWithoutPeople } from "./html-without-people.ts";
import { textWithoutPeople, titleWithoutPeople } from "./text-without-people.ts";

/**
 * Removes people, their addresses and numbers from all texts of an aid, for the public. Services and their mailboxes stay. `contacts`:
 * `leave-out` removes the whole contact. `services`: doubtful people who are services. This is the gate that every public output passes.
 */
export function withoutPeopleInAid(aid: Aid, contacts: ContactPolicy, services: KnownServices = noServices): PublicAid {
  return { ...standingOf(aid), ...contentWithoutPeople(aid, contacts, services) } as PublicAid;
}

/** Returns the fields that the gate has emptied, because they name people. Their publisher fills them. */
export function leftOutOf(whole: AidContent, open: AidContent): AidField[] {
  return aidFields.filter((field) => !isEmptyValue(whole[field]) && isEmptyValue(open[field]));
}

/** Returns the members of an aid that are not of its content. */
function standingOf({ aidId, connector, externalId, status, withdrawnAt, missingForPublication, missingForDescription, ...rest }: Aid) {
  const identity = { aidId, connector, externalId, status, withdrawnAt, missingForPublication, missingForDescription };
  return rest.filledByMoisson === undefined ? identity : { ...identity, filledByMoisson: rest.filledByMoisson };
}

/** Returns an aid for the operator's own site, as the publisher's policy allows; its contact, if the connector does too. */
export function aidForOwnSite(aid: Aid, policy: PeoplePolicy, contacts: ContactPolicy, services: KnownServices = noServices): PublicAid {
  const open = withoutPeopleInAid(aid, contacts, services);
  if (policy === "service") return open;
  const contact = Object.fromEntries([...contactFields].map((field) => [field, (contacts === "keep" ? aid : open)[field]]));
  const texts = policy === "all" ? Object.fromEntries(aidFields.map((field) => [field, aid[field]])) : {};
  return { ...open, ...texts, ...contact } as PublicAid;
}

/** Does the same for the content of an aid, by the table of fields, so that nothing else goes out. */
export function contentWithoutPeople(content: AidContent, contacts: ContactPolicy, services: KnownServices = noServices): AidContent {
  const open: Record<string, unknown> = {};
  const known = servicesOf(services, content);
  for (const field of aidFields) {
    open[field] = contacts === "leave-out" && contactFields.has(field) ? emptyValue(field) : valueWithoutPeople(field, content, known);
  }
  const gated = open as AidContent;
  // It holds the title.
  if (gated.name !== content.name) gated.siteSlug = null;
  if (contacts !== "leave-out") gated.contact = contactOrPage(content, gated);
  return gated;
}

/** The fields that an output leaves out together. */
const contactFields: ReadonlySet<AidField> = new Set(fieldsWhere((facts) => "people" in facts && facts.people === "contact"));

function valueWithoutPeople(field: AidField, content: AidContent, services: ServicesOfAid): unknown {
  const value: unknown = content[field];
  if (field === "contactPhone") return isNobodysPhone(content, services) ? value : null;
  const { kind } = factsOf(field);
  switch (kind) {
    case "title":
      return titleWithoutPeople(value as string, services);
    case "line":
      return textWithoutPeople(value as string | null, services);
    case "html":
      return htmlWithoutPeople(value as string | null, "mailbox", services);
    case "link":
      return showsPerson(value as string | null, services) ? null : value;
    case "list":
      return (value as readonly string[]).flatMap((text) => textWithoutPeople(text, services) ?? []);
    case "organisations":
      return (value as readonly Organisation[]).flatMap((organisation) => organisationWithoutPeople(organisation, services));
    case "places":
      return (value as readonly Perimeter[]).map(officialPlace);
    case "date":
    case "time":
    case "language":
    case "flag":
    case "percent":
    case "euros":
    case "term":
    case "terms":
    case "licence":
      return value;
    default:
      return kind satisfies never;
  }
}

/** Returns a territory with its name of the official lists, and the code as the name of an unknown one that names a person. */
function officialPlace(place: Perimeter): Perimeter {
  if (peopleBut(noServices, place.name).length === 0) return place;
  const name = findPerimeter(place)?.perimeter.name ?? place.code;
  return name === place.name ? place : { ...place, name };
}

/** Returns false for a number after a name: it belongs to that person, so all parts of the contact are checked together. */
function isNobodysPhone({ contact, contactDetail, contactEmail, contactPhone }: AidContent, services: ServicesOfAid): boolean {
  if (contactPhone === null) return true;
  const together = [contact, contactDetail, contactEmail, contactPhone].filter((part) => part !== null).join("\n");
  return !endsWithPerson(together, services);
}

/** A link, an address, a number or a postal code. */
const usable = /<a\s|@|https?:|www\.|\d{2}[ .\u00a0-]?\d{2}[ .\u00a0-]?\d{2}|(?<!\d)3\d{3}(?!\d)|(?<!\d)\d{5}(?!\d)/i;

/** Returns the contact, and the publisher's page if the gate left no way to reach a service. */
function contactOrPage(before: AidContent, open: AidContent): string | null {
  if (before.contact === open.contact || before.contact === null) return open.contact;
  const others = [open.contactEmail, open.contactPhone, open.contactDetail].join(" ");
  const page = open.originUrl ?? open.applicationUrl;
  if (page === null || usable.test(others) || usable.test(open.contact ?? "")) return open.contact;
  const address = page.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `${open.contact ?? ""}<p><a href="${address}" rel="noopener">Voir le contact sur la page du producteur</a></p>`;
}

/** Returns true if a text ends with a person or a personal number. */
function endsWithPerson(text: string, services: ServicesOfAid): boolean {
  return peopleBut(services, text).some(({ end }) => end >= text.trimEnd().length - 1);
}

function showsPerson(link: string | null, services: ServicesOfAid): boolean {
  return link !== null && peopleBut(services, link).length > 0;
}

function organisationWithoutPeople(organisation: Organisation, services: ServicesOfAid): Organisation[] {
  const name = textWithoutPeople(organisation.name, services);
  return name === null ? [] : [name === organisation.name ? organisation : { ...organisation, name }];
}
