import { type CompiledConnector, compileConnector } from "../../src/ingest/map/compile-connector.ts";
import type { Rule } from "../../src/kit/field-rules.ts";
import { readRule } from "../../src/kit/rules/read-rule.ts";
import type { AidContent, AidField } from "../../src/model/aid/aid.ts";
import type { LoadedConnector } from "../../src/registry/load-connectors.ts";
import { type OwnFeed, ownFeed, type Values } from "./own-feed.ts";
import { brokenPromises } from "./promises.ts";
import { type BytesRun, type Fate, runBytes } from "./run-bytes.ts";

/** A field of an aid, or its identifier. */
export type Field = AidField | "externalId";

/** A record that was kept. */
export type Kept = Extract<Fate, { kind: "kept" }>;

/** A connector on the bench: its own feed, what comes out of it as it is, and a way to run it with something else in it. */
export interface Bench {
  readonly connector: LoadedConnector;
  readonly compiled: CompiledConnector;
  readonly feed: OwnFeed;
  /** The feed written again, and nothing changed. */
  readonly plain: BytesRun;
  /** Positions of the records that are kept, in the feed's order. */
  readonly kept: readonly number[];
  /** What the promises say that was broken, by the case that was being run. */
  readonly broken: string[];
  ruleOf(field: Field): Rule | undefined;
  /** The value of a field for a record, and the codes of what its rule says. */
  read(field: Field, record: Values): { value: unknown; codes: string[] };
  /** Runs the feed with these records in place of those at these positions; further positions are added behind. */
  run(name: string, changed: ReadonlyMap<number, Values>): Promise<BytesRun>;
  /** Runs other bytes; `untouched`: positions of records that must come out as they do from the plain feed. */
  runBytes(name: string, bytes: Uint8Array, untouched?: readonly number[]): Promise<BytesRun>;
}

/** Puts a connector on the bench with a scenario of its fixtures; null where there is none of this number (from 0). */
export async function benchOf(connector: LoadedConnector, folder: string, scenario = 0): Promise<Bench | null> {
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
  const { placeholders, baseUrl, terms, connector } = compiled;
  const context = {
    values,
    placeholders,
    baseUrl,
    terms,
    timeZone: connector.timeZone,
    report: ({ code }: { code: string }) => void codes.push(code),
  };
  return { value: readRule(rule, context), codes };
}

/** A field of an aid that was kept. */
export function fieldOf(fate: Kept, field: Field): AidContent[AidField] | string {
  return field === "externalId" ? fate.externalId : fate.content[field];
}
