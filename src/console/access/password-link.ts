import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { newToken, tokenHash } from "./tokens.ts";

/** For how long a link to choose a password is good, unless it is used, or another one is made. */
export const passwordLinkDays = 3;

/** A link under which a person chooses a password; `url`: address of the console. It is told here and nowhere else: its hash alone is kept. */
export async function passwordLink({ sessions }: Catalogue, url: string, personId: string, now: Date): Promise<string> {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + passwordLinkDays * 86_400_000);
  await sessions.addLink(personId, { tokenHash: tokenHash(token), purpose: "password", expiresAt });
  return `${url}/mot-de-passe/${token}`;
}
