import type { AidField } from "../../model/aid/aid.ts";
import names from "./known-names.json" with { type: "json" };

/** A field of an aid, or its identifier. */
export type OwnField = AidField | "externalId";

/**
 * Publishers' names for our fields, French and English, likeliest first, compared by words (`nameWords`). A name with `=` must match as a
 * whole. Long fields without such a name are judged by their values.
 */
export const knownNames: Partial<Readonly<Record<OwnField, readonly string[]>>> = names.fields;

/** Names of introductions, which come first in a description. */
export const leadNames: readonly string[] = names.leads;

/** Names of fields that must not be shown. */
export const privateNames: readonly string[] = names.private;

/** Names of copies for machines, which are never part of a text. */
export const machineNames: readonly string[] = names.machines;
