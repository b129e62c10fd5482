import { type ChosenPair, type MovePair, type MovePreview, type MoveRefusal, planMove } from "../../curation/move-connector.ts";
import { applyActs } from "../../curation/plan-acts.ts";
import { retiredReason, returnedReason } from "../../french/moves.ts";
import type { CommandContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { inert } from "../printable.ts";
import { reasonWords } from "../render/plan-words.ts";

/** Maximum number of aids listed of each kind. `--json` lists all. */
const maxListed = 20;

/** Makes a plan that moves the aids of a connector to another one, and applies it with `--yes` if nothing is doubtful. */
export async function moveConnector(
  context: CommandContext,
  from: string,
  to: string,
  flags: CuratorFlags & { pair?: string[]; yes?: true; json?: true },
): Promise<void> {
  const chosen = (flags.pair ?? []).map(chosenPair);
  const [old, next] = [await context.connector(from), await context.connector(to)];
  await context.withCatalogue(async (catalogue, { clock }) => {
    const { terminal, environment } = context;
    const curator = curatorOf(flags, environment, clock.now());
    const reasons = { retired: retiredReason(to), returned: returnedReason(from) };
    const moved = await planMove(catalogue, curator, { from: old.definition, to: next.definition }, reasons, chosen);
    if ("refused" in moved) throw new NotDone(refusalMessage(moved.refused, { from, to }));
    const { preview, plan } = moved;
    const isApplied = flags.yes === true && preview.doubts.length === 0;
    if (isApplied) await applyActs(catalogue, plan.planId, curator, true);
    if (flags.json) {
      terminal.out(JSON.stringify({ plan: plan.planId, applied: isApplied, ...previewJson(preview) }, null, 2));
    } else {
      terminal.out(renderPreview(preview, { from, to }).join("\n"));
      const id = plan.planId.slice(0, 8);
      terminal.out(
        isApplied
          ? `applied: ${from} is paused; run ${to} next; \`moisson undo ${id}\` reverts this`
          : `nothing has changed yet: \`moisson plan apply ${id}\` moves the aids`,
      );
    }
    if (flags.yes === true && !isApplied)
      throw new NotDone("not applied: decide the doubtful pairs with --pair, or apply the plan without them");
  });
}

function chosenPair(text: string): ChosenPair {
  const [old = "", next = "", ...more] = text.split("=");
  if (old === "" || next === "" || more.length > 0) throw new WrongUse(`--pair ${text}: expected <old identifier>=<new identifier>`);
  return { old, next };
}

function refusalMessage({ code, aids }: MoveRefusal, { from, to }: { readonly from: string; readonly to: string }): string {
  const named = aids.slice(0, maxListed).join(", ");
  const messages: Readonly<Record<MoveRefusal["code"], string>> = {
    "same-connector": "both connectors are the same",
    "another-publisher": `${from} and ${to} belong to different publishers`,
    "no-aids": `the catalogue has no aid of ${from}`,
    "nothing-read": `${to} has read no aid yet: run \`moisson run ${to} --dry-run\` first`,
    "already-imported": `${to} has already imported ${aids.length} of these aids (${named}): undo that run, then run \`moisson run ${to} --dry-run\``,
    "unknown-pair": `no such aids, or named twice: ${named}`,
    "nothing-to-move": `no aid of ${from} is certainly in the feed of ${to}; name pairs with --pair`,
  };
  return messages[code];
}

function renderPreview({ pairs, doubts, missing, added }: MovePreview, names: { readonly from: string; readonly to: string }): string[] {
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : [
          `${lines.length} ${title}`,
          ...lines.slice(0, maxListed).map((line) => `  ${inert(line)}`),
          ...(lines.length > maxListed ? [`  … and ${lines.length - maxListed} more`] : []),
        ];
  return [
    ...part(`aids move from ${names.from} to ${names.to}`, pairs.map(pairLine)),
    ...part("doubtful pairs, for a person to decide (--pair)", doubts.map(pairLine)),
    ...part(
      "aids are not in the new feed and stay as they are",
      missing.map(({ externalId, title }) => `${externalId}  ${title}`),
    ),
    ...part(
      "aids are new: the next run creates them",
      added.map(({ externalId, title }) => `${externalId}  ${title}`),
    ),
  ];
}

function pairLine({ old, next, match: { certainty, reasons } }: MovePair): string {
  const why = reasons.map((reason) => reasonWords[reason]).join(", ");
  return `${old.externalId} → ${next.externalId}  ${next.title} (${Math.floor(certainty * 100)} %${why === "" ? "" : `: ${why}`})`;
}

function previewJson({ pairs, doubts, missing, added }: MovePreview) {
  const aid = ({ aidId, externalId, title }: MovePair["old"]) => ({ aidId, externalId, title });
  const pair = ({ old, next, match }: MovePair) => ({ ...aid(old), newExternalId: next.externalId, newTitle: next.title, ...match });
  return { pairs: pairs.map(pair), doubts: doubts.map(pair), missing: missing.map(aid), added: added.map(aid) };
}
