import type { GuardCode, GuardFinding } from "../../model/plan/guard.ts";

type Params = NonNullable<GuardFinding["params"]>;

const sentences: Record<GuardCode, (finding: GuardFinding, params: Params) => string> = {
  "path-missing": (_, p) => pathMissing(p),
  "rare-path-missing": (_, p) => pathMissing(p),
  "field-held": (g, p) => `${g.field} keeps its last values since ${p.day}, because ${p.by} holds it${p.note ? ` (${p.note})` : ""}`,
  "values-moved": (g, p) =>
    `${g.found} of ${p.of} aids now have, as ${namedFields(p)}, what another field contained ${shareThatHolds(g, p)}`,
  "titles-changed": (g, p) => `${g.found} of ${p.of} aids have a title without a word of the old one ${shareThatHolds(g, p)}`,
  "texts-shrunk": (g, p) => `${g.found} of ${p.of} aids lose more than half of their text (${namedFields(p)}) ${shareThatHolds(g, p)}`,
  "markup-appeared": (g, p) => `tags such as <p> become visible in ${g.found} of ${p.of} aids (${namedFields(p)}) ${shareThatHolds(g, p)}`,
  "characters-broken": (g, p) =>
    `accents or signs become unreadable in ${g.found} of ${p.of} aids (${namedFields(p)}) ${shareThatHolds(g, p)}`,
  "language-changed": (g, p) => `the texts of ${g.found} of ${p.of} aids are no longer in French ${shareThatHolds(g, p)}`,
  "dates-swapped": (g, p) =>
    `day and month of dates change places in ${g.found} of ${p.of} aids (${namedFields(p)}) ${shareThatHolds(g, p)}`,
  "nothing-received": (_, p) => `the feed contains no records${p.pastDay ? `; on ${p.pastDay} it contained ${p.pastReceived}` : ""}`,
  "none-valid": (_, p) =>
    `not one record of the feed could be kept${p.received === undefined ? "" : `: ${p.received} received, ${p.rejected} rejected, ${p.skipped} skipped`}`,
  "fewer-than-expected": (g) => `${g.found} valid records, where a healthy feed of this publisher has ${g.limit} at least`,
  "aids-gone": (g, p) => `${g.found} of ${p.of} aids are no longer in the feed ${shareThatHolds(g, p)}`,
  "new-ids": (g, p) =>
    `${g.found} of ${p.of} aids have identifiers that we do not know ${shareThatHolds(g, p)}${p.renamed ? `; ${p.renamed} of them are known under another identifier` : ""}`,
  "records-rejected": (g, p) => `${g.found} of ${p.of} records could not be kept ${shareThatHolds(g, p)}`,
  "field-emptied": (g, p) =>
    `${g.field}: ${g.found} of ${p.of} are empty; ${p.pastDay ? `on ${p.pastDay}, ${p.pastEmpty} of ${p.pastOf} were` : `${g.limit} hold`}`,
  "deadlines-past": (g, p) => `all ${g.found} deadlines of the feed are past; it closes ${p.closed} aids that were open`,
  "links-moved": (g, p) => `${g.found} of ${p.of} aids link to a host that this publisher never had ${shareThatHolds(g, p)}`,
  "dates-month-first": (g, p) =>
    `${g.field}: none of ${p.of ?? g.found} dates is after the twelfth of a month; somebody probably swapped day and month, and other dates are lost`,
  "first-run-of-draft": (g) => `the first run of a draft waits for a person, with ${g.found === 1 ? "1 aid" : `${g.found} aids`}`,
  "undone-before": (_, p) => `a run of this very feed was undone by ${p.by} on ${p.day}`,
  "unmapped-risen": (g, p) =>
    `${g.found} records have words that nobody has mapped; in ${p.runs === 1 ? "the last run" : `the last ${p.runs} runs`} at most ${p.highest} had`,
  "dates-swapped-elsewhere": (g, p) =>
    `no day is after the twelfth of a month, and day and month are swapped in ${g.found} of ${p.of} aids whose dates differ from ${p.from}`,
  "known-elsewhere": (g, p) =>
    `${g.found} of ${p.of} new aids are already in the catalogue, from ${p.from}${linkedToo(p.linked)}${also(p.maybe)}`,
  "sources-contradict": (g, p) => `${g.found} of ${p.of} aids contradict ${p.from} on dates, amounts, rates, audiences or territory`,
  "content-repeated": (g, p) => `the same ${g.field ?? "description"} is in ${g.found} of ${p.of} new or changed aids`,
  "dates-conventional": (g) => `${g.field}: all ${g.found} dates of new or changed aids are on the first of a month or on 31 December`,
  "deadlines-expired": (g) => `all ${g.found} deadlines of new or changed aids are past`,
};

function pathMissing({ path, was, wasOf, fields, to, same, of }: Params): string {
  const serves = fields === undefined || fields === "" ? "" : `; the connector makes ${namedFields({ fields })} of it`;
  const replaced = to === undefined ? "" : `; "${to}" probably replaces it: ${same} of ${of} aids say the same`;
  return `"${path}" is missing from the feed, which filled it in ${was} of ${wasOf} records${replaced}${serves}`;
}

function namedFields({ fields = "" }: Params): string {
  return String(fields).split(",").join(", ");
}

/** Returns the share that a guard found, and the share that trips it. */
function shareThatHolds({ found }: GuardFinding, { of, share }: Params): string {
  const percent = (part: number) => `${Math.round(100 * part)} %`;
  return `(${percent(found / Number(of))}; ${percent(Number(share))} holds)`;
}

/** Describes the finding of a guard: two numbers and examples. */
export function guardMessage(finding: GuardFinding): string {
  const sentence = sentences[finding.code](finding, finding.params ?? {});
  return finding.examples.length === 0 ? sentence : `${sentence}, for example ${finding.examples.join(", ")}`;
}

function linkedToo(linked: string | number | undefined): string {
  return Number(linked ?? 0) === 0 ? "" : `; ${linked} of them are linked to it`;
}

function also(maybe: string | number | undefined): string {
  return Number(maybe ?? 0) === 0 ? "" : `; ${maybe} more may be`;
}
