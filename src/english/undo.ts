import type { UndoRefusal, UndoRefusalCode } from "../model/plan/objection.ts";

const refusals: Readonly<Record<UndoRefusalCode, (what: string, params: UndoRefusal["params"]) => string>> = {
  "is-undo": (what, p) =>
    `${what} is an undo itself, which is not undone; ${
      p.connector === undefined
        ? "do again what it took back"
        : `run the feed again instead: moisson run ${p.connector} --snapshot ${p.snapshot?.slice(0, 12)}`
    }`,
  "still-open": (what, p) =>
    `${what} is not applied: there is nothing to undo; \`moisson plan discard ${short(p.plan)}\` drops what it would do`,
  "never-applied": (what) => `${what} was never applied: there is nothing to undo`,
  "changed-nothing": (what) => `${what} changed no aid: there is nothing to undo`,
  undone: (what, p) => `${what} was undone before, by plan ${short(p.by)}`,
  "undo-open": (what, p) =>
    `${what} has an undo that waits: \`moisson plan apply ${short(p.by)}\` does it, \`moisson plan discard ${short(p.by)}\` drops it`,
};

/** Explains why a run or plan cannot be undone, and what to do instead. */
export function undoRefusalMessage({ code, params }: UndoRefusal): string {
  const what = params.run === undefined ? `plan ${short(params.plan)}` : `run ${short(params.run)}`;
  return refusals[code](what, params);
}

function short(id: string | undefined): string {
  return id?.slice(0, 8) ?? "";
}
