import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../jobs/own-redis.ts";
import { postgresql } from "../support/catalogues.ts";
import { startMoisson } from "../support/moisson.ts";
import { ownDatabase } from "../support/test-databases.ts";

const servers = [
  { command: "console", port: "MOISSON_CONSOLE_PORT", started: /^console: http/ },
  { command: "public", port: "MOISSON_PUBLIC_PORT", started: /^public pages: http/ },
  { command: "api", port: "MOISSON_API_PORT", started: /^API: http/ },
  { command: "worker", port: "MOISSON_PORT", started: /^working: / },
] as const;

describe.skipIf(postgresql.skipped)(
  `a process that is started while no connection is free${postgresql.skipped ? " (SKIPPED: no PostgreSQL)" : ""}`,
  () => {
    it.each(servers)("waits and tries again: $command", async ({ command, port, started }) => {
      const database = await ownDatabase();
      const owner = new pg.Client({ connectionString: database });
      await owner.connect();
      const role = `waits_${randomBytes(6).toString("hex")}`;
      await owner.query(`create role ${role} login password 'waits' connection limit 0`);
      await owner.query(`grant current_user to ${role}`).catch(() => owner.query(`grant "${owner.user}" to ${role}`));
      onTestFinished(async () => {
        await owner.query(`drop owned by ${role}`).catch(() => undefined);
        await owner.end();
      });
      const url = new URL(database);
      [url.username, url.password] = [role, "waits"];
      const child = startMoisson([command], {
        DATABASE_URL: url.href,
        [port]: String(await freePort()),
        MOISSON_URL: "http://127.0.0.1:1",
        MOISSON_PUBLIC_URL: "http://127.0.0.1:2",
        MOISSON_LOG: "error",
      });
      const ended = new Promise((done) => child.once("close", done));
      onTestFinished(async () => {
        child.kill("SIGKILL");
        await ended;
      });
      const said: string[] = [];
      const lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
      const next = async (wanted: RegExp) => {
        for (let line = await lines.next(); !line.done; line = await lines.next()) {
          said.push(line.value);
          if (wanted.test(line.value)) return line.value;
        }
        throw new Error(`ended after saying ${said.join("\n")}`);
      };
      await next(/trying again/);
      await owner.query(`alter role ${role} connection limit -1`);
      expect(await next(started)).toMatch(started);
    });
  },
);
