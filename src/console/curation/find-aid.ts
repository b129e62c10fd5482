import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import { french } from "../../french/typography.ts";
import { NotFound } from "../route.ts";
import type { Visit } from "../visit.ts";

/** The aid of a permanent id, with all its layers. @throws NotFound */
export async function findAid({ catalogue }: Visit, aidId: string): Promise<CuratedAid> {
  const { value: page } = await catalogue.aids.curated({ aidId }).next();
  const aid = page?.[0];
  if (aid === undefined)
    throw new NotFound(french`Le catalogue n’a pas cette aide. « Où est mon aide ? » peut dire ce qu’elle est devenue.`);
  return aid;
}
