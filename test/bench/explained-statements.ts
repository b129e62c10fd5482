import { sql } from "drizzle-orm";
import pg from "pg";
import type { Store } from "../../src/catalogue/store.ts";

/** A statement that the server has executed and explained. */
export interface ExplainedStatement {
  readonly text: string;
  readonly ms: number;
  /** Pages of 8 kB read, from memory or disk. */
  readonly pages: number;
  /** Rows read from each table, including those that did not match. */
  readonly rowsRead: ReadonlyMap<string, number>;
  /** Rows that all nodes of the plan have processed, including those that did not match. */
  readonly rows: number;
  /** The plan as JSON. */
  readonly plan: string;
}

/** A node of a plan, as `auto_explain` writes it. */
interface PlanNode {
  readonly "Relation Name"?: string;
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly "Rows Removed by Join Filter"?: number;
  readonly "Shared Hit Blocks"?: number;
  readonly "Shared Read Blocks"?: number;
  readonly Plans?: readonly PlanNode[];
}

const explained: ExplainedStatement[] = [];

/** Returns the statements executed since the last call, in the order of their end. */
export function takeExplained(): readonly ExplainedStatement[] {
  return explained.splice(0);
}

/**
 * Makes the server explain every statement of later connections to this database, and this process collect the plans. Requires a
 * superuser.
 */
export async function explainStatements(store: Store): Promise<void> {
  const { name } = await store.row<{ name: string }>(sql`select current_database() as name`);
  const settings = {
    session_preload_libraries: "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_format": "json",
    "auto_explain.log_level": "notice",
    // A parameter may have megabytes.
    "auto_explain.log_parameter_max_length": "0",
  };
  for (const [setting, value] of Object.entries(settings)) {
    await store.rows(sql.raw(`alter database ${name} set ${setting} = '${value}'`));
  }
  pg.Client.prototype.emit = emitCollecting;
}

const emit = pg.Client.prototype.emit;

function emitCollecting(this: pg.Client, event: string | symbol, ...args: unknown[]): boolean {
  if (event === "notice") collect(String((args[0] as { message?: string }).message));
  return emit.call(this, event, ...args);
}

function collect(message: string): void {
  const [, ms, json] = /^duration: ([\d.]+) ms {2}plan:\n(.*)$/s.exec(message) ?? [];
  if (ms === undefined || json === undefined) return;
  const { "Query Text": text, Plan: plan } = JSON.parse(json) as { "Query Text": string; Plan: PlanNode };
  const rowsRead = new Map<string, number>();
  const rows = countRows(plan, rowsRead);
  const pages = (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0);
  explained.push({ text, ms: Number(ms), pages, rowsRead, rows, plan: json });
}

/** Adds the rows of a node and of those below it by table. Returns all that they have processed. */
function countRows(node: PlanNode, rowsRead: Map<string, number>): number {
  const perLoop = (node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  const loops = node["Actual Loops"] ?? 1;
  const table = node["Relation Name"];
  if (table !== undefined) rowsRead.set(table, (rowsRead.get(table) ?? 0) + perLoop * loops);
  const below = (node.Plans ?? []).map((inner) => countRows(inner, rowsRead));
  return below.reduce((sum, rows) => sum + rows, (perLoop + (node["Rows Removed by Join Filter"] ?? 0)) * loops);
}
