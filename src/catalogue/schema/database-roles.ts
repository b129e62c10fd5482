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
      const tables = await transaction.rows<{ name: string }>(sql`
        select relname as name from pg_class where relnamespace = ${this.schema}::regnamespace and relkind in ('r', 'v') order by relname`);
      for (const process of serverProcesses) {
        const statements = [
          ...rightsStatements(
            roleOf(process),
            this.schema,
            tables.map(({ name }) => name),
            processRights[process],
          ),
          ...(process === "worker" ? ownQueueStatements(roleOf(process)) : []),
        ];
        for (const statement of statements) await transaction.rows(sql.raw(statement));
      }
      return serverProcesses.map(roleOf);
    });
  }

  async #create(transaction: Store, passwords: RolePasswords): Promise<void> {
    const { isAllowed } = await transaction.row<{ isAllowed: boolean }>(
      sql`select rolsuper or rolcreaterole as "isAllowed" from pg_roles where rolname = current_user`,
    );
    const known = await transaction.rows<{ name: string }>(sql`select rolname as name from pg_roles`);
    for (const process of serverProcesses) {
      const role = roleOf(process);
      const isKnown = known.some(({ name }) => name === role);
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

/** Returns the statements that replace a role's rights on our tables. */
function rightsStatements(role: string, schema: string, tables: readonly string[], rights: ProcessRights): string[] {
  const { select, insert = [], update = [], delete: removals = [], sequences = [], othersExcept } = rights;
  const named = new Set([...select, ...insert, ...update, ...removals].map(tableOf));
  const others = othersExcept === undefined ? [] : tables.filter((table) => !named.has(table) && !othersExcept.includes(table));
  const grant = (right: string, what: string) => {
    const [table, columns = ""] = [tableOf(what), /\(.*\)/.exec(what)?.[0]];
    return `grant ${right} ${columns} on ${schema}.${table} to ${role}`;
  };
  return [
    `revoke all on all tables in schema ${schema} from ${role}`,
    `revoke all on all sequences in schema ${schema} from ${role}`,
    `grant usage on schema ${schema} to ${role}`,
    ...select.map((what) => grant("select", what)),
    ...insert.map((what) => grant("insert", what)),
    ...update.map((what) => grant("update", what)),
    ...removals.map((what) => grant("delete", what)),
    ...others.map((table) => grant("select, insert, update, delete", table)),
    ...sequences.map((sequence) => `grant usage on sequence ${schema}.${sequence} to ${role}`),
  ];
}

function tableOf(what: string): string {
  return what.split(" ")[0] ?? what;
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
