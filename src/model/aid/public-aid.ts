import type { Aid } from "./aid.ts";

declare const withoutPeople: unique symbol;

/** An aid without the people who may not go out. Only `privacy/without-people-in-aid.ts` makes it, so that no output forgets the gate. */
export type PublicAid = Aid & { readonly [withoutPeople]: true };
