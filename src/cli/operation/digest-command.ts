import { renderDigest } from "../../french/digest/digest.ts";
import { digestWithMessages } from "../../french/digest/json.ts";
import { digestSince, makeDigest } from "../../jobs/digest/deliver-digest.ts";
import { readDigestSettings } from "../../jobs/digest/digest-settings.ts";
import { gatherDigest } from "../../jobs/digest/gather-digest.ts";
import { channelsOf, sendDigest } from "../../jobs/digest/send-digest.ts";
import type { CommandContext, OpenContext } from "../context.ts";
import { deliveryMessage } from "../english/act-refusals.ts";
import { exitCodes, NotDone, WrongUse } from "../exit.ts";
import { inert } from "../printable.ts";
import { dayOrInstant } from "../read-argument.ts";

/** Options of `moisson digest`. */
export interface DigestFlags {
  since?: string;
  json?: true;
  html?: true;
  send?: true;
}

/** Prints or sends the digest. */
export async function digest(open: OpenContext, flags: DigestFlags): Promise<void> {
  const given = [flags.json, flags.html, flags.send].filter((flag) => flag !== undefined);
  if (given.length > 1) throw new WrongUse("give one of --json, --html and --send");
  if (flags.send && flags.since !== undefined) throw new WrongUse("--send starts where the last digest ended: leave --since out");
  const context = await open();
  return context.withConnectors(() => (flags.send ? send(context) : print(context, flags)));
}

async function print(context: CommandContext, flags: DigestFlags): Promise<void> {
  const { terminal, environment, withCatalogue } = context;
  const asked = flags.since === undefined ? null : instantOf(flags.since);
  const registry = await context.connectors();
  await withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    if (asked !== null && asked >= now) throw new WrongUse(`--since ${flags.since}: expected a time before now, ${now.toISOString()}`);
    const digest = await gatherDigest(
      catalogue,
      { ...registry, environment },
      { since: asked ?? (await digestSince(catalogue, now)), until: now },
      now,
    );
    if (flags.json) return terminal.out(JSON.stringify(digestWithMessages(digest), null, 2));
    const { html, text } = renderDigest(digest);
    terminal.out(flags.html ? html.trimEnd() : inert(text.trimEnd()));
  });
}

async function send(context: CommandContext): Promise<void> {
  const { terminal, environment, withCatalogue } = context;
  const settings = readDigestSettings(environment);
  if (channelsOf(settings).length === 0) {
    throw new NotDone(
      "no channel is configured: set MOISSON_SMTP_URL, MOISSON_DIGEST_FROM and MOISSON_DIGEST_TO, or MOISSON_DIGEST_WEBHOOK",
    );
  }
  const registry = await context.connectors();
  await withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    const kept = await makeDigest(catalogue, { ...registry, environment }, now, null);
    const tried = kept === null ? null : await sendDigest(kept, settings, catalogue.digests, now, new AbortController().signal);
    if (tried === null) throw new NotDone("somebody else is sending it");
    if (tried.reached.length > 0) terminal.out(`sent by ${tried.reached.join(" and ")}`);
    for (const failure of tried.failures) terminal.err(`not sent by ${failure.channel}: ${deliveryMessage(failure)}`);
    if (tried.failures.length === 0) return;
    terminal.err("a running worker retries for half an hour; the next digest reports what failed");
    process.exitCode = exitCodes.failure;
  });
}

/** Parses the text of `--since`. Throws `WrongUse`. */
function instantOf(text: string): Date {
  const instant = dayOrInstant(text);
  if (instant !== null) return instant;
  throw new WrongUse(`--since ${text}: expected a day (2026-11-23) or an instant (2026-11-23T05:30:00Z)`);
}
