import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { type ServerProcess, serverProcesses } from "../../platform/process-variables.ts";
import { CatalogueRefused } from "../connection/storage-failure.ts";
import type { Store } from "../store.ts";
import { type ProcessRights, processRights } from "./process-rights.ts";

/** Passwords of roles to set, by process. Without one, the password stays as it is; a new role then has none. */
export type RolePasswords = Readonly<Partial<Record<ServerProcess, string>>>;

/** Returns the database role of a process. */
export function roleOf(process: ServerProcess): string {
  return `moisson_${process}`;
}

/** Returns the process that uses a database role, or null for any other role, such as the owner of the tables. */
export function processOf(role: string): ServerProcess | null {
  return serverProcesses.find((process) => roleOf(process) === role) ?? null;
}

/** The database roles of the processes. The owner of the tables creates them. */
export class DatabaseRoles {
  constructor(
    private readonly store: Store,
    private readonly schema: string,
  ) {}

  /** Creates missing roles, and gives every role exactly its rights. Returns the names of the roles. Throws `CatalogueRefused`. */
  async update(passwords: RolePasswords): Promise<string[]> {
    return this.store.transaction(async (transaction) => {
      await this.#create(transaction, passwords);
      const tables = await this.#tables(transaction);
      for (const process of serverProcesses) {
        const statements = [
          ...rightsStatements(roleOf(process), this.schema, grantsOf(processRights[process], tables)),
          ...(process === "worker" ? ownQueueStatements(roleOf(process)) : []),
        ];
        for (const statement of statements) await transaction.rows(sql.raw(statement));
      }
      return serverProcesses.map(roleOf);
    });
  }

  /** Returns the rights that the role of this connection lacks for its process, such as `select on aids`. */
  async lacking(process: ServerProcess): Promise<string[]> {
    const wanted = grantsOf(processRights[process], await this.#tables(this.store)).map((grant) => ({ ...grant, name: nameOf(grant) }));
    return this.store.values<string>(sql`
      select name from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted (name text, "right" text, object text, columns text[])
      where case
        when "right" = 'usage' then not has_sequence_privilege(${this.schema} || '.' || object, 'usage')
        when columns = '{}' then not has_table_privilege(${this.schema} || '.' || object, "right")
        else exists (select from unnest(columns) as "column" where not has_column_privilege(${this.schema} || '.' || object, "column", "right"))
      end order by name`);
  }

  async #tables(store: Store): Promise<string[]> {
    return store.values<string>(sql`
      select relname as name from pg_class where relnamespace = ${this.schema}::regnamespace and relkind in ('r', 'v') order by relname`);
  }

  async #create(transaction: Store, passwords: RolePasswords): Promise<void> {
    const isAllowed = await transaction.value<boolean>(
      sql`select rolsuper or rolcreaterole as "isAllowed" from pg_roles where rolname = current_user`,
    );
    const known = await transaction.set<string>(sql`select rolname as name from pg_roles`);
    for (const process of serverProcesses) {
      const role = roleOf(process);
      const isKnown = known.has(role);
      const password = passwords[process];
      if (isKnown && password === undefined) continue;
      if (!isAllowed) {
        const message = `The user of DATABASE_URL may not create the role ${role}: use one with CREATEROLE, such as postgres.`;
        throw new CatalogueRefused("roles-refused", { role }, message);
      }
      // Hashed here, so that the server's log contains no password.
      const secret = password === undefined ? "" : ` password '${scramOf(password)}'`;
      await transaction.rows(sql.raw(`${isKnown ? "alter" : "create"} role ${role} login${secret}`));
    }
  }
}

/** A right on a table, on columns of it, or on a sequence (`usage`). */
interface Grant {
  readonly right: "select" | "insert" | "update" | "delete" | "truncate" | "usage";
  readonly object: string;
  /** Empty: the whole table. */
  readonly columns: readonly string[];
}

/** Lists the rights of a process one by one. `tables`: names of all tables and views. */
function grantsOf({ select, sequences = [], othersExcept, ...writes }: ProcessRights, tables: readonly string[]): Grant[] {
  const named = [
    ...rightOn("select", select),
    ...(["insert", "update", "delete", "truncate"] as const).flatMap((right) => rightOn(right, writes[right] ?? [])),
  ];
  const isNamed = new Set(named.map(({ object }) => object));
  const others = othersExcept === undefined ? [] : tables.filter((table) => !isNamed.has(table) && !othersExcept.includes(table));
  return [
    ...named,
    ...(["select", "insert", "update", "delete"] as const).flatMap((right) => rightOn(right, others)),
    ...rightOn("usage", sequences),
  ];
}

function rightOn(right: Grant["right"], objects: readonly string[]): Grant[] {
  return objects.map((text) => {
    const [, object = text, columns] = /^(\S+) \((.*)\)$/.exec(text) ?? [];
    return { right, object, columns: columns?.split(", ") ?? [] };
  });
}

function nameOf({ right, object, columns }: Grant): string {
  return `${right} on ${object}${columns.length === 0 ? "" : ` (${columns.join(", ")})`}`;
}

/** Returns the statements that replace a role's rights on our tables. */
function rightsStatements(role: string, schema: string, grants: readonly Grant[]): string[] {
  return [
    `revoke all on all tables in schema ${schema} from ${role}`,
    `revoke all on all sequences in schema ${schema} from ${role}`,
    `grant usage on schema ${schema} to ${role}`,
    ...grants.map(({ right, object, columns }) => {
      const list = columns.length === 0 ? "" : ` (${columns.join(", ")})`;
      return `grant ${right}${list} on ${right === "usage" ? "sequence " : ""}${schema}.${object} to ${role}`;
    }),
  ];
}

/**
 * Returns the statements that let a role own the queue on PostgreSQL, which migrates its own schema. A queue of another owner is dropped: it
 * contains only ids of runs, and workers fill it again from the catalogue.
 */
function ownQueueStatements(role: string): string[] {
  return [
    `do $$ begin
      if exists (select from pg_namespace where nspname = 'moisson_queue' and nspowner <> '${role}'::regrole) then drop schema moisson_queue cascade; end if;
      execute format('grant create on database %I to ${role}', current_database());
    end $$`,
  ];
}

const iterations = 4096;

/** Returns the SCRAM-SHA-256 hash of a password (RFC 5803), as PostgreSQL stores it. */
function scramOf(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize("NFKC"), salt, iterations, 32, "sha256");
  const keyed = (text: string) => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(keyed("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${keyed("Server Key").toString("base64")}`;
}
