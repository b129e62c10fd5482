import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { type Comparison, compareWithLive, type LiveCatalogue } from "../../curation/adopt-live-aids.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import type { CommandContext } from "../context.ts";
import { notComparedMessage } from "../english/adoption.ts";
import { liveAidJson, livePairJson, ownAidJson } from "../render/live-pair.ts";
import { differencesByField, renderComparison } from "../render/render-comparison.ts";
import { adoptingConnector } from "./live-export.ts";

/**
 * Compares the plan of a dry run with the live aids, prints it unless `asJson`, and returns it for `--json`. Held plans are compared too. Returns null if the
 * feed was not read completely.
 */
export async function showComparison(
  context: CommandContext,
  catalogue: Catalogue,
  report: RunReport,
  live: LiveCatalogue,
  asJson: boolean,
): Promise<unknown> {
  const { terminal } = context;
  if (!goodOutcomes.has(report.outcome) && report.outcome !== "held") {
    terminal.err(notComparedMessage(live.file));
    return null;
  }
  const connector = await adoptingConnector(context, report.connector);
  const comparison = await compareWithLive(catalogue, connector, report.planId, live);
  if (!asJson) terminal.out(renderComparison(comparison, live, terminal.colors, terminal.columns));
  return comparisonJson(comparison, live);
}

function comparisonJson({ pairs, doubts, onlyLive, onlyOwn, ofOthers }: Comparison, live: LiveCatalogue): unknown {
  const differing = pairs.filter(({ differences }) => differences.length > 0).length;
  return {
    from: live.file,
    counts: {
      live: live.aids.length,
      same: pairs.length - differing,
      differing,
      doubts: doubts.length,
      onlyLive: onlyLive.length,
      onlyOwn: onlyOwn.length,
      ofOthers,
    },
    fields: differencesByField(pairs),
    pairs: pairs.map(({ differences, ...pair }) => ({ ...livePairJson(pair), differences })),
    doubts: doubts.map(livePairJson),
    onlyLive: onlyLive.map(liveAidJson),
    onlyOwn: onlyOwn.map(ownAidJson),
  };
}
