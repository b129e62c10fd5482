import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { byPublisher } from "../../../model/publisher/letter-answer.ts";
import { NotFound, type Page } from "../../route.ts";
import { param, publisherVisitorOf, type Visit } from "../../visit.ts";
import { anyLetterByToken, revokedPage } from "../letters/find-letter.tsx";

/** A publisher that acts on its own aids: a person with an account, or anybody who has the address of a letter. */
export interface ActingPublisher {
  /** Path of its pages: `/espace`, or `/lettre/<token>`. */
  readonly base: string;
  readonly publisherId: string;
  readonly name: string;
  /** The connectors whose aids it sees. A letter is about one connector. */
  readonly connectors: readonly string[];
  /** Its corrections apply at once, without a curator. */
  readonly isDirect: boolean;
  /** Author of its plans: the person's address, or `producteur`. */
  readonly by: string;
  /** Stored with its plans: the account, or the letter. */
  readonly from: { readonly account: string } | { readonly letter: string };
}

/** Finds who acts, or the page that says why nobody does. */
export type FindActing = (visit: Visit) => Promise<ActingPublisher | { readonly page: Page }>;

/** Returns the publisher of the signed-in person. */
export async function actingByAccount(visit: Visit): Promise<ActingPublisher> {
  const { accountId, publisherId, email, publisher, corrections } = publisherVisitorOf(visit);
  const found = await visit.catalogue.publisherAccounts.publisher(publisherId);
  return {
    base: "/espace",
    publisherId,
    name: publisher,
    connectors: found?.connectors ?? [],
    isDirect: corrections === "direct",
    by: email,
    from: { account: accountId },
  };
}

/** Returns the publisher of a letter. Throws `NotFound` for an unknown address, or a connector without a publisher. */
export const actingByLetter: FindActing = async (visit) => {
  const { publisherAccounts } = visit.catalogue;
  const { letterId, connector, revokedAt } = await anyLetterByToken(visit);
  if (revokedAt !== null) return { page: revokedPage };
  const publisherId = await publisherAccounts.publisherOf(connector);
  const found = publisherId === null ? null : await publisherAccounts.publisher(publisherId);
  if (publisherId === null || found === null) throw new NotFound("Cette lettre n’est rattachée à aucun producteur.");
  return {
    base: `/lettre/${param(visit, "jeton")}`,
    publisherId,
    name: found.name,
    connectors: [connector],
    isDirect: false,
    by: byPublisher,
    from: { letter: letterId },
  };
};

/** Returns the aid of the path. Throws `NotFound` if it is not an aid of this publisher, with the same words as for an unknown id. */
export async function ownAid(visit: Visit, { connectors }: ActingPublisher): Promise<CuratedAid> {
  const { value: page } = await visit.catalogue.aids.curated({ aidId: param(visit, "aide") }).next();
  const aid = page?.[0];
  if (aid === undefined || !connectors.includes(aid.connector)) throw new NotFound("Cette aide n’est pas parmi les vôtres.");
  return aid;
}
