import type { ReuseBasisName, ReuseExclusion } from "../../model/aid/reuse-basis.ts";

/** Legal bases for the command line. */
export const basisInWords: Readonly<Record<ReuseBasisName, string>> = {
  licence: "open licence of the records",
  crpa: "public information of an administration (CRPA L321-1)",
  "ec-reuse": "documents of the European Commission (2011/833/EU)",
  agreement: "agreement of the publisher",
  unknown: "unknown",
};

/** Questions about exclusions. "no" allows the reuse. */
export const exclusionQuestions: Readonly<Record<ReuseExclusion, string>> = {
  "third-party-rights": "do others have rights on the texts (CRPA L321-2)?",
  "competitive-service": "is it a database of an industrial or commercial service open to competition (CRPA L321-3)?",
  "personal-data": "does the published part of the records contain personal data (CRPA L322-2)?",
  "private-publisher": "is the publisher private, or does it gather the aids of others?",
  "no-reuse-by-others": "does the agreement cover our site only, and not reuse by others?",
};
