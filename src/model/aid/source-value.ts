import type { AidField } from "./aid.ts";

/** Fields for publication that can be the same in all aids of a source, in the order of the form. */
export const sourceFields = [
  "aidTypes",
  "mobilizationSteps",
  "destinations",
  "targetedAudiences",
  "categories",
  "recurrence",
  "financers",
  "perimeters",
  "contact",
  "originUrl",
] as const satisfies readonly AidField[];
export type SourceField = (typeof sourceFields)[number];

/** The reason for a proposed value of a source. */
export type SourceReason =
  /** `agreeing` of the `of` aids that say anything about the field support the weakest term. `example`: what an aid says. */
  | { readonly kind: "texts"; readonly agreeing: number; readonly of: number; readonly example: string }
  /** Usual for publishers of this kind, or for aids of the proposed types. */
  | { readonly kind: "usual" }
  /** The texts do not say clearly which steps of a project the aids are for, so all are proposed. */
  | { readonly kind: "unclear" }
  | { readonly kind: "publisher" }
  /** The publisher's website, or the site of the aids' own links. */
  | { readonly kind: "website"; readonly from: "publisher" | "links" }
  | { readonly kind: "no-deadline" };

/** A field that some aids of a source lack for publication, and the value that a person may choose for all of them. It is never sure. */
export interface SourceValue {
  readonly field: SourceField;
  /** Number of aids that lack the field. */
  readonly lacking: number;
  /** The proposed value as a person would write it: slugs, `region:53`, a name, an address. None without a proposal. */
  readonly values: readonly string[];
  /** Null without a proposal. */
  readonly reason: SourceReason | null;
  /** Number of these aids whose title names a term of the field. Null for fields without such words. */
  readonly named: number | null;
}
