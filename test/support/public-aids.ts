import type { Aid } from "../../src/model/aid/aid.ts";
import type { PublicAid } from "../../src/model/aid/public-aid.ts";
import { withoutPeopleInAid } from "../../src/privacy/without-people-in-aid.ts";
import { type AidSource, eachAid } from "../../src/publish/exports/is-exported.ts";

/** Passes aids through the gate for people, as public outputs require. */
export async function* publicAids(aids: AidSource<Aid>): AsyncGenerator<PublicAid> {
  for await (const aid of eachAid(aids)) yield withoutPeopleInAid(aid, "keep");
}
