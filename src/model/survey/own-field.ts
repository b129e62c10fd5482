import type { AidField } from "../aid/aid.ts";

/** A field of an aid, or its identifier. */
export type OwnField = AidField | "externalId";
