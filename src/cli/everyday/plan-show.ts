import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { PlanPart } from "../../catalogue/plans/plan-part.ts";
import type { PlannedChange, PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import type { Connector } from "../../kit/definition.ts";
import { type AidContent, type AidField, aidFields, isEmptyValue } from "../../model/aid/aid.ts";
import type { FieldChange } from "../../model/plan/plan.ts";
import type { RemarkCode } from "../../model/plan/remark.ts";
import type { CommandContext } from "../context.ts";
import { printable } from "../printable.ts";
import { changeJson, planJson } from "../render/change-json.ts";
import { kindsInWords } from "../render/counts-in-words.ts";
import { valueStretches } from "../render/field-difference.ts";
import { layOut } from "../render/lay-out.ts";
import { renderChange } from "../render/render-change.ts";
import { renderPlanHead } from "../render/render-plan-head.ts";
import { remarkLine, renamedLine, renderRemarks } from "../render/render-remarks.ts";
import type { Terminal } from "../terminal.ts";
import { missingAidLines, missingAids } from "./plan-missing.ts";
import { openPlanNamed } from "./plan-named.ts";
import { type PartFlags, partOf } from "./read-plan-part.ts";

/** Options of `moisson plan show`. */
export interface PlanShowFlags extends PartFlags {
  limit?: number;
  whole?: true;
  json?: true;
}

const changesShown = 20;
const aidsNamed = 5;
const remarksAtOnce = 1000;

/** Shows the plan that `named` identifies. */
export async function showNamedPlan(
  { withCatalogue, terminal, connectors }: CommandContext,
  named: string,
  flags: PlanShowFlags,
): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const plan = await openPlanNamed(catalogue, named);
    const known = (await connectors()).connectors.find(({ definition }) => definition.id === plan.connector);
    await showPlan(catalogue, plan, { definition: known?.definition ?? null, now: clock.now() }, terminal, flags);
  });
}

/** The plan's connector, or null if its definition is gone, and the current time. Both say when missing aids are withdrawn. */
interface OfPlan {
  readonly definition: Connector | null;
  readonly now: Date;
}

/** Prints a plan: counts, guards, missing aids and remarks, then its changes page by page. */
export async function showPlan(
  catalogue: Catalogue,
  plan: PlanRecord,
  of: OfPlan,
  terminal: Terminal,
  flags: PlanShowFlags,
): Promise<void> {
  const part = (await partOf(catalogue, plan.planId, flags)) ?? {};
  if (flags.json) return writeJson(catalogue, plan, of, part, terminal, flags.limit);
  terminal.out(await headOf(catalogue, plan, of, terminal.colors));
  const counts = await catalogue.plans.countByKind(plan.planId, part);
  const count = Object.values(counts).reduce((sum, kind) => sum + kind, 0);
  if (count === 0)
    return terminal.out(part.kinds || part.fields || part.aids ? "\nthe selection matches no change of this plan" : "\nno changes");
  const limit = flags.limit ?? changesShown;
  const options = { width: terminal.columns, whole: flags.whole === true };
  for await (const change of changesOf(catalogue, plan.planId, part, limit)) {
    await terminal.write(`\n${printable(renderPlanned(change, terminal.colors, options))}\n`);
  }
  if (count > limit) {
    terminal.out(`\n${limit} of ${count} changes shown (${kindsInWords(counts)}); --limit shows more, --only, --field and --aid choose`);
  }
}

async function headOf(catalogue: Catalogue, plan: PlanRecord, of: OfPlan, colors: Terminal["colors"]): Promise<string> {
  const { planId, state } = plan;
  const publisher = of.definition?.publisher.name ?? "connector removed";
  const left = state === "part-applied" ? [`  left to do    ${kindsInWords(await catalogue.plans.countLeft(planId))}`] : [];
  return [
    renderPlanHead(plan, publisher, colors),
    ...left,
    ...(await missingAidLines(catalogue, plan, of, colors)),
    ...(await remarksOf(catalogue, plan, colors)),
  ].join("\n");
}

async function remarksOf(catalogue: Catalogue, { planId, origin }: PlanRecord, colors: Terminal["colors"]): Promise<string[]> {
  const told = await catalogue.plans.countRemarks(planId);
  // Rejected and merged aids have their own remark. An undo only restores ids, which its changes show.
  const underNewIds = (await catalogue.plans.countByKind(planId, { kinds: ["re-identify"] }))["re-identify"] ?? 0;
  const renamed = origin === "undo" ? 0 : underNewIds - (told["renamed-rejected"] ?? 0);
  const { value: pairs = [] } = renamed === 0 ? {} : await catalogue.plans.changes(planId, { kinds: ["re-identify"] }).next();
  const said =
    renamed === 0 ? [] : [renderRemarks("re-identified", renamed, (pairs as PlannedChange[]).slice(0, aidsNamed).map(renamedLine), colors)];
  const remarks = await catalogue.plans.remarks(planId);
  for (const [code, count] of Object.entries(told) as [RemarkCode, number][]) {
    const first = remarks.filter((remark) => remark.code === code).slice(0, aidsNamed);
    said.push(renderRemarks(code, count, first.map(remarkLine), colors));
  }
  return said;
}

function renderPlanned(change: PlannedChange, colors: Terminal["colors"], options: { width: number; whole: boolean }): string {
  const { title, isDone, content } = change;
  const titleOf = `${title ?? ""}${isDone ? " (applied)" : ""}`;
  const about = content === null ? "" : renderContent(content, colors, options);
  return [renderChange(change, colors, { ...options, titleOf }), about].filter((text) => text !== "").join("\n");
}

/** Yields the changes of a part, with only its fields. */
async function* changesOf(catalogue: Catalogue, planId: string, part: PlanPart, limit: number): AsyncGenerator<PlannedChange> {
  let count = 0;
  for await (const page of catalogue.plans.changes(planId, part)) {
    for (const change of page) {
      if (count++ === limit) return;
      yield part.fields === undefined ? change : { ...change, fields: only(part.fields, change.fields) };
    }
  }
}

function only(chosen: readonly AidField[], fields: PlannedChange["fields"]): PlannedChange["fields"] {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => chosen.some((name) => name === field)));
}

/** Writes the plan as one JSON object while reading it, so that memory does not grow with the plan. */
async function writeJson(
  catalogue: Catalogue,
  plan: PlanRecord,
  of: OfPlan,
  part: PlanPart,
  terminal: Terminal,
  limit = Number.POSITIVE_INFINITY,
): Promise<void> {
  const write = (text: string) => terminal.write(printable(text));
  await write(JSON.stringify(planJson(plan), null, 2).replace(/\n\}$/, ""));
  await writeArray("missing", missingAids(catalogue, plan, of), write);
  await writeArray("remarks", remarkPages(catalogue, plan.planId), write);
  await writeArray("changes", changesOf(catalogue, plan.planId, part, limit), write, changeOfPlan);
  await write("\n}\n");
}

async function writeArray<T>(
  name: string,
  elements: AsyncIterable<T>,
  write: (text: string) => Promise<void>,
  shown: (element: T) => unknown = (element) => element,
): Promise<void> {
  let separator = `,\n  "${name}": [`;
  let end = `${separator}]`;
  for await (const element of elements) {
    await write(`${separator}\n    ${JSON.stringify(shown(element))}`);
    separator = ",";
    end = "\n  ]";
  }
  await write(end);
}

/** Returns a change for `--json`. A creation shows its content as field changes. */
function changeOfPlan({ content, isDone, title, ...change }: PlannedChange): unknown {
  const fields = content === null ? change.fields : created(content);
  return { ...(changeJson({ ...change, fields }) as object), title, done: isDone };
}

function created(content: NonNullable<PlannedChange["content"]>): PlannedChange["fields"] {
  const fields: Partial<Record<AidField, FieldChange>> = {};
  for (const field of aidFields) {
    const incoming = content[field];
    if (incoming !== undefined) fields[field] = { last: null, current: null, incoming, action: "fill" };
  }
  return fields;
}

async function* remarkPages(catalogue: Catalogue, planId: string): AsyncGenerator<unknown> {
  for (let offset = 0; ; offset += remarksAtOnce) {
    const remarks = await catalogue.plans.remarks(planId, remarksAtOnce, offset);
    yield* remarks;
    if (remarks.length < remarksAtOnce) return;
  }
}

/** Fields that summarise an aid. */
const mainFields: ReadonlySet<AidField> = new Set<AidField>([
  "description",
  "originUrl",
  "startDate",
  "submissionDeadline",
  "recurrence",
  "aidTypes",
  "targetedAudiences",
  "categories",
  "financers",
  "perimeters",
]);

const margin = "    ";

/** Renders the filled main fields of a new aid; with `whole`, all filled fields with complete texts. */
function renderContent(content: Partial<AidContent>, colors: Terminal["colors"], options: { width: number; whole: boolean }): string {
  const { width, whole } = options;
  const shown = aidFields.filter((field) => (whole || mainFields.has(field)) && field !== "name" && !isEmptyValue(content[field]));
  const column = Math.max(0, ...shown.map((field) => field.length));
  const beside = margin.length + column + 2;
  return shown
    .flatMap((field) =>
      layOut(valueStretches("shown", field, content[field], whole), colors, Math.max(width - beside, 20)).map(
        (line, place) => `${margin}${place === 0 ? colors.bold(field.padEnd(column)) : " ".repeat(column)}  ${line}`,
      ),
    )
    .join("\n");
}
