import { expect, it } from "vitest";
import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import type { LaterRevision, Revertible } from "../../src/catalogue/aids/history-repository.ts";
import { reverseChange } from "../../src/curation/reverse-change.ts";
import type { AidState, Change, ChangeKind } from "../../src/model/plan/plan.ts";
import { emptyMemo, madeContent, madeEdit, testNow } from "../support/made-aids.ts";

const marie = { by: "marie", now: testNow };
const was: AidState = {
  externalId: "a",
  status: "reviewable",
  withdrawnAt: null,
  withdrawnBy: null,
  mergedInto: null,
  watch: null,
  siteUrl: null,
  fieldSources: {},
  fingerprint: "before",
  recordHash: "record before",
  memo: emptyMemo,
};
const watch = { state: "suspended", until: "2027-01-01", reason: null, by: "marie", at: "2026-11-01T09:00:00.000Z" } as const;

function aidNow(changes: Partial<CuratedAid> = {}): CuratedAid {
  const held = { aidId: "id", connector: "region-test", revision: 7, imported: madeContent(), kept: {}, edits: {}, proposals: {} };
  return { ...held, ...was, ...changes };
}

/** Returns an aid's revision that nothing has touched since. */
function done(kind: ChangeKind, before: Partial<AidState>, now: Partial<CuratedAid>, fields: Change["fields"] = {}): Revertible {
  return { aidId: "id", kind, fields, before: { ...was, ...before }, later: [], aid: aidNow(now), isMergedInto: false, isIdTaken: false };
}

it.each<[ChangeKind, Partial<AidState>, Partial<CuratedAid>, ChangeKind, Partial<AidState>]>([
  ["publish", {}, { status: "published" }, "unpublish", { status: "reviewable" }],
  ["unpublish", { status: "published" }, { status: "draft" }, "publish", { status: "published" }],
  ["reject", { status: "published" }, { status: "deleted" }, "restore", { status: "published" }],
  ["restore", { status: "deleted" }, {}, "reject", { status: "deleted" }],
  ["merge", {}, { status: "merged", mergedInto: "other" }, "split", { status: "reviewable", mergedInto: null }],
  ["split", { status: "merged", mergedInto: "other" }, {}, "merge", { status: "merged", mergedInto: "other" }],
  ["withdraw", {}, { withdrawnAt: "2026-11-20" }, "restore", { withdrawnAt: null, withdrawnBy: null }],
  ["withdraw", {}, { withdrawnAt: "2026-11-20", withdrawnBy: "marie" }, "restore", { withdrawnAt: null, withdrawnBy: null }],
  ["restore", { withdrawnAt: "2026-11-20" }, {}, "withdraw", { withdrawnAt: "2026-11-20", withdrawnBy: null }],
  ["suspend", {}, { watch }, "edit", { watch: null }],
  ["restore", { watch }, {}, "suspend", { watch }],
  ["confirm", { watch: { ...watch, state: "confirmed" } }, { watch }, "confirm", { watch: { ...watch, state: "confirmed" } }],
])("%s of %j to %j is taken back by %s", (kind, before, now, reverse, state) => {
  const { change, spared } = reverseChange(done(kind, before, now), marie);
  expect(change).toMatchObject({ kind: reverse, externalId: "a", baseRevision: 7, fields: {} });
  expect(change?.state).toMatchObject(state);
  expect(spared).toBeUndefined();
});

it("undoing the rejection of an aid that is out of its feed keeps it withdrawn", () => {
  const rejected = done("reject", { withdrawnAt: "2026-11-20" }, { status: "deleted", withdrawnAt: "2026-11-20" });
  expect(reverseChange(rejected, marie).change?.state).toMatchObject({
    status: "reviewable",
    withdrawnAt: "2026-11-20",
    withdrawnBy: null,
  });
});

it("reverting an import restores the record data; reverting an edit does not change it", () => {
  const name = { last: "Un", current: "Un", incoming: "Deux", action: "apply" } as const;
  const imported = { ...madeContent(), name: "Deux" };
  expect(
    reverseChange(done("update", {}, { imported, fingerprint: "after", recordHash: "record after" }, { name }), marie).change,
  ).toMatchObject({
    kind: "update",
    fields: { name: { last: "Deux", current: "Deux", incoming: "Un" } },
    state: { fingerprint: "before", recordHash: "record before" },
  });
  const edit = madeEdit("Trois");
  const edited = done("edit", {}, { edits: { name: edit } }, { name: { ...name, incoming: "Trois", after: { edit } } });
  const { change } = reverseChange(edited, marie);
  expect(change).toMatchObject({ kind: "edit", fields: { name: { current: "Trois", incoming: madeContent().name, before: { edit } } } });
  expect(change).not.toHaveProperty("state");
  expect(change?.fields.name).not.toHaveProperty("after.edit");
});

it("reverting an accepted proposal opens it again and shows the earlier value", () => {
  const before = { kept: null, proposal: { at: "2026-11-01T03:00:00.000Z", runId: "run" } };
  const contact = { last: "<p>Neuf</p>", current: null, incoming: "<p>Neuf</p>", action: "apply", before } as const;
  const { change } = reverseChange(done("accept", {}, { imported: madeContent({ contact: "<p>Neuf</p>" }) }, { contact }), marie);
  expect(change).toMatchObject({ kind: "edit", fields: { contact: { current: "<p>Neuf</p>", incoming: null, after: before } } });
});

it("spares a field that has changed, even without a revision; the aid then matches no record", () => {
  const fields: Change["fields"] = {
    name: { last: "Un", current: "Un", incoming: "Deux", action: "apply" },
    shortTitle: { last: null, current: null, incoming: "D", action: "fill" },
  };
  const imported = { ...madeContent(), name: "Quatre", shortTitle: "D" };
  const { change, spared } = reverseChange(done("update", {}, { imported, fingerprint: "after" }, fields), marie);
  expect(Object.keys(change?.fields ?? {})).toEqual(["shortTitle"]);
  expect(change?.state).toEqual({ fingerprint: "", recordHash: null });
  expect(spared).toEqual({ code: "spared", aidId: "id", externalId: "a", params: { fields: ["name"] } });
});

it("spares fields that were changed and changed back; undone revisions do not count", () => {
  const later = (changes: Partial<LaterRevision>): LaterRevision => ({
    planId: "later",
    fields: [],
    before: { ...was, status: "published" },
    undoneBy: null,
    undoes: false,
    ...changes,
  });
  const published = { ...done("publish", {}, { status: "published" }) };
  const back = [later({}), later({ planId: "back", before: { ...was, status: "draft" } })];
  expect(reverseChange({ ...published, later: back }, marie)).toEqual({
    spared: { code: "spared", aidId: "id", externalId: "a", params: { fields: ["status"] } },
  });
  const undone = [later({ undoneBy: "back" }), later({ planId: "back", undoes: true, before: { ...was, status: "draft" } })];
  expect(reverseChange({ ...published, later: undone }, marie).change).toMatchObject({ kind: "unpublish" });
});

it("spares a whole change that did not record the former state; ignores an aid that no longer exists", () => {
  expect(reverseChange({ ...done("update", {}, {}), before: null }, marie)).toMatchObject({ spared: { params: { fields: [] } } });
  expect(reverseChange({ ...done("update", {}, {}), aid: null }, marie)).toEqual({});
});
