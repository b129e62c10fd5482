import { readFile } from "node:fs/promises";
import type { StoredLetter } from "../../catalogue/letters/letter-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { type ConsoleSettings, readConsoleSettings } from "../../console/console-settings.ts";
import { letterText } from "../../console/pages/letters/letter-text.tsx";
import { pointSentence } from "../../french/letters/points.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { Refused, WrongInput } from "../../model/act-refusal.ts";
import { pointsOf } from "../../model/letter/points.ts";
import { answerLetter } from "../../partners/correspondence/answer-letter.ts";
import { addresseesOf, mailOf, type Signature } from "../../partners/correspondence/letter-mail.ts";
import { letterRows } from "../../partners/correspondence/letter-rows.ts";
import { makeLetter } from "../../partners/correspondence/make-letter.ts";
import { prepareLetter, runOfLetter } from "../../partners/correspondence/prepare-letter.ts";
import { readAnomalies } from "../../partners/correspondence/read-anomalies.ts";
import { type LetterSender, sendingObstacle, sendLetter } from "../../partners/correspondence/send-letter.ts";
import { type AnyLetter, anyLetter, letterAboutErrors } from "../../partners/correspondence/stored-letter.ts";
import { WrongSettings } from "../../platform/config.ts";
import { readMailSettings } from "../../platform/mail/mail-settings.ts";
import type { CommandContext } from "../context.ts";
import { actRefusalMessage } from "../english/act-refusals.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { inert } from "../printable.ts";

interface JsonFlags {
  json?: true;
}

/** Options of `moisson letter send`. */
export interface SendFlags extends JsonFlags, Pick<CuratorFlags, "by"> {
  to?: readonly string[];
  replyTo?: string;
  subject?: string;
  message?: string;
  anyway?: true;
}

/** Options of `moisson letter answer`. */
export interface AnswerFlags extends JsonFlags, Pick<CuratorFlags, "by"> {
  answer?: string;
  plannedFor?: string;
  remark?: string;
}

/** Lists letters, newest first. */
export async function listLetters(
  { terminal, withCatalogue }: CommandContext,
  { json, ...filter }: JsonFlags & { connector?: string; state?: string },
): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const rows = await letterRows(catalogue, clock.now(), filter);
    if (json) return terminal.out(JSON.stringify(rows, null, 2));
    if (rows.length === 0) terminal.out("no letter");
    for (const { letterId, connector, publisher, at, sentAt, isUncertain, revokedAt, answered, promisedFor, isOverdue } of rows) {
      const sent = isUncertain ? "delivery uncertain" : sentAt === null ? "not sent" : `sent ${day(sentAt)}`;
      const facts = [
        sent,
        `${answered} answered`,
        ...(promisedFor === null ? [] : [`${isOverdue ? "overdue" : "promised"} ${promisedFor}`]),
      ];
      if (revokedAt !== null) facts.push("revoked");
      terminal.out(inert(`${letterId.slice(0, 8)}  ${day(at)}  ${connector} (${publisher}): ${facts.join(", ")}`));
    }
  });
}

/** Prints a letter with its mail and its points. A connector's letter is written for this, and not stored. */
export async function previewLetter(context: CommandContext, named: string, flags: JsonFlags & Pick<CuratorFlags, "by">): Promise<void> {
  const { terminal, environment } = context;
  await context.withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    const { by } = curatorOf(flags, environment, now);
    const settings = readConsoleSettings(environment);
    const found = await connectorOrLetter(context, catalogue, named);
    const made =
      "letter" in found
        ? found
        : { letterId: null, connector: found.definition.id, ...(await newLetter(catalogue, found, now)), by, at: now };
    const { subject, text } = mailOf(made, signatureOf(by, settings));
    const points = made.kind === "errors" ? pointsOf(made.letter as Parameters<typeof pointsOf>[0]) : [];
    const { letterId, connector, letter } = made;
    if (flags.json) return terminal.out(JSON.stringify({ letterId, connector, subject, text, letter, points }, null, 2));
    const numbered = points.map((point, index) => `${index + 1}. ${pointSentence(point)}`);
    const parts = [
      `Objet : ${subject}`,
      text,
      "---",
      await letterText(made, settings),
      ...(points.length > 0 ? ["---", numbered.join("\n")] : []),
    ];
    terminal.out(inert(parts.join("\n\n")));
  });
}

async function newLetter(catalogue: Catalogue, connector: LoadedConnector, now: Date) {
  const run = done(await runOfLetter(catalogue, connector.definition.id));
  const { letter } = await prepareLetter({ catalogue, readAnomalies }, connector, run, now);
  return { kind: "errors", letter, sentAt: null, isUncertain: false } as const;
}

/** Mails a letter. For a connector, makes one first. */
export async function sendOneLetter(context: CommandContext, named: string, flags: SendFlags): Promise<void> {
  const { terminal, environment } = context;
  const settings = readConsoleSettings(environment);
  const origin = settings.publicUrl ?? settings.url;
  if (origin === null) throw new WrongSettings(["MOISSON_PUBLIC_URL or MOISSON_CONSOLE_URL: required, for the address of the letter"]);
  const server = readMailSettings(environment);
  const message = flags.message === undefined ? undefined : await messageIn(flags.message);
  await context.withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    const { by } = curatorOf(flags, environment, now);
    const found = await connectorOrLetter(context, catalogue, named);
    const obstacle = sendingObstacle("letter" in found ? found : { revokedAt: null }, server);
    if (obstacle !== null) done({ refused: obstacle });
    const log = (act: string, { connector }: { connector: string }, details: Readonly<Record<string, unknown>>) =>
      catalogue.audit.add({ act, by, person: null, subject: `connecteur ${connector}`, details, at: now });
    let made: AnyLetter;
    let token: string | null = null;
    if ("letter" in found) made = found;
    else {
      const letter = done(
        await makeLetter({ catalogue, readAnomalies }, found, { by, now, token: null }, { isAnyway: flags.anyway === true }),
      );
      if ("unchanged" in letter)
        throw new NotDone(
          `nothing has changed since letter ${letter.unchanged.letterId.slice(0, 8)}; send that one again as a reminder, or give --anyway`,
        );
      ({ made, token } = letter);
      if (token !== null) await log("letter.make", made, letter.details);
      terminal.err(`made: letter ${made.letterId.slice(0, 8)}`);
    }
    const proposed = mailOf(made, signatureOf(by, settings));
    const to = [...new Set(flags.to ?? (await addresseesOf(catalogue, made.connector)).map(({ email }) => email))];
    const mail = { to, subject: flags.subject ?? proposed.subject, text: message ?? proposed.text, token: null, seen: made.sentAt };
    const sender: LetterSender = { by, email: flags.replyTo ?? null, now, server, addressOf: (path) => `${origin}${path}` };
    const sent = done(await sendLetter(catalogue, made, mail, sender));
    await log("letter.send", made, { ...sent.details });
    if (flags.json) terminal.out(JSON.stringify({ letterId: made.letterId, connector: made.connector, ...sent }, null, 2));
    else if (!sent.isUncertain) terminal.out(inert(`sent to ${sent.reached.join(", ")}`));
    if (sent.isUncertain)
      throw new NotDone("the server received the mail but did not confirm it: ask whether it arrived, and say so in the console");
    if (sent.rejected.length > 0) throw new NotDone(`the server refused ${sent.rejected.join(", ")}`);
  });
}

async function messageIn(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new WrongUse(`--message ${file}: cannot read the file`);
  });
  return text.replace(/\r\n/g, "\n").trim();
}

/** Records a publisher's answer. */
export async function answerOneLetter(
  { terminal, environment, withCatalogue }: CommandContext,
  named: string,
  point: number | undefined,
  flags: AnswerFlags,
): Promise<void> {
  const { answer = "", plannedFor = "", remark = "" } = flags;
  if (point === undefined && (answer !== "" || remark === ""))
    throw new WrongUse("give the number of a point, or --remark on the whole letter");
  await withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    const { by } = curatorOf(flags, environment, now);
    const made = letterAboutErrors(await letterNamed(catalogue, named));
    if (made === null) throw new NotDone("this letter is about no errors: its publisher answers it on its page");
    const given = { point: point === undefined ? null : point - 1, answer, plannedFor, remark: remark.trim() };
    const { isNew, details } = done(await answerLetter(catalogue, made, given, { by, now }));
    const { connector } = made;
    if (isNew) await catalogue.audit.add({ act: "letter.answer", by, person: null, subject: `connecteur ${connector}`, details, at: now });
    terminal.out(flags.json ? JSON.stringify({ isNew, ...details }, null, 2) : isNew ? "recorded" : "already recorded");
  });
}

/** Returns the result of an act. Throws `NotDone` if it was refused, with a line per wrong input. */
function done<Result extends object>(result: Result | Refused | WrongInput): Exclude<Result, Refused | WrongInput> {
  if ("refused" in result) throw new NotDone(actRefusalMessage((result as Refused).refused));
  if ("problems" in result) throw new NotDone((result as WrongInput).problems.map(actRefusalMessage).join("\n"));
  return result as Exclude<Result, Refused | WrongInput>;
}

function signatureOf(by: string, { name: service, contact }: ConsoleSettings): Signature {
  return { by, service, contact };
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** At least four characters of an id. */
const idStart = /^[0-9a-f]{4,8}(-[0-9a-f-]*)?$/;

/** Returns the letter with this id or prefix. Throws `NotDone` if none or several match. */
export async function letterNamed(catalogue: Catalogue, asked: string): Promise<StoredLetter> {
  const ids = (await catalogue.letterAnswers.overview()).map(({ letterId }) => letterId).filter((id) => id.startsWith(asked));
  const found = ids[0] === undefined ? null : await catalogue.letters.find(ids[0]);
  if (found === null) throw new NotDone(`unknown letter ${asked}; \`moisson letter list\` lists them`);
  if (ids.length > 1) throw new NotDone(`several letters begin with ${asked}; give more characters of the id`);
  return found;
}

/**
 * Returns the connector, the only connector of the publisher, or the letter of this name. Throws `WrongUse` for an unknown name and for a
 * publisher with several connectors.
 */
export async function connectorOrLetter(
  context: CommandContext,
  catalogue: Catalogue,
  asked: string,
): Promise<LoadedConnector | AnyLetter> {
  const { connectors } = await context.connectors();
  const found = connectors.find(({ definition }) => definition.id === asked);
  if (found !== undefined) return found;
  const publishers = (await catalogue.publishers.list()).filter(({ name }) => foldTerm(name) === foldTerm(asked));
  if (publishers.length === 0) {
    if (idStart.test(asked)) return anyLetter(await letterNamed(catalogue, asked));
    throw new WrongUse(`no publisher, connector or letter is named "${asked}"; \`moisson connectors\` lists the connectors`);
  }
  const owners = await catalogue.publishers.connectorOwners();
  const own = connectors.filter(({ definition: { id } }) => publishers.some(({ publisherId }) => owners.get(id) === publisherId));
  const [only] = own;
  if (only !== undefined && own.length === 1) return only;
  const ids = own.map(({ definition }) => definition.id).join(", ");
  throw new WrongUse(`${asked} has ${own.length === 0 ? "no connector" : `several connectors; name one of ${ids}`}`);
}
