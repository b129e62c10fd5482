import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { makeDecision, type WantedDecision } from "../../curation/make-standing-decision.ts";
import { descriptionLevels, factsOf, fieldsWhere } from "../../model/aid/field-table.ts";
import { publishedLevel, type StandingDecision } from "../../model/plan/standing-decision.ts";
import { announcePublishing } from "../../partners/correspondence/announce-publishing.ts";
import type { CommandContext } from "../context.ts";
import { decisionMessage } from "../english/publication.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { inert } from "../printable.ts";
import { knownName } from "../read-argument.ts";
import { parisTime } from "../render/paris-time.ts";
import { fieldNamed } from "./aid-filter.ts";
import { reportActs } from "./perform-acts.ts";

/** Options of a command that makes a standing decision. */
interface DecideFlags extends CuratorFlags {
  forPublisher?: true;
  yes?: true;
  json?: true;
}

/** Throws `NotDone` if the connector is unknown, or its publisher is not listed. */
export async function scopeOf(
  catalogue: Catalogue,
  connector: string,
  { forPublisher }: DecideFlags,
): Promise<Pick<WantedDecision, "connector" | "publisher">> {
  if (!forPublisher) return { connector, publisher: null };
  const publisher = await catalogue.publishers.findByConnector(connector);
  if (publisher === null) throw new NotDone(`${connector} has no listed publisher; leave out --for-publisher`);
  return { connector: null, publisher: publisher.publisherId };
}

/** Lists the standing decisions. */
export async function listDecisions({ terminal, withCatalogue }: CommandContext, flags: { ended?: true; json?: true }): Promise<void> {
  await withCatalogue(async (catalogue) => {
    const decisions = await catalogue.standingDecisions.list({ withEnded: flags.ended === true });
    if (flags.json) return terminal.out(JSON.stringify(decisions, null, 2));
    if (decisions.length === 0) return terminal.out("no decision holds");
    for (const decision of decisions) terminal.out(inert(decisionLine(decision)));
  });
}

/** Describes a decision on one line: its scope, what it does, who made it, when and why. */
export function decisionLine(decision: StandingDecision): string {
  const { id, connector, publisher, by, at, note, endedAt, endedBy } = decision;
  const scope = connector ?? `publisher ${publisher}`;
  const ended = endedAt === null ? "" : `; ended by ${endedBy} ${parisTime(endedAt)}`;
  return `${id.slice(0, 8)}  ${scope}  ${decisionMessage(decision)}  (by ${by} ${parisTime(at)}${note === null ? "" : `: ${note}`}${ended})`;
}

/** Returns the decision that holds and whose id begins with a text. Throws `NotDone` if it names none, or several. */
export async function decisionNamed(catalogue: Catalogue, id: string): Promise<StandingDecision> {
  const [decision, other] = await catalogue.standingDecisions.named(id);
  if (decision === undefined) throw new NotDone(`no decision ${id} holds; \`moisson suggestions decisions\` lists them`);
  if (other !== undefined) throw new NotDone(`several decisions begin with ${id}: give more characters`);
  return decision;
}

/** Ends a decision. Throws `NotDone` if the id names none, or several. */
export async function endDecision(
  { terminal, environment, withCatalogue }: CommandContext,
  id: string,
  flags: CuratorFlags,
): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const decision = await decisionNamed(catalogue, id);
    await catalogue.standingDecisions.end(decision.id, curatorOf(flags, environment, clock.now()));
    terminal.out(inert(`ended: ${decisionLine(decision)}`));
  });
}

const policies = ["review", ...descriptionLevels] as const;

/** Shows or chooses how the aids of a connector are published. */
export async function choosePublishing(
  context: CommandContext,
  connector: string,
  policy: string | undefined,
  flags: DecideFlags,
): Promise<void> {
  const { terminal, environment, withCatalogue } = context;
  await context.connector(connector);
  const chosen = policy === undefined ? null : knownName("unknown policy", policy, policies);
  const connectors = chosen === null || chosen === "review" ? [] : (await context.connectors()).connectors;
  await withCatalogue(async (catalogue, { clock }) => {
    const held = await catalogue.standingDecisions.holdingFor(connector);
    const current = held.find(({ kind }) => kind === "publish");
    const level = publishedLevel(held);
    if (chosen === null) return terminal.out(current === undefined ? "review" : inert(`${level}  ${decisionLine(current)}`));
    const curator = curatorOf(flags, environment, clock.now());
    if (chosen === (level ?? "review"))
      throw new NotDone(`it is ${chosen} already${current === undefined ? "" : `: ${decisionLine(current)}`}`);
    if (current !== undefined && current.publisher !== null && !flags.forPublisher)
      throw new WrongUse("the policy holds for all connectors of its publisher; add --for-publisher to change it for all");
    if (chosen !== "review") {
      const scope = await scopeOf(catalogue, connector, flags);
      const decision = { kind: "publish", field: null, rule: null, value: chosen, condition: null, ...scope } as const;
      const { id, acts } = await makeDecision(catalogue, curator, decision);
      const letters = await announcePublishing(catalogue, connectors, scope, environment, curator);
      if (!flags.json) {
        terminal.out(`decision ${id.slice(0, 8)} holds for later runs; \`moisson suggestions end ${id.slice(0, 8)}\` ends it`);
        if (letters.length > 0)
          terminal.out(`a letter with the list of its aids waits for the publisher: \`moisson letter list --connector ${letters[0]}\``);
      }
      if (acts.plan !== null) return reportActs(catalogue, curator, { kind: "publish", isNamed: false }, acts, terminal, flags);
      if (flags.json) return terminal.out(JSON.stringify({ decision: id, planId: null, refused: acts.refused }, null, 2));
      return terminal.out(`it changes none of the ${acts.looked} aids that it concerns now`);
    }
    if (current === undefined) throw new NotDone("it is review already");
    await catalogue.standingDecisions.end(current.id, curator);
    terminal.out(inert(`review: later runs publish nothing by themselves; ended ${decisionLine(current)}`));
  });
}

/** Asks for a further field before the aids of a connector, or of its publisher, are published; or no longer asks for it. */
export async function askForField(
  { terminal, connector: known, environment, withCatalogue }: CommandContext,
  connector: string,
  named: string,
  flags: DecideFlags & { end?: true },
): Promise<void> {
  await known(connector);
  const field = fieldNamed(named);
  if (factsOf(field).asked !== "fullyDescribed")
    throw new WrongUse(
      `a full description does not ask for ${field}; allowed: ${fieldsWhere(({ asked }) => asked === "fullyDescribed").join(", ")}`,
    );
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    const scope = await scopeOf(catalogue, connector, flags);
    const current = (await catalogue.standingDecisions.holdingFor(connector)).find((one) => one.kind === "ask" && one.field === field);
    if (flags.end) {
      if (current === undefined) throw new NotDone(`${field} is not asked for`);
      await catalogue.standingDecisions.end(current.id, curator);
      return terminal.out(inert(`ended: ${decisionLine(current)}`));
    }
    if (current !== undefined) throw new NotDone(`${field} is asked for already: ${decisionLine(current)}`);
    const { by, now, note = null } = curator;
    const decision = { kind: "ask", field, rule: null, value: null, condition: null, note, by, at: now.toISOString(), ...scope } as const;
    const id = await catalogue.standingDecisions.add(decision);
    terminal.out(`decision ${id.slice(0, 8)}: no aid is published without ${field}; \`moisson suggestions end ${id.slice(0, 8)}\` ends it`);
  });
}
