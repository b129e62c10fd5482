import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Aid } from "../../model/aid/aid.ts";
import { reasonGone } from "../../model/aid/tombstone.ts";
import { likenessOf } from "../../model/compare/likeness.ts";
import { likelyDuplicates, type PublishedLikeness } from "../../model/compare/match-likenesses.ts";
import type { Match } from "../../model/plan/plan.ts";
import type { CommandContext } from "../context.ts";
import { duplicatesMessage } from "../english/aids.ts";
import { reasonWords } from "../render/plan-words.ts";

type AidHead = Pick<Aid, "aidId" | "connector" | "externalId" | "name" | "status">;

interface DuplicatePair extends Match {
  readonly left: AidHead;
  readonly right: AidHead;
}

const pairsInText = 30;

/** Lists likely duplicates from two publishers, with the reasons. The most certain pairs come first. */
export async function showDuplicates(
  { terminal, withCatalogue }: CommandContext,
  { connector, json, limit }: { connector?: string; json?: true; limit?: number },
): Promise<void> {
  const found = await withCatalogue((catalogue) => duplicatesIn(catalogue, connector));
  const shown = found.slice(0, limit ?? (json ? found.length : pairsInText));
  if (json) return terminal.out(JSON.stringify(shown, null, 2));
  if (found.length === 0) return terminal.out("no likely duplicates");
  for (const { certainty, reasons, left, right } of shown) {
    const why = reasons.map((reason) => reasonWords[reason]).join(", ");
    terminal.out(`${terminal.colors.bold(`${Math.round(certainty * 100)} %`)}  ${why}\n${headLine(left)}\n${headLine(right)}`);
  }
  terminal.err(duplicatesMessage(found.length, shown.length));
}

/** Returns likely duplicates. Leaves out rejected, merged and withdrawn aids. */
async function duplicatesIn(catalogue: Catalogue, connector: string | undefined): Promise<DuplicatePair[]> {
  const heads = new Map<string, AidHead>();
  const likenesses: PublishedLikeness[] = [];
  for await (const page of catalogue.aids.list({ isWithdrawn: false })) {
    for (const aid of page) {
      if (reasonGone(aid) !== null) continue;
      const { aidId, externalId, name, status } = aid;
      heads.set(aidId, { aidId, connector: aid.connector, externalId, name, status });
      likenesses.push({ ...likenessOf(aidId, aid), connector: aid.connector });
    }
  }
  return likelyDuplicates(likenesses, connector ?? null).flatMap(({ left, right, match }) => {
    const [one, other] = [heads.get(left.key), heads.get(right.key)];
    return one === undefined || other === undefined ? [] : [{ ...match, left: one, right: other }];
  });
}

function headLine({ connector, externalId, name, status }: AidHead): string {
  return `       ${connector}/${externalId}  ${name}  (${status})`;
}
