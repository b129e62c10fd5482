import type { Slug } from "../vocabularies.ts";

/**
 * Legal bases on which the records of a connector may go out, beside the licence that a record states itself. `licence`: the records state an
 * open licence; `crpa`: public information published by a French administration; `ec-reuse`: documents of the European Commission;
 * `agreement`: the publisher has agreed. A basis is not a licence and is never shown as one.
 */
export const reuseBases = ["licence", "crpa", "ec-reuse", "agreement", "unknown"] as const;

export type ReuseBasisName = (typeof reuseBases)[number];

/** Bases that a person can confirm. An explicit licence needs no confirmation. */
export const confirmableBases = ["crpa", "ec-reuse", "agreement"] as const;

export type ConfirmableBasis = (typeof confirmableBases)[number];

/** Licences of the records that a confirmed basis lets out. A record under an agreement of its own only goes out by an agreement. */
export const licencesLetOut: Readonly<Record<ConfirmableBasis, readonly Slug<"importShareLicence">[]>> = {
  crpa: ["unknown"],
  "ec-reuse": ["unknown"],
  agreement: ["unknown", "agreement"],
};

/** The text that a basis rests on, if the publisher has no page of its own about reuse. */
export const legalTexts: Readonly<Record<ConfirmableBasis, string | null>> = {
  crpa: "https://www.legifrance.gouv.fr/codes/id/LEGISCTA000031367685/",
  "ec-reuse": "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32011D0833",
  agreement: null,
};

/**
 * Reasons that exclude the records of a connector from reuse. `third-party-rights`: intellectual property of others (CRPA L321-2);
 * `competitive-service`: a database of an industrial or commercial service open to competition (L321-3); `personal-data`: people remain in
 * the published records (L322-2); `private-publisher`: the publisher is private, or gathers the aids of others; `no-reuse-by-others`: the
 * agreement covers our site only.
 */
const reuseExclusions = ["third-party-rights", "competitive-service", "personal-data", "private-publisher", "no-reuse-by-others"] as const;

export type ReuseExclusion = (typeof reuseExclusions)[number];

/** Returns the exclusions to ask for before a basis is confirmed, in order. */
export function exclusionsToAsk(basis: ConfirmableBasis): readonly ReuseExclusion[] {
  return reuseExclusions.filter((one) => (basis === "agreement" ? one !== "private-publisher" : one !== "no-reuse-by-others"));
}

/** What a connector's file says about the reuse of its records. Only a proposal: a person confirms it. */
export interface ReuseProposal {
  readonly basis: ReuseBasisName;
  /** Address that the basis rests on, and the day on which somebody read it, `YYYY-MM-DD`. */
  readonly page?: string | undefined;
  readonly seen?: string | undefined;
  readonly note?: string | undefined;
}

/** A confirmed basis, as records show it. */
export interface ConfirmedBasis {
  readonly basis: ConfirmableBasis;
  readonly page: string | null;
  /** Day of the confirmation, `YYYY-MM-DD`, in Paris. */
  readonly confirmed: string;
}

/** Returns the connectors whose proposed basis waits for a person. `inForce`: connectors with a confirmed basis. */
export function basesToConfirm(
  proposals: readonly { readonly id: string; readonly reuse?: ReuseProposal | undefined }[],
  inForce: { has(connector: string): boolean },
): ReadonlySet<string> {
  return new Set(proposals.filter(({ id, reuse }) => isConfirmable(reuse?.basis ?? "unknown") && !inForce.has(id)).map(({ id }) => id));
}

/** Returns true if a proposal can be confirmed. */
export function isConfirmable(basis: ReuseBasisName): basis is ConfirmableBasis {
  return (confirmableBases as readonly string[]).includes(basis);
}
