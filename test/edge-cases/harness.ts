import { type CompiledConnector, compileConnector } from "../../src/ingest/map/compile-connector.ts";
import type { Rule } from "../../src/kit/field-rules.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { readRule } from "../../src/kit/rules/read-rule.ts";
import type { AidContent, AidField } from "../../src/model/aid/aid.ts";
import { type OwnFeed, ownFeed, type Values } from "./own-feed.ts";
import { brokenPromises } from "./promises.ts";
import { type BytesRun, type Fate, runBytes } from "./run-bytes.ts";

/** A field of an aid, or its identifier. */
export type Field = AidField | "externalId";

/** A record that was kept. */
export type Kept = Extract<Fate, { kind: "kept" }>;

/** A connector under test: its own feed, the result for the unchanged feed, and functions to run changed feeds. */
export interface Harness {
  readonly connector: LoadedConnector;
  readonly compiled: CompiledConnector;
  readonly feed: OwnFeed;
  /** The run of the unchanged feed, written again from its records. */
  readonly plain: BytesRun;
  /** Positions of the kept records, in feed order. */
  readonly kept: readonly number[];
  /** Broken promises (see `brokenPromises`), each with its case. */
  readonly broken: string[];
  ruleOf(field: Field): Rule | undefined;
  /** Returns the value of a field for a record, and the codes of its rule's issues. */
  read(field: Field, record: Values): { value: unknown; codes: string[] };
  /** Runs the feed with the records at these positions replaced. Positions past the end are appended. */
  run(name: string, changed: ReadonlyMap<number, Values>): Promise<BytesRun>;
  /** Runs other bytes. `untouched`: positions of records whose result must equal that of the plain feed. */
  runBytes(name: string, bytes: Uint8Array, untouched?: readonly number[]): Promise<BytesRun>;
}

/** Prepares a connector with a scenario of its fixtures (from 0). Returns null if the scenario does not exist. */
export async function harnessOf(connector: LoadedConnector, folder: string, scenario = 0): Promise<Harness | null> {
  const feed = await ownFeed(connector, scenario);
  if (feed === null) return null;
  const compiled = compileConnector(connector.definition, connector.terms);
  const plain = await runBytes(connector, feed.write(feed.records), folder);
  const kept = feed.records.flatMap((_, index) => (plain.fates[index]?.kind === "kept" ? [index] : []));
  const broken: string[] = [];
  const rules = connector.definition.fields as Partial<Record<Field, Rule>>;

  const run = async (name: string, bytes: Uint8Array, untouched: readonly number[]) => {
    const after = await runBytes(connector, bytes, folder);
    broken.push(...brokenPromises(plain, after, untouched).map((promise) => `${name}: ${promise}`));
    return after;
  };
  return {
    connector,
    compiled,
    feed,
    plain,
    kept,
    broken,
    ruleOf: (field) => rules[field],
    read: (field, record) => readWith(compiled, rules[field], record),
    run: (name, changed) => {
      const records = feed.records.map((record, index) => changed.get(index) ?? record);
      const added = [...changed].filter(([index]) => index >= feed.records.length).map(([, record]) => record);
      const untouched = feed.records.flatMap((_, index) => (changed.has(index) ? [] : [index]));
      return run(name, feed.write([...records, ...added]), untouched);
    },
    runBytes: (name, bytes, untouched = []) => run(name, bytes, untouched),
  };
}

function readWith(compiled: CompiledConnector, rule: Rule | undefined, values: Values): { value: unknown; codes: string[] } {
  const codes: string[] = [];
  if (rule === undefined) return { value: null, codes };
  return { value: readRule(rule, { ...compiled.context, values, report: ({ code }) => void codes.push(code) }), codes };
}

/** Returns a field of a kept aid. */
export function fieldOf(fate: Kept, field: Field): AidContent[AidField] | string {
  return field === "externalId" ? fate.externalId : fate.content[field];
}
