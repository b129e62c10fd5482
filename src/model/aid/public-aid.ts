import type { Aid } from "./aid.ts";

declare const withoutPeople: unique symbol;

/**
 * An aid without people, or with those that a recorded policy lets out to the operator's own site. Public outputs accept only this type, and only `privacy/without-people-in-aid.ts` makes it, so that no output
 * can bypass the gate by mistake.
 */
export type PublicAid = Aid & { readonly [withoutPeople]: true };
