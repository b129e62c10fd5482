import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Command } from "commander";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { passwordLink, passwordLinkDays } from "../../console/access/password-link.ts";
import { newToken, tokenHash } from "../../console/access/tokens.ts";
import { type ConsoleSettings, readConsoleSettings } from "../../console/settings.ts";
import { readDigestSettings } from "../../jobs/digest/settings.ts";
import { duties } from "../../jobs/duties.ts";
import type { JobServices } from "../../jobs/job-services.ts";
import { createMetrics } from "../../jobs/metrics.ts";
import { readJobSettings } from "../../jobs/settings.ts";
import { watchConnectors } from "../../jobs/watch-connectors.ts";
import { startWorker, type Worker } from "../../jobs/worker.ts";
import { type Role, roles } from "../../model/publisher/role.ts";
import { readRetention } from "../../platform/read-retention.ts";
import type { StartedApi } from "../../publish/api/start-api.ts";
import { describeProblem } from "../../registry/registry-error.ts";
import type { CommandContext } from "../context.ts";
import { curatorOf } from "../curator-options.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { isLoopback } from "../operation/serve-api.ts";
import { withQueue } from "../queue.ts";
import { apiSettingsBesideConsole, serveApiBesideConsole } from "./api-beside-console.ts";

interface AccountFlags {
  role?: string;
  name?: string;
  by?: string;
}

/** `moisson console`: the web console, and the accounts of those who may use it. */
export function addConsoleCommand(program: Command, open: () => CommandContext): void {
  const console = program
    .command("console")
    .description("serve the web console, until it is stopped; on the embedded catalogue it does the runs too")
    .addHelpText(
      "after",
      `
On the embedded catalogue it listens on this machine only, prints a link that signs you in, and serves the read API on MOISSON_API_PORT (3001; off leaves it out). On
PostgreSQL runs are done by \`moisson worker\`, and the API is served by \`moisson api\`.

Examples:
  moisson console
  moisson console account marie@example.fr --name "Marie Dupont" --role admin`,
    )
    .action(async () => serveConsole(open()));
  console
    .command("account")
    .description("make an account, or give one a role; prints a link under which its person chooses a password, good once, for three days")
    .argument("<e-mail>", "whose account")
    .option("--name <name>", "name of the person (default: the address)")
    .option("--role <role>", `what they may do: ${roles.join(", ")} (default: read)`)
    .option("--by <name>", "who gives it (default: MOISSON_USER, else the name you are logged in under)")
    .addHelpText("after", '\nExample:\n  moisson console account marie@example.fr --name "Marie Dupont" --role admin')
    .action(async (email: string, flags: AccountFlags) => makeAccount(open(), email, flags));
}

async function serveConsole(context: CommandContext): Promise<void> {
  const { config, terminal, folders } = context;
  const settings = readConsoleSettings(config.environment);
  const jobSettings = readJobSettings(config.environment);
  readDigestSettings(config.environment);
  readRetention(config.environment);
  const apiSettings = config.databaseUrl === null ? apiSettingsBesideConsole(config.environment) : null;
  if (config.databaseUrl === null && !isLoopback(settings.host)) {
    throw new WrongUse(
      "on the embedded catalogue the console listens on this machine only: leave MOISSON_CONSOLE_HOST out, or set DATABASE_URL",
    );
  }
  await withQueue(context, (queue) =>
    context.withCatalogue(
      async (catalogue, { onProgress: _, ...services }) => {
        const registry = watchConnectors(folders, catalogue.connectorVersions, ({ problems }) => {
          for (const problem of problems) terminal.err(`refused: ${describeProblem(problem)}`);
        });
        const jobs: JobServices = {
          services,
          queue,
          settings: jobSettings,
          connectors: async () => (await registry()).connectors,
          registry,
        };
        let worker: Worker | null = null;
        let api: StartedApi | null = null;
        // Loaded where it is used: all other commands start twice as fast without it.
        const { startConsole } = await import("../../console/start-console.ts");
        const console = await startConsole(jobs, settings).catch((error: unknown) => {
          throw portTaken(error, settings) ?? error;
        });
        try {
          // Nobody else can open the embedded catalogue while the console has it.
          if (catalogue.kind === "embedded") worker = startWorker(jobs, duties, createMetrics(catalogue, queue));
          terminal.err(`console: ${console.url}; Ctrl-C ends it`);
          api = await serveApiBesideConsole({ catalogue, services, connectors: jobs.connectors, settings: apiSettings }, terminal);
          if (catalogue.kind === "embedded")
            terminal.err(`to get in: ${await ownersLink(catalogue, console.url, services.clock.now())} (good once, for an hour)`);
          else if (await catalogue.people.isEmpty())
            terminal.err("nobody has an account yet: `moisson console account <e-mail> --role admin` makes the first");
          await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
        } finally {
          await api?.close();
          await console.close();
          await worker?.stop();
        }
      },
      { runsAtOnce: 1, logLevel: "warn" },
    ),
  );
}

function portTaken(error: unknown, { port, host }: ConsoleSettings): NotDone | null {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  return isTaken ? new NotDone(`port ${port} of ${host} is taken; MOISSON_CONSOLE_PORT chooses another`) : null;
}

/** Who has the machine has its embedded catalogue: they get in without a password. */
async function ownersLink(catalogue: Catalogue, url: string, now: Date): Promise<string> {
  const email = "local@localhost";
  const found = await catalogue.people.findByEmail(email);
  const personId = found?.personId ?? randomUUID();
  if (found === null)
    await catalogue.people.add({
      personId,
      email,
      name: process.env.MOISSON_USER ?? process.env.USER ?? "local",
      role: "admin",
      by: "moisson console",
      now,
    });
  const token = newToken();
  await catalogue.sessions.addLink(personId, {
    tokenHash: tokenHash(token),
    purpose: "sign-in",
    expiresAt: new Date(now.getTime() + 3_600_000),
  });
  return `${url}/entree/${token}`;
}

async function makeAccount(context: CommandContext, email: string, flags: AccountFlags): Promise<void> {
  const { terminal, environment, config } = context;
  const role = flags.role ?? "read";
  if (!isRole(role)) throw new WrongUse(`--role takes one of ${roles.join(", ")}`);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new WrongUse("an account is named by an e-mail address");
  const settings = readConsoleSettings(config.environment);
  await context.withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    const { by } = curatorOf(flags, environment, now);
    const found = await catalogue.people.findByEmail(email);
    const personId = found?.personId ?? randomUUID();
    if (found === null) await catalogue.people.add({ personId, email, name: flags.name ?? email, role, by, now });
    else if (flags.role !== undefined && !(await catalogue.people.giveRole(personId, role, null)))
      throw new NotDone(`${email} is the last who may give roles for good: give the role admin to somebody else first`);
    const link = await passwordLink(catalogue, settings.url ?? `http://${settings.host}:${settings.port}`, personId, now);
    await catalogue.audit.add({
      act: found === null ? "account.invite" : flags.role !== undefined ? "account.role" : "account.new-link",
      by,
      person: null,
      subject: `compte ${email.toLowerCase()}`,
      details: { role },
      at: now,
    });
    terminal.out(
      `${found === null ? "made" : "found"}: ${email}, role ${found === null || flags.role !== undefined ? role : (found.role ?? "none")}`,
    );
    terminal.out(`to choose a password, within ${passwordLinkDays} days: ${link}`);
  });
}

function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}
