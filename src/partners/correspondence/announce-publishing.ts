import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { StandingDecision } from "../../model/plan/standing-decision.ts";
import { type LetterMaker, makeCourtesy } from "./make-letter.ts";

/**
 * Makes a courtesy letter, to be read and sent by a person, for each connector whose aids runs publish from now on: its publisher hears of the
 * first publication, with the list. Connectors with such a letter, and those without an aid to show, get none. Returns the connectors with a
 * new letter.
 */
export async function announcePublishing(
  catalogue: Catalogue,
  connectors: readonly LoadedConnector[],
  decision: Pick<StandingDecision, "connector" | "publisher">,
  environment: Readonly<Record<string, string | undefined>>,
  maker: Omit<LetterMaker, "token">,
): Promise<readonly string[]> {
  const announced: string[] = [];
  for (const id of await catalogue.standingDecisions.connectorsOf(decision)) {
    const connector = connectors.find(({ definition }) => definition.id === id);
    if (connector === undefined) continue;
    const letters = await catalogue.letters.list(id);
    if (letters.some(({ kind, revokedAt }) => kind === "courtesy" && revokedAt === null)) continue;
    const made = await makeCourtesy(catalogue, connector, environment, { ...maker, token: null });
    if (!("refused" in made)) announced.push(id);
  }
  return announced;
}
